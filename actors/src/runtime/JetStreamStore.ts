import { DeliverPolicy } from "@nats-io/jetstream"
import type { StoredMsg } from "@nats-io/jetstream"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { commandSubject, deadSubject, eventSubject, partitionCommands } from "@maillm/schema/Subjects"
import { GroupPublisher, jetStreamCodes, PublishRefused } from "../nats/GroupPublisher.ts"
import { Nats } from "../nats/Nats.ts"
import { ActorStore, StaleExpectation, StoreFailed } from "./ActorStore.ts"
import type { ActorName, Delivered, StoredRecord } from "./ActorStore.ts"
import { followPartition } from "./PartitionReader.ts"
import { effectMessage } from "./effectMessage.ts"

const utf8 = new TextEncoder()

const attempt = <A>(operation: string, run: () => Promise<A>) =>
  Effect.tryPromise({
    try: run,
    catch: (error) =>
      new StoreFailed({ operation, reason: error instanceof Error ? error.message : String(error) }),
  })

/** The actor store on JetStream: one subject an actor in EVT, one mailbox subject an actor in CMD. */
export const JetStreamStoreLayer = Layer.effect(
  ActorStore,
  Effect.gen(function* () {
    const nats = yield* Nats
    const { connection, js, jsm } = nats
    const journal = new GroupPublisher(connection)
    const commandPublisher = new GroupPublisher(connection)
    const effectPublisher = new GroupPublisher(connection)
    const snapshots = nats.bucket("SNAP")
    const own = nats.bucket("OWN")
    const identity = yield* attempt("EVT info", () => jsm.streams.info("EVT"))

    const records = (actor: ActorName, after: number, through: number) =>
      attempt("read records", async (): Promise<ReadonlyArray<StoredRecord>> => {
        const found: Array<StoredRecord> = []
        if (after >= through) return found
        const consumer = await js.consumers.get("EVT", {
          filter_subjects: eventSubject(actor.kind, actor.id),
          deliver_policy: DeliverPolicy.StartSequence,
          opt_start_seq: after + 1,
        })
        const messages = await consumer.consume({ max_messages: 500, expires: 5_000 })
        const deadline = setTimeout(() => messages.stop(), 30_000)
        for await (const message of messages) {
          if (message.seq <= through) found.push({ seq: message.seq, data: message.string() })
          if (message.seq >= through) break
        }
        clearTimeout(deadline)
        await messages.close()
        await consumer.delete().catch(() => false)
        return found
      })

    return {
      journalIdentity: String(identity.created),
      commands: (partition) => followPartition(nats, partition),
      release: (partition, seq) =>
        attempt("release", () =>
          jsm.streams.purge("CMD", { filter: partitionCommands(partition), seq }),
        ).pipe(Effect.asVoid),
      lastRecord: (actor) =>
        attempt("read last record", () =>
          jsm.streams.getMessage("EVT", { last_by_subj: eventSubject(actor.kind, actor.id) }),
        ).pipe(Effect.map((message) => (message === null ? null : storedRecord(message)))),
      records,
      append: (actor, expectedSeq, data) =>
        Effect.tryPromise({
          try: () =>
            journal.publish(eventSubject(actor.kind, actor.id), utf8.encode(data), [
              ["Nats-Expected-Last-Subject-Sequence", String(expectedSeq)],
            ]),
          catch: (error) =>
            error instanceof PublishRefused &&
            (error.code === jetStreamCodes.wrongLastSequence ||
              error.code === jetStreamCodes.wrongLastSequenceInFlight)
              ? new StaleExpectation()
              : new StoreFailed({
                  operation: "append",
                  reason: error instanceof Error ? error.message : String(error),
                }),
        }).pipe(Effect.map((stored) => stored.sequence)),
      snapshot: (actor) =>
        attempt("read snapshot", async () => {
          const entry = await snapshots.get(`${actor.kind}.${actor.id}`)
          return entry === null || entry.operation !== "PUT" ? null : entry.string()
        }),
      putSnapshot: (actor, data) =>
        attempt("write snapshot", () => snapshots.put(`${actor.kind}.${actor.id}`, data)).pipe(Effect.asVoid),
      perform: (actor, effectId, effect) =>
        attempt(`effect ${effect._tag}`, async () => {
          if (effect._tag === "BindAddress") {
            await nats.bucket("DIRECTORY").put(effect.localPart, effect.userId)
            return
          }
          const message = effectMessage(actor, effectId, effect)
          const publisher = message.subject.startsWith("cmd.") ? commandPublisher : effectPublisher
          await publisher.publish(message.subject, utf8.encode(message.data), message.headers)
        }),
      countAttempt: (seq) =>
        attempt("count attempt", async () => {
          const entry = await own.get(`attempt.${seq}`)
          const count = (entry === null || entry.operation !== "PUT" ? 0 : Number(entry.string())) + 1
          await own.put(`attempt.${seq}`, String(count))
          return count
        }),
      forgetAttempts: (seq) => attempt("forget attempts", () => own.purge(`attempt.${seq}`)),
      bury: (delivered: Delivered, reason: string) =>
        attempt("bury", async () => {
          const body = JSON.stringify({
            reason,
            seq: delivered.seq,
            subject: commandSubject(delivered.kind, delivered.id),
            data: delivered.data,
          })
          await effectPublisher.publish(deadSubject("CMD", delivered.kind, delivered.id), utf8.encode(body), [
            ["Nats-Msg-Id", `dead/CMD/${delivered.seq}`],
          ])
        }),
      reply: (replyTo, seq) =>
        Effect.sync(() => {
          if (!connection.isClosed()) connection.publish(replyTo, String(seq))
        }),
    }
  }),
)

const storedRecord = (message: StoredMsg): StoredRecord => ({ seq: message.seq, data: message.string() })
