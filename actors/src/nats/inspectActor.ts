import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { ActorInspection } from "@maillm/schema/api/ActorsApi"
import { commandSubject, eventSubject, partitionOf } from "@maillm/schema/Subjects"
import { readJournal } from "./JournalReading.ts"
import type { Nats } from "./Nats.ts"
import { hostAliveMillis, readOwnership } from "./OwnershipReading.ts"
import { lateMillis, oldestCommand } from "./oldestCommand.ts"

const decodeSnapshot = Schema.decodeUnknownResult(
  Schema.fromJsonString(Schema.Struct({ evtSeq: Schema.Int })),
)

/** One actor, as JetStream has it: whether its journal is whole, and what waits for it. */
export const inspectActor = async (
  nats: Nats["Service"],
  kind: string,
  id: string,
): Promise<ActorInspection> => {
  const { jsm } = nats
  const mailbox = commandSubject(kind, id)
  const dead = `dead.CMD.${kind}.${id}`
  const [ownership, commands, letters, stored] = await Promise.all([
    readOwnership(jsm),
    jsm.streams.info("CMD", { subjects_filter: mailbox }),
    jsm.streams.info("DEAD", { subjects_filter: dead }),
    jsm.streams.getMessage("KV_SNAP", { last_by_subj: `$KV.SNAP.${kind}.${id}` }),
  ])
  const partition = partitionOf(kind, id)
  const lease = ownership.leases.get(partition)
  const host = lease === undefined || lease.host === "" ? null : lease.host
  const beat = host === null ? undefined : ownership.beats.get(host)
  const snapshot = stored === null ? null : decodeSnapshot(stored.string())
  const snapshotSequence = snapshot !== null && Result.isSuccess(snapshot) ? snapshot.success.evtSeq : null
  const waiting = commands.state.subjects?.[mailbox] ?? 0
  const seen = {
    kind,
    id,
    partition,
    host,
    epoch: lease?.epoch ?? null,
    hostAlive: beat !== undefined && ownership.now - beat < hostAliveMillis,
    waiting,
    oldest: waiting === 0 ? null : await oldestCommand(jsm, mailbox, ownership.now),
    journal: await readJournal(nats, kind, id, snapshotSequence),
    snapshotSequence,
    deadLetters: letters.state.subjects?.[dead] ?? 0,
  }
  return { ...seen, advice: adviceFor(seen) }
}

/** What an operator should know, and can do with the nats tool. */
const adviceFor = (seen: Omit<ActorInspection, "advice">): Array<string> => [
  ...journalAdvice(seen),
  ...mailboxAdvice(seen),
  ...(seen.deadLetters === 0
    ? []
    : [
        `${seen.deadLetters} of its commands are dead letters: maillm dead list --actor ${seen.kind}.${seen.id} shows them, maillm dead retry --actor ${seen.kind}.${seen.id} puts them back in order.`,
      ]),
]

const journalAdvice = ({ kind, id, journal, snapshotSequence }: Omit<ActorInspection, "advice">) => {
  const { fault } = journal
  const subject = eventSubject(kind, id)
  if (fault === null) {
    return journal.state === "unread"
      ? [`Only ${journal.read} of its ${journal.records} records could be read in time; those are intact.`]
      : []
  }
  if (journal.state === "newer") {
    return [
      `Record ${fault.sequence} was written by a newer version of maillm: ${fault.reason}. Nothing is wrong with it. Hosts of this version leave the actor alone and its commands wait in the mailbox; finish the upgrade.`,
    ]
  }
  const first = `Record ${fault.sequence} of ${subject} is broken: ${fault.reason}.`
  if (snapshotSequence !== null && snapshotSequence >= fault.sequence) {
    return [
      `${first} A snapshot holds the state up to record ${snapshotSequence}, so the actor goes on from there as long as that is kept. To be rid of what is before it: nats stream purge EVT --subject=${subject} --seq=${snapshotSequence}`,
    ]
  }
  return [
    `${first} The actor cannot go on from a guess: its commands are put into DEAD and none is lost.`,
    `To let it begin anew without its past: nats stream backup EVT <folder> first, then nats stream purge EVT --subject=${subject} and nats kv purge SNAP ${kind}.${id}, both. What the console shows of it is kept.`,
    `To have its past back instead, restore EVT from a backup made before (nats stream restore, with maillm stopped): that takes back what every other actor has committed since as well. No single record can be changed or removed.`,
    `Then put its commands back: maillm dead retry --actor ${kind}.${id}.`,
  ]
}

const mailboxAdvice = ({ partition, host, hostAlive, waiting, oldest }: Omit<ActorInspection, "advice">) => {
  if (waiting === 0) return []
  if (!hostAlive) {
    return [
      `Nobody alive owns its partition ${partition}${host === null ? "" : ` (${host} did)`}: its commands wait until a host takes it. See maillm actors.`,
    ]
  }
  if (oldest === null || oldest.ageMillis < lateMillis) return []
  return [
    oldest.committed
      ? "Its oldest command is committed, and what that asks for cannot be handed on: is a stream full? See Streams in the system report."
      : `Its oldest command has waited for ${Math.round(oldest.ageMillis / 1_000)} s: the log of host ${host} says what holds it up.`,
  ]
}
