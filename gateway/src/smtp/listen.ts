import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { SMTPServer } from "smtp-server"

/** The listener could not be opened; says what to do. */
export class SmtpNotListening extends Schema.TaggedError<SmtpNotListening>()("SmtpNotListening", {
  reason: Schema.String,
}) {
  override get message() {
    return this.reason
  }
}

/** Opens the port, 0 for any, and answers which it is. `setting` is what a refusal names. */
export const listen = (server: SMTPServer, port: number, bind: string, setting: string) =>
  Effect.callback<number, SmtpNotListening>((resume) => {
    const failed = (error: NodeJS.ErrnoException) =>
      resume(
        Effect.fail(
          new SmtpNotListening({
            reason:
              error.code === "EADDRINUSE"
                ? `port ${port} on ${bind} is in use. Stop what uses it, or set ${setting} to another (0 for any).`
                : error.code === "EACCES"
                  ? `port ${port} on ${bind} needs more rights than this user has. Set ${setting} to one above 1023.`
                  : `inbound mail cannot listen on ${bind}:${port}: ${error.message}. Check MAILLM_BIND and ${setting}.`,
          }),
        ),
      )
    server.server.once("error", failed)
    server.listen(port, bind, () => {
      server.server.off("error", failed)
      const address = server.server.address()
      resume(Effect.succeed(address !== null && typeof address === "object" ? address.port : port))
    })
  })
