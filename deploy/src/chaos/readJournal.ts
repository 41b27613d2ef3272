import { createHash } from "node:crypto"
import { createWriteStream } from "node:fs"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import { Nats } from "@maillm/actors/nats/Nats"
import { buildForEver } from "./labNats.ts"
import type { TimedCommit } from "./TimedCommit.ts"

/**
 * Waits until every mailbox and every work queue is empty, then writes every record of EVT to a file, as each server
 * of the cluster has it: `node readJournal.ts <servers> <file>`. Prints what was left when its patience ended, and the
 * servers whose records differ from the first one's.
 */
const [servers, file] = process.argv.slice(2)
if (servers === undefined || file === undefined) throw new Error("say servers and file")

/** Without progress. */
const drainMillis = 60_000
const readMillis = 120_000
const replicas = 3
/** A consumer is given to any server that has the stream, so it takes several to have met all. */
const consumersLimit = 40

const Record = Schema.fromJsonString(
  Schema.Struct({
    kind: Schema.String,
    id: Schema.String,
    epoch: Schema.Int,
    host: Schema.String,
    commandSeq: Schema.Int,
    commandId: Schema.String,
    prevSeq: Schema.Int,
    effects: Schema.Array(Schema.Unknown),
  }),
)
const decode = Schema.decodeUnknownSync(Record)

process.stdin.on("end", () => process.exit(0)).resume()
const context = await buildForEver(
  Nats.layer({ servers, name: "journal", replicas: 3 }),
  Effect.runSync(Scope.make()),
)
const { js, jsm } = Context.get(context, Nats)
const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

const left = async () => {
  const [commands, orders] = await Promise.all(["CMD", "NODE"].map((name) => jsm.streams.info(name)))
  return { commands: commands?.state.messages ?? -1, orders: orders?.state.messages ?? -1 }
}

const drained = async () => {
  let least = Number.POSITIVE_INFINITY
  for (let end = performance.now() + drainMillis; ; await pause(100)) {
    const now = await left().catch(() => null)
    const all = now === null ? Number.POSITIVE_INFINITY : now.commands + now.orders
    if (all < least) end = performance.now() + drainMillis
    least = Math.min(least, all)
    if (all === 0 || performance.now() > end) return now ?? { commands: -1, orders: -1 }
  }
}

interface StoredRecord {
  readonly seq: number
  readonly subject: string
  readonly timestampNanos: bigint
  readonly string: () => string
}

const commitOf = (message: StoredRecord): TimedCommit => {
  const record = decode(message.string())
  const actor = `${record.kind}.${record.id}`
  return {
    sequence: message.seq,
    actor,
    commandSequence: record.commandSeq,
    commandId: record.commandId,
    epoch: record.epoch,
    previousSequence: record.prevSeq,
    host: record.host,
    effectIds: record.effects.map((_, index) => `${actor}/${message.seq}/${index}`),
    atMillis: Number(message.timestampNanos / 1_000_000n),
  }
}

/** Every record of EVT by a consumer, which reads from the server that it stands on. */
const read = async (consumer: string, lastSequence: number, take: (message: StoredRecord) => void) => {
  const messages = await (await js.consumers.get("EVT", consumer)).consume({ max_messages: 1_000 })
  const tooLong = setTimeout(() => messages.stop(), readMillis)
  let last = 0
  for await (const message of messages) {
    take(message)
    last = message.seq
    if (last >= lastSequence) break
  }
  clearTimeout(tooLong)
  if (last < lastSequence) throw new Error(`EVT goes to ${lastSequence}; it was read to ${last}`)
}

/** The records as every server has them; those of the first are written. */
const readAll = async () => {
  const { state } = await jsm.streams.info("EVT")
  const digests = new Map<string, string>()
  let commits = 0
  for (let i = 0; i < consumersLimit && digests.size < replicas; i++) {
    const name = `chaos-journal-${i}`
    const info = await jsm.consumers.add("EVT", {
      name,
      ack_policy: "none",
      deliver_policy: "all",
      num_replicas: 1,
      mem_storage: true,
      inactive_threshold: readMillis * 1_000_000,
    })
    const server = info.cluster?.leader ?? "unknown"
    if (!digests.has(server)) {
      const out = digests.size === 0 ? createWriteStream(file) : null
      const digest = createHash("sha256")
      if (state.last_seq > 0)
        await read(name, state.last_seq, (message) => {
          digest.update(`${message.seq} ${message.subject} ${message.string()}\n`)
          if (out === null) return
          out.write(`${JSON.stringify(commitOf(message))}\n`)
          commits++
        })
      await new Promise<void>((resolve) => (out === null ? resolve() : out.end(resolve)))
      digests.set(server, digest.digest("hex"))
    }
    await jsm.consumers.delete("EVT", name)
  }
  const [first] = digests.values()
  const differing = [...digests].flatMap(([server, digest]) => (digest === first ? [] : [server]))
  return { commits, serversRead: digests.size, differing }
}

const leftOver = await drained()
const found = await readAll()
process.stdout.write(`${JSON.stringify({ left: leftOver, ...found })}\n`, () => process.exit(0))
