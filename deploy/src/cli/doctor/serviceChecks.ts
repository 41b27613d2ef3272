import { connect } from "node:net"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { LocalSettings } from "../../local/readSettings.ts"
import { ok, wrong } from "./Check.ts"
import type { Check } from "./Check.ts"

const relayMillis = 3_000

/** Whether the relay of outbound mail takes connections. */
export const relayCheck = async ({ smtpRelay }: LocalSettings): Promise<Check> => {
  if (smtpRelay === null) return ok("smtp relay", "none set: replies are kept in the console")
  if (smtpRelay === "mx") return ok("smtp relay", "none: replies go to the servers of their receivers (MX)")
  const url = new URL(smtpRelay)
  const host = url.hostname.replace(/^\[|\]$/g, "")
  // As nodemailer has it.
  const port = Number(url.port) || (url.protocol === "smtps:" ? 465 : 587)
  const failure = await connectFailure(host, port)
  return failure === null
    ? ok("smtp relay", `${host}:${port} takes connections`)
    : wrong(
        "smtp relay",
        `${host}:${port} cannot be reached (${failure}): replies wait`,
        "start it, or correct MAILLM_SMTP_RELAY; unset, replies are kept in the console",
      )
}

const connectFailure = (host: string, port: number): Promise<string | null> =>
  new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (failure: string | null) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(failure)
    }
    const timer = setTimeout(() => end(`no answer in ${relayMillis / 1_000} s`), relayMillis)
    socket.once("connect", () => end(null))
    socket.once("error", (error) => end("code" in error ? String(error.code) : error.message))
  })

export const readModelCheck = async ({ mongodbUrl }: LocalSettings): Promise<Check> => {
  if (mongodbUrl === null) return ok("read model", "SQLite in the data folder")
  const { makeClient } = await import("@maillm/actors/readmodel/mongo/collections")
  try {
    const client = makeClient(mongodbUrl)
    try {
      const { version } = await client.db("admin").command({ buildInfo: 1 })
      return ok("read model", `MongoDB ${String(version)} answers`)
    } finally {
      await client.close()
    }
  } catch (error) {
    return wrong(
      "read model",
      `MongoDB cannot be used (${error instanceof Error ? error.message : String(error)})`,
      "start it, correct MAILLM_MONGODB_URL, or unset it to keep the read model in SQLite",
    )
  }
}

/** The NATS that is set: reached with its credentials, new enough, with JetStream. */
export const natsUrlCheck = async (url: string): Promise<Check> => {
  const { dial, minimumServerVersion, olderThan } = await import("@maillm/actors/nats/Nats")
  const dialled = await Effect.runPromise(Effect.result(dial({ servers: url, name: "maillm doctor" })))
  const remedy = "start it, correct MAILLM_NATS_URL, or unset it to let maillm bring its own"
  if (Result.isFailure(dialled))
    return wrong("nats", dialled.failure.reason.replace(/\. Start it.*$/, ""), remedy)
  const connection = dialled.success
  const { info } = connection
  await connection.close()
  const version = info?.version ?? "0"
  if (olderThan(version, minimumServerVersion))
    return wrong(
      "nats",
      `nats-server ${version} is older than ${minimumServerVersion}`,
      `upgrade it; or ${remedy}`,
    )
  return info?.jetstream === true
    ? ok(
        "nats",
        `nats-server ${version} with JetStream, set by MAILLM_NATS_URL; whether it stores with sync_interval: always, a client is not told: see its configuration`,
      )
    : wrong("nats", `nats-server ${version} is without JetStream`, "enable JetStream in its configuration")
}
