import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type {
  ActorHostRow,
  ActorInspection,
  ActorsReport,
  MailboxRow,
  OldestCommand,
  PartitionRow,
} from "@maillm/schema/api/ActorsApi"
import { mailboxLimit } from "@maillm/schema/Streams"
import { partitionCommands, partitionCount } from "@maillm/schema/Subjects"
import { inspectActor } from "./inspectActor.ts"
import { Nats, NatsUnavailable } from "./Nats.ts"
import { lateMillis, oldestCommand } from "./oldestCommand.ts"
import { hostAliveMillis, readOwnership } from "./OwnershipReading.ts"
import type { OwnershipReading } from "./OwnershipReading.ts"

const worstLimit = 10

type Manager = Nats["Service"]["jsm"]

/**
 * Partitions, owners and mailboxes as JetStream has them, whether or not an actor host lives; asked of the server at
 * most once a second.
 */
export class PartitionReport extends Context.Service<
  PartitionReport,
  {
    readonly read: Effect.Effect<ActorsReport, NatsUnavailable>
    readonly inspect: (kind: string, id: string) => Effect.Effect<ActorInspection, NatsUnavailable>
  }
>()("@maillm/actors/nats/PartitionReport") {
  static readonly layer = Layer.effect(
    PartitionReport,
    Effect.gen(function* () {
      const nats = yield* Nats
      const { jsm } = nats
      const away = (why: string) =>
        new NatsUnavailable({ reason: `the actors cannot be asked about: ${why}` })
      const ask = <A>(run: () => Promise<A>) =>
        Effect.tryPromise({
          try: () => (nats.connected() ? run() : Promise.reject(new Error("not connected to NATS"))),
          catch: (cause) => away(cause instanceof Error ? cause.message : String(cause)),
        }).pipe(
          Effect.timeoutOrElse({
            duration: "12 seconds",
            orElse: () => Effect.fail(away("no answer in 12 s")),
          }),
        )
      return {
        read: yield* Effect.cachedWithTTL(
          ask(() => readAll(jsm)),
          "1 second",
        ),
        inspect: (kind, id) => ask(() => inspectActor(nats, kind, id)),
      }
    }),
  )
}

const readAll = async (jsm: Manager): Promise<ActorsReport> => {
  const [info, ownership] = await Promise.all([
    jsm.streams.info("CMD", { subjects_filter: "cmd.>" }),
    readOwnership(jsm),
  ])
  const boxes = mailboxesOf(info.state.subjects ?? {})
  const depths = new Map<number, number>()
  for (const { partition, waiting } of boxes) depths.set(partition, (depths.get(partition) ?? 0) + waiting)
  const partitions = await Promise.all(
    Array.from({ length: partitionCount }, async (_, partition) => {
      const depth = depths.get(partition) ?? 0
      const oldest =
        depth === 0 ? null : await oldestCommand(jsm, partitionCommands(partition), ownership.now)
      return partitionRow(partition, depth, oldest, ownership)
    }),
  )
  const hosts = hostRows(partitions, ownership)
  return {
    atMillis: ownership.now,
    ...summaryOf(partitions, hosts),
    partitions,
    hosts,
    mailboxes: boxes
      .toSorted((a, b) => b.waiting - a.waiting || a.id.localeCompare(b.id))
      .slice(0, worstLimit),
  }
}

const mailboxesOf = (subjects: Readonly<Record<string, number>>): Array<MailboxRow> =>
  Object.entries(subjects).flatMap(([subject, waiting]) => {
    const [, partition, kind, id] = subject.split(".")
    return kind === undefined || id === undefined
      ? []
      : [{ kind, id, partition: Number(partition), waiting, limit: mailboxLimit }]
  })

const partitionRow = (
  partition: number,
  depth: number,
  oldest: OldestCommand | null,
  ownership: OwnershipReading,
): PartitionRow => {
  const lease = ownership.leases.get(partition)
  const host = lease === undefined || lease.host === "" ? null : lease.host
  const about = { partition, host, epoch: lease?.epoch ?? null, depth, oldest }
  const alive = host !== null && isAlive(ownership, host)
  if (!alive) {
    return depth === 0
      ? { ...about, state: "free", meaning: `${ownerWords(ownership, host)}; nothing waits.` }
      : { ...about, state: "stopped", meaning: stoppedWords(ownership, host, depth) }
  }
  return oldest === null || oldest.ageMillis < lateMillis
    ? { ...about, state: "ok", meaning: "" }
    : { ...about, state: "late", meaning: lateWords(oldest) }
}

