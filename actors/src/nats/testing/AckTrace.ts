import { spawnSync } from "node:child_process"

/** What strace has to note of a nats-server, for `acksBeforeSync`. Data is written whole. */
export const straceOf = (outputFile: string): ReadonlyArray<string> => [
  "strace",
  // The server stays our child; the tracer is a process of its own.
  "-D",
  "-f",
  "--seccomp-bpf",
  "-ttt",
  "-y",
  "-s",
  "1048576",
  "-e",
  "trace=write,pwrite64,writev,fsync,fdatasync,sendto,sendmsg",
  "-o",
  outputFile,
]

/** Why nothing can be traced here, or undefined. */
export const straceMissing = (): string | undefined => {
  const [command = "", ...args] = straceOf("/dev/null")
  const { error, status, stderr } = spawnSync(command, [...args, "true"], { encoding: "utf8" })
  if (error !== undefined) return "needs strace"
  return status === 0 ? undefined : `strace is refused: ${stderr.trim().split("\n")[0]}`
}

interface Call {
  readonly name: string
  /** What the descriptor stands for. */
  readonly path: string
  readonly text: string
  readonly ok: boolean
  /** Lines of the trace at which it was entered and at which it had returned. */
  readonly begun: number
  readonly ended: number
}

/** Every call of a trace, of all threads, in the order of their ends. */
const callsOf = (trace: string): ReadonlyArray<Call> => {
  const open = new Map<string, { readonly text: string; readonly begun: number }>()
  return trace.split("\n").flatMap((line, index): ReadonlyArray<Call> => {
    const [, thread = "", rest = ""] = /^(\d+)\s+[\d.]+ (.*)$/.exec(line) ?? []
    if (rest.endsWith("<unfinished ...>")) {
      open.set(thread, { text: rest, begun: index })
      return []
    }
    const resumed = /^<\.\.\. \w+ resumed>/.test(rest) ? open.get(thread) : undefined
    const text = resumed === undefined ? rest : resumed.text + rest
    const [, name = "", path = ""] = /^(\w+)\(\d+<(.*?)>[,) ]/.exec(text) ?? []
    if (name === "") return []
    return [{ name, path, text, ok: /= \d+$/.test(rest), begun: resumed?.begun ?? index, ended: index }]
  })
}

const isSync = ({ name, ok }: Call) => ok && (name === "fsync" || name === "fdatasync")
const isSocket = ({ path }: Call) => path.startsWith("socket:") || path.startsWith("TCP")

export interface AckReport {
  /** Acks that answer single messages, and those that answer a batch. */
  readonly singles: number
  readonly batches: number
  /** Marked messages that were acked. */
  readonly acked: number
  /** Messages whose ack was on its way to the socket before they were in a block file, and that file synced. */
  readonly early: ReadonlyArray<string>
}

/**
 * Compares every ack of a stream that a traced server wrote to a socket with what it had done before. `marks`: a text
 * that only this message holds, by its sequence; sequences without one are not looked at.
 */
export const acksBeforeSync = (
  trace: string,
  stream: string,
  marks: ReadonlyMap<number, string>,
): AckReport => {
  const calls = callsOf(trace)
  const syncs = calls.filter(isSync)
  const blockWrites = calls.filter(
    ({ name, path }) =>
      name.includes("write") && path.includes(`/streams/${stream}/msgs/`) && path.endsWith(".blk"),
  )
  const ack = new RegExp(
    String.raw`\{\\"stream\\":\\"${stream}\\",\s*\\"seq\\":(\d+)(?:[^{}]*\\"count\\":(\d+))?[^{}]*\}`,
    "g",
  )
  const early: Array<string> = []
  let [singles, batches, acked] = [0, 0, 0]
  for (const send of calls.filter(isSocket)) {
    for (const [, last, count] of send.text.matchAll(ack)) {
      if (count === undefined) singles++
      else batches++
      for (let seq = Number(last) - Number(count ?? 1) + 1; seq <= Number(last); seq++) {
        const mark = marks.get(seq)
        if (mark === undefined) continue
        acked++
        const write = blockWrites.find(({ text, ok }) => ok && text.includes(mark))
        const synced =
          write !== undefined &&
          syncs.some(
            ({ path, begun, ended }) => path === write.path && begun > write.ended && ended < send.begun,
          )
        if (!synced) early.push(`${stream} ${seq} (${mark}), acked at line ${send.begun + 1}`)
      }
    }
  }
  return { singles, batches, acked, early }
}
