import { createWriteStream } from "node:fs"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import { Nats } from "@maillm/actors/nats/Nats"
import { buildForEver } from "./labNats.ts"
import type { TimedCommit } from "./TimedCommit.ts"

/**
 * Waits until every mailbox and every work queue is empty, then writes every record of EVT to a file:
 * `node readJournal.ts <servers> <file>`. Prints what was left when its patience ended.
 */
const [servers, file] = process.argv.slice(2)
if (servers === undefined || file === undefined) throw new Error("say servers and file")
const drainMillis = 60_000
const readMillis = 120_000

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

const left = async () => {
  const [commands, orders] = await Promise.all(["CMD", "NODE"].map((name) => jsm.streams.info(name)))
  return { commands: commands?.state.messages ?? -1, orders: orders?.state.messages ?? -1 }
}

const drained = async () => {
  const end = performance.now() + drainMillis
  for (;;) {
    const now = await left().catch(() => ({ commands: -1, orders: -1 }))
    if ((now.commands === 0 && now.orders === 0) || performance.now() > end) return now
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const read = async (): Promise<number> => {
  const out = createWriteStream(file)
  const { state } = await jsm.streams.info("EVT")
  let count = 0
  if (state.messages > 0) {
    const consumer = await js.consumers.get("EVT")
    const messages = await consumer.consume({ max_messages: 1_000 })
    const tooLong = setTimeout(() => messages.stop(), readMillis)
    for await (const message of messages) {
      const record = decode(message.string())
      const actor = `${record.kind}.${record.id}`
      const commit: TimedCommit = {
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
      out.write(`${JSON.stringify(commit)}\n`)
      count++
      if (message.seq >= state.last_seq) break
    }
    clearTimeout(tooLong)
  }
  if (count !== state.messages) throw new Error(`EVT holds ${state.messages} records, ${count} were read`)
  await new Promise<void>((resolve) => out.end(resolve))
  return count
}

const leftOver = await drained()
const commits = await read()
process.stdout.write(`${JSON.stringify({ left: leftOver, commits })}\n`, () => process.exit(0))