const isAlive = ({ beats, now }: OwnershipReading, host: string) => {
  const beat = beats.get(host)
  return beat !== undefined && now - beat < hostAliveMillis
}

const seconds = (millis: number) => `${Math.round(millis / 1_000)} s`

const ownerWords = ({ beats, now }: OwnershipReading, host: string | null) => {
  if (host === null) return "Nobody owns it"
  const beat = beats.get(host)
  return beat === undefined
    ? `Its owner ${host} has left`
    : `Its owner ${host} has not been heard of for ${seconds(now - beat)}`
}

const stoppedWords = (ownership: OwnershipReading, host: string | null, depth: number) => {
  const others = [...ownership.beats.keys()].some((id) => isAlive(ownership, id))
  const commands = depth === 1 ? "1 command waits" : `${depth} commands wait`
  const next = others
    ? `another host takes it ${seconds(hostAliveMillis)} after its owner was last heard of`
    : "no actor host lives: start one"
  return `${ownerWords(ownership, host)}: ${commands} and none is handled; ${next}.`
}

const lateWords = ({ kind, id, ageMillis, committed }: OldestCommand) => {
  const actor = `${kind} ${id}`
  return committed
    ? `${actor} has committed a command of ${seconds(ageMillis)} ago, and what it asks for cannot be handed on: is a stream full? See Streams in the system report.`
    : `${actor} is not done with a command of ${seconds(ageMillis)} ago. maillm actors inspect ${actor} says more.`
}

/** Hosts that hold a lease or were heard of within a day. */
const hostRows = (
  partitions: ReadonlyArray<PartitionRow>,
  ownership: OwnershipReading,
): Array<ActorHostRow> => {
  const held = new Map<string, number>()
  for (const { host } of partitions) if (host !== null) held.set(host, (held.get(host) ?? 0) + 1)
  return [...ownership.beats]
    .map(([id, beat]) => ({
      id,
      partitions: held.get(id) ?? 0,
      beatAgeMillis: Math.max(0, ownership.now - beat),
      alive: isAlive(ownership, id),
    }))
    .filter(({ partitions: count, beatAgeMillis }) => count > 0 || beatAgeMillis < 86_400_000)
    .toSorted((a, b) => a.id.localeCompare(b.id))
}

const summaryOf = (
  partitions: ReadonlyArray<PartitionRow>,
  hosts: ReadonlyArray<ActorHostRow>,
): Pick<ActorsReport, "state" | "detail"> => {
  const of = (state: PartitionRow["state"]) => partitions.filter((row) => row.state === state)
  const [stopped, late, free] = [of("stopped"), of("late"), of("free")]
  const waiting = partitions.reduce((sum, { depth }) => sum + depth, 0)
  const stuck = stopped.reduce((sum, { depth }) => sum + depth, 0)
  const alive = hosts.filter((host) => host.alive).length
  const living = alive === 1 ? "1 host lives" : `${alive} hosts live`
  if (stopped.length > 0) {
    const where = stopped.length === 1 ? "1 partition" : `${stopped.length} partitions`
    return { state: "down", detail: `${where} with ${stuck} waiting commands and no live owner; ${living}` }
  }
  if (alive === 0) return { state: "down", detail: "No actor host lives; nothing waits yet" }
  if (late.length + free.length > 0) {
    const parts = [
      ...(late.length === 0 ? [] : [`${late.length} behind`]),
      ...(free.length === 0 ? [] : [`${free.length} without an owner, where nothing waits`]),
    ]
    return {
      state: "degraded",
      detail: `Of ${partitions.length} partitions ${parts.join(" and ")}; ${living}`,
    }
  }
  const stored = waiting === 1 ? "1 command" : `${waiting} commands`
  return { state: "ok", detail: `${partitions.length} partitions served, ${stored} in mailboxes; ${living}` }
}
