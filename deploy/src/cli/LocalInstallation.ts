import { existsSync, readFileSync } from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import * as Schema from "effect/Schema"
import { lockAddress } from "../local/DataFolder.ts"
import { CliFailure } from "./CliFailure.ts"

const Port = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 65_535 }))
const Ports = Schema.Struct({ http: Port, smtp: Port, smtps: Schema.optionalKey(Port), nats: Port })
const Owner = Schema.Struct({ address: Schema.String, email: Schema.String, token: Schema.NonEmptyString })
const decodePorts = Schema.decodeUnknownSync(Schema.fromJsonString(Ports))
const decodeOwner = Schema.decodeUnknownSync(Schema.fromJsonString(Owner))

const lockMillis = 1_000

/** Whether a maillm holds the data folder now. */
export const isHeld = (dataDir: string): Promise<boolean> =>
  new Promise((resolve) => {
    if (!existsSync(dataDir)) return resolve(false)
    const socket = connect({ path: lockAddress(dataDir), timeout: lockMillis })
    const answer = (held: boolean) => {
      socket.destroy()
      resolve(held)
    }
    socket.once("connect", () => answer(true))
    socket.once("error", () => answer(false))
    // Its process is stopped or busy, but it has it.
    socket.once("timeout", () => answer(true))
  })

/** Ports of the maillm that holds the folder; null until it is ready. */
export const readPorts = (dataDir: string): typeof Ports.Type | null =>
  readWritten(dataDir, "ports.json", decodePorts)

/** The account and API token of the folder's owner; null before its first start. */
export const readOwner = (dataDir: string): typeof Owner.Type | null =>
  readWritten(dataDir, "owner.json", decodeOwner)

const readWritten = <A>(dataDir: string, name: string, decode: (text: string) => A): A | null => {
  const path = join(dataDir, name)
  try {
    return decode(readFileSync(path, "utf8"))
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : null
    if (code === "ENOENT" || code === "ENOTDIR") return null
    throw new CliFailure(
      code === null
        ? `${path} is broken: stop maillm and start it again, which writes it anew`
        : `${path} cannot be read (${code}): run this as the user who started maillm, or correct its permissions`,
    )
  }
}
