import * as Effect from "effect/Effect"
import { markAttempt } from "../../src/runtime/AttemptMark.ts"
import { StaleExpectation, StoreFailed } from "../../src/runtime/ActorStore.ts"
import type { ActorName } from "../../src/runtime/ActorName.ts"
import type { ActorStore, Answer } from "../../src/runtime/ActorStore.ts"
import { commandSubject, deadSubject, eventSubject } from "@maillm/schema/Subjects"
import type { Cluster } from "./Cluster.ts"
import type { ModelStream, Publish, Published } from "./ModelStream.ts"
import { followCommands, partitionIn } from "./ModelReader.ts"
import type { SimulatedProcess } from "./SimulatedProcess.ts"

const journalIdentity = "the one of the model"

/** Streams by the first token of their subjects. */
const streamNames = new Map([
  ["cmd", "CMD"],
  ["node", "NODE"],
  ["out", "OUTBOX"],
  ["sched", "TIMER"],
] as const)
const receiverStream = (cluster: Cluster, subject: string): ModelStream => {
  for (const [token, name] of streamNames) if (subject.startsWith(`${token}.`)) return cluster.streams[name]
  throw new Error(`no stream takes ${subject}`)
}

interface StoreOptions {
  readonly partitions: number
  /** Whether an owner comes after another only when that is gone: what is left over may have ended it. */
  readonly leased: boolean
  readonly answerSender: (replyTo: string, answer: Answer) => void
}

/** What the runtime of one process sees of the cluster: the port of actors on the model. */
export const modelActorStore = (
  cluster: Cluster,
  process: SimulatedProcess,
  { partitions, leased, answerSender }: StoreOptions,
): ActorStore["Service"] => {
  const { CMD, DEAD, EVT } = cluster.streams
  const { OWN, SNAP } = cluster.buckets
  const self = `${process.name} since ${process.world.now}`

  /** A request of this process; without an answer nothing is known. */
  const ask = <A>(
    service: { readonly name: string; readonly led: boolean },
    operation: string,
    carryOut: (answer: (result: A) => void) => void,
  ): Effect.Effect<A, StoreFailed> =>
    Effect.callback<A, StoreFailed>((resume) => {
      cluster.request<A>(process, service, operation, carryOut, (result) =>
        resume(
          result === null
            ? Effect.fail(new StoreFailed({ operation, reason: "no answer" }))
            : Effect.succeed(result),
        ),
      )
    })
  const read = <A>(
    service: { readonly name: string; readonly led: boolean },
    operation: string,
    look: () => A,
  ) =>
    ask<{ readonly found: A }>(service, operation, (answer) => answer({ found: look() })).pipe(
      Effect.map(({ found }) => found),
    )
  const publish = (stream: ModelStream, operation: string, message: Publish) =>
    ask<Published>(stream, operation, (answer) => stream.publish(message, answer))
  const refusal = (operation: string, code: number) =>
    new StoreFailed({ operation, reason: `refused with ${code}` })
  const stored = (stream: ModelStream, operation: string, message: Publish) =>
    publish(stream, operation, message).pipe(
      Effect.flatMap((published) =>
        "refused" in published ? Effect.fail(refusal(operation, published.refused)) : Effect.void,
      ),
    )

  return {
    journalIdentity,
    recordLimitBytes: () => 1024 * 1024,
    commands: (partition) => followCommands(cluster, process, { partitions, partition, leased }),
    release: (partition, seq) =>
      read(CMD, "release", () => CMD.purge((subject) => partitionIn(subject, partitions) === partition, seq)),
    releaseActor: ({ kind, id }, seq) =>
      read(CMD, "releaseActor", () => CMD.purge((subject) => subject === commandSubject(kind, id), seq)),
    lastRecord: (actor) =>
      read(EVT, "lastRecord", () => {
        const last = EVT.last(eventSubject(actor.kind, actor.id))
        return last === null ? null : { seq: last.sequence, data: last.data }
      }),
    recordAt: (actor, seq) =>
      read(EVT, "recordAt", () => {
        const message = EVT.get(seq)
        return message?.subject === eventSubject(actor.kind, actor.id) ? { seq, data: message.data } : null
      }),
    records: (actor, after, through) =>
      read(EVT, "records", () => {
        const subject = eventSubject(actor.kind, actor.id)
        const found = []
        for (const message of EVT.messages) {
          const { sequence: seq, data } = message
          if (message.subject === subject && seq > after && seq <= through) found.push({ seq, data })
        }
        return found
      }),
    append: ({ kind, id }, expectedSeq, data) =>
      publish(EVT, "append", {
        subject: eventSubject(kind, id),
        data,
        headers: [["Nats-Expected-Last-Subject-Sequence", String(expectedSeq)]],
      }).pipe(
        Effect.flatMap((published): Effect.Effect<number, StaleExpectation | StoreFailed> => {
          if (!("refused" in published)) return Effect.succeed(published.sequence)
          const { refused } = published
          const stale = refused === 10_071 || refused === 10_164
          return Effect.fail(stale ? new StaleExpectation() : refusal("append", refused))
        }),
      ),
    snapshot: (actor) =>
      read(SNAP, "snapshot", () => {
        const value = SNAP.get(nameOf(actor))?.value ?? null
        if (value !== null) cluster.world.saw("snapshot read")
        return value
      }),
    putSnapshot: (actor, data) => read(SNAP, "putSnapshot", () => void SNAP.put(nameOf(actor), data)),
    perform: (message) => stored(receiverStream(cluster, message.subject), "perform", message),
    countAttempt: (seq) =>
      Effect.gen(function* () {
        cluster.world.saw("leftover command")
        const key = `attempt.${seq}`
        const before = (yield* read(OWN, "readAttempts", () => OWN.get(key)))?.value ?? null
        const { mark, attempts } = markAttempt(before, self)
        yield* read(OWN, "countAttempt", () => void OWN.put(key, mark))
        return attempts
      }),
    forgetAttempts: (seq) => read(OWN, "forgetAttempts", () => void OWN.put(`attempt.${seq}`, null)),
    bury: ({ kind, id, seq }, reason) =>
      stored(DEAD, "bury", {
        subject: deadSubject("CMD", kind, id),
        data: reason,
        headers: [["Nats-Msg-Id", `dead/CMD/${seq}`]],
      }),
    answer: (replyTo, answer) =>
      Effect.sync(() => {
        cluster.send(process, () => answerSender(replyTo, answer))
      }),
  }
}

const nameOf = ({ kind, id }: ActorName) => `${kind}.${id}`
