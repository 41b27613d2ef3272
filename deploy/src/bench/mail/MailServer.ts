import { connect } from "node:net"
import { fileURLToPath } from "node:url"
import type { BenchChild } from "../actors/BenchChild.ts"
import type { BenchRun } from "../actors/BenchRun.ts"

/** A server under load. */
export interface MailServer {
  readonly name: string
  /** What it is and what its 250 promises, for the notes. */
  readonly about: string
  readonly port: number
  /** Null where it is several processes. */
  readonly process: BenchChild | null
  /** Resolves when nothing of what it has taken keeps it busy any more. */
  readonly settle: () => Promise<void>
}

/** One of our own programs, which says on which port it listens. */
export const startOwn = async (run: BenchRun, name: string, args: ReadonlyArray<string>) => {
  const child = run.spawn(name, process.execPath, [
    "--disable-warning=ExperimentalWarning",
    "--expose-gc",
    fileURLToPath(new URL("../mailServer.ts", import.meta.url)),
    ...args,
  ])
  const answer = await child.answer()
  const port = typeof answer === "object" && answer !== null && "port" in answer ? Number(answer.port) : 0
  return { process: child, port, settle: () => Promise.resolve() }
}

/** Whether an SMTP server greets at the port. */
export const greets = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", timeout: 1_000 })
    const end = (greeted: boolean) => {
      socket.destroy()
      resolve(greeted)
    }
    socket.once("data", (bytes) => end(bytes.toString("latin1").startsWith("220")))
    for (const event of ["error", "timeout", "close"] as const) socket.once(event, () => end(false))
  })
