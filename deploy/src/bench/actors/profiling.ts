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
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
  const times = new Map<string, number>()
  let total = 0
  samples.forEach((id, i) => {
    const name = names.get(id) ?? "?"
    const delta = deltas[i] ?? 0
    if (notWork.test(name)) return
    total += delta
    times.set(name, (times.get(name) ?? 0) + delta)
  })
  return Array.from(times)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 25)
    .map(([name, time]) => `${((100 * time) / total).toFixed(1).padStart(5)} %  ${name}`)
}

const nameOf = ({ functionName, url, lineNumber }: ProfileNode["callFrame"]) =>
  `${functionName || "(anonymous)"} ${url.replace(/^.*\/(?=node_modules\/|actors\/|schema\/|deploy\/)/, "")}:${lineNumber + 1}`
