import { SMTPServer } from "smtp-server"
import type { SMTPServerOptions } from "smtp-server"

/** A real relay on loopback; each mail it takes is kept with its envelope. */
export const startRelay = async (options: SMTPServerOptions, port = 0) => {
  const taken: Array<{ from: string; to: ReadonlyArray<string>; raw: string }> = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    onData(stream, session, callback) {
      const chunks: Array<Buffer> = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope
        taken.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString("latin1"),
        })
        callback(null, "2.0.0 taken")
      })
    },
    ...options,
  })
  server.on("error", () => undefined)
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))
  const address = server.server.address()
  const bound = address !== null && typeof address === "object" ? address.port : 0
  return {
    taken,
    port: bound,
    url: `smtp://127.0.0.1:${bound}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
/** What a handler of the relay answers with. */
export const refusal = (responseCode: number, text: string) =>
  Object.assign(new Error(text), { responseCode })
