import { Session } from "node:inspector/promises"

const session = new Session()

interface ProfileNode {
  readonly id: number
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
}

/** Answers to `profile-start` and `profile-stop`: the functions that took most of the busy time by themselves, in percent. */
export const profiling = {
  "profile-start": async () => {
    session.connect()
    await session.post("Profiler.enable")
    await session.post("Profiler.setSamplingInterval", { interval: 500 })
    await session.post("Profiler.start")
    return {}
  },
  "profile-stop": async () => {
    const { profile } = await session.post("Profiler.stop")
    session.disconnect()
    return { lines: selfTimes(profile.nodes, profile.samples ?? [], profile.timeDeltas ?? []) }
  },
}

/** Waiting, and the profiler's own work at its start. */
const notWork = /^\(idle\)|node:inspector/

const selfTimes = (
  nodes: ReadonlyArray<ProfileNode>,
  samples: ReadonlyArray<number>,
  deltas: ReadonlyArray<number>,
) => {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const functions = new Shares()
  const files = new Shares()
  samples.forEach((id, i) => {
    const frame = frames.get(id)
    const micros = deltas[i] ?? 0
    if (frame === undefined || notWork.test(`${frame.functionName} ${frame.url}`)) return
    const file = frame.url.replace(/^.*\/(?=node_modules\/|(actors|schema|deploy)\/src\/)/, "")
    functions.add(`${frame.functionName || "(anonymous)"} ${file}:${frame.lineNumber + 1}`, micros)
    files.add(file || frame.functionName, micros)
  })
  return [...functions.top(25), "by file:", ...files.top(25)]
}

class Shares {
  readonly #micros = new Map<string, number>()
  #total = 0

  add(name: string, micros: number): void {
    this.#total += micros
    this.#micros.set(name, (this.#micros.get(name) ?? 0) + micros)
  }

  top(count: number): Array<string> {
    return Array.from(this.#micros)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, count)
      .map(([name, micros]) => `${((100 * micros) / this.#total).toFixed(1).padStart(5)} %  ${name}`)
  }
}
