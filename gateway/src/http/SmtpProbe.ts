import { connect } from "node:net"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Settings } from "@maillm/schema/Settings"
import { SmtpAddress } from "../smtp/SmtpAddress.ts"
import { HealthProbes } from "./HealthProbes.ts"

const greetingMillis = 2_000

/**
 * Registers `smtp`, which `/ready` asks for: ok while the SMTP server greets on its port.
 * Registers `smtp certificate` where one is set, which mail does not wait for.
 */
export const SmtpProbeLayer = Layer.effectDiscard(
  Effect.gen(function* () {
    const { certificate, port, proxied, smtpsPort } = yield* SmtpAddress
    const { bind } = yield* Settings
    const host = bind === "0.0.0.0" ? "127.0.0.1" : bind === "::" ? "::1" : bind
    const { register } = yield* HealthProbes
    yield* register(
      "smtp",
      Effect.map(greets(host, port, proxied), (greeting) =>
        greeting.startsWith("220")
          ? { state: "ok" as const, detail: `accepts mail on port ${port}${withTls(smtpsPort)}` }
          : { state: "down" as const, detail: `port ${port}: ${greeting}` },
      ),
    )
    if (certificate() === null) return
    yield* register(
      "smtp certificate",
      Effect.sync(() => certificate() ?? { state: "ok" as const, detail: "none" }),
    )
  }),
)

const withTls = (port: number | null) => (port === null ? "" : `, with TLS from the first byte on ${port}`)

/** The first line that the server sends, or what went wrong. */
const greets = (host: string, port: number, proxied: boolean) =>
  Effect.callback<string>((resume) => {
    const socket = connect({ host, port, timeout: greetingMillis })
    const end = (text: string) => {
      socket.destroy()
      resume(Effect.succeed(text))
    }
    // As a proxy's own health check does, where this machine is listed as one.
    if (proxied) socket.write("PROXY UNKNOWN\r\n")
    socket.once("data", (bytes) => end(bytes.toString("latin1").slice(0, 200)))
    socket.once("timeout", () => end(`no greeting in ${greetingMillis / 1_000} s`))
    socket.once("error", (error) => end(error.message))
    socket.once("close", () => end("closed without a greeting"))
    return Effect.sync(() => socket.destroy())
  })
