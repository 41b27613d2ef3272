import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { ActorKind, EpochMillis, text, Token } from "../Ids.ts"
import { NotAllowed, Unavailable } from "./ApiErrors.ts"
import { Authorization, InputCheck } from "./Authorization.ts"

/** The oldest command that a mailbox or a partition still holds. Ages are by the NATS server's clock. */
export const OldestCommand = Schema.Struct({
  kind: ActorKind,
  id: Token,
  /** Sequence in CMD. */
  sequence: Schema.Int,
  ageMillis: Schema.Int,
  /** Its actor has committed it: what keeps it are effects that are not handed on yet, or its release. */
  committed: Schema.Boolean,
})
export type OldestCommand = typeof OldestCommand.Type

/**
 * `ok`: its owner lives and keeps up. `late`: its owner lives, and a command has waited for long. `stopped`: nobody
 * alive owns it, and commands wait. `free`: nobody alive owns it, and nothing waits.
 */
export const PartitionState = Schema.Literals(["ok", "late", "stopped", "free"])
export type PartitionState = typeof PartitionState.Type

export const PartitionRow = Schema.Struct({
  partition: Schema.Int,
  /** Who holds the lease, alive or not; null when nobody does. */
  host: Schema.NullOr(text(64)),
  /** Of the lease; null when there never was one. */
  epoch: Schema.NullOr(Schema.Int),
  /** Commands that CMD stores for it, those included that were handled a moment ago and are not released yet. */
  depth: Schema.Int,
  oldest: Schema.NullOr(OldestCommand),
  state: PartitionState,
  /** What the state means and what to do; empty when all is well. */
  meaning: text(500),
})
export type PartitionRow = typeof PartitionRow.Type

export const ActorHostRow = Schema.Struct({
  id: text(64),
  /** Partitions whose lease it holds. */
  partitions: Schema.Int,
  beatAgeMillis: Schema.Int,
  alive: Schema.Boolean,
})
export type ActorHostRow = typeof ActorHostRow.Type

export const MailboxRow = Schema.Struct({
  kind: ActorKind,
  id: Token,
  partition: Schema.Int,
  waiting: Schema.Int,
  /** Commands that a mailbox takes; beyond it senders are refused. */
  limit: Schema.Int,
})
export type MailboxRow = typeof MailboxRow.Type

/** Partitions in order, hosts by id, and the mailboxes that hold the most, at most 10. */
export const ActorsReport = Schema.Struct({
  atMillis: EpochMillis,
  state: Schema.Literals(["ok", "degraded", "down"]),
  detail: text(1_000),
  partitions: Schema.Array(PartitionRow),
  hosts: Schema.Array(ActorHostRow),
  mailboxes: Schema.Array(MailboxRow),
})
export type ActorsReport = typeof ActorsReport.Type

/** A record of an actor's journal, as far as it can be read. */
export const RecordSummary = Schema.Struct({
  /** Sequence in EVT. */
  sequence: Schema.Int,
  atMillis: EpochMillis,
  epoch: Schema.Int,
  host: text(64),
  commandId: text(200),
  commandSequence: Schema.Int,
  events: Schema.Array(text(64)),
  /** Why its command was set aside; null when it was not. */
  failed: Schema.NullOr(text(1_000)),
})
export type RecordSummary = typeof RecordSummary.Type

export const ActorInspection = Schema.Struct({
  kind: ActorKind,
  id: Token,
  partition: Schema.Int,
  host: Schema.NullOr(text(64)),
  epoch: Schema.NullOr(Schema.Int),
  hostAlive: Schema.Boolean,
  waiting: Schema.Int,
  oldest: Schema.NullOr(OldestCommand),
  journal: Schema.Struct({
    /**
     * `empty`: nothing was ever committed. `intact`: every record reads and follows the one before it. `newer`: a
     * record is of a version after this one. `broken`: `fault` names the first that is. `unread`: there was not
     * the time to read all, and those read are intact.
     */
    state: Schema.Literals(["empty", "intact", "newer", "broken", "unread"]),
    records: Schema.Int,
    /** Of them, those read. */
    read: Schema.Int,
    /** The last that reads. */
    last: Schema.NullOr(RecordSummary),
    fault: Schema.NullOr(Schema.Struct({ sequence: Schema.Int, reason: text(1_000) })),
  }),
  /** EVT sequence up to which a snapshot holds the state; null when there is none. */
  snapshotSequence: Schema.NullOr(Schema.Int),
  deadLetters: Schema.Int,
  /** What this means and what to do, a paragraph a line. */
  advice: Schema.Array(text(1_000)),
})
export type ActorInspection = typeof ActorInspection.Type

export class ActorsApi extends HttpApiGroup.make("actors")
  .add(
    HttpApiEndpoint.get("report", "/", { success: ActorsReport, error: [NotAllowed, Unavailable] })
      .annotate(OpenApi.Summary, "Partitions, their owners and mailboxes")
      .annotate(OpenApi.Description, "Read from JetStream, whether or not an actor host lives."),
    HttpApiEndpoint.get("inspect", "/:kind/:id", {
      params: { kind: ActorKind, id: Token },
      success: ActorInspection,
      error: [NotAllowed, Unavailable],
    })
      .annotate(OpenApi.Summary, "One actor: mailbox, journal, dead letters")
      .annotate(OpenApi.Description, "Reads its whole journal; names the first record that is broken."),
  )
  .middleware(InputCheck)
  .middleware(Authorization)
  .prefix("/api/actors")
  .annotate(OpenApi.Description, "How the actors are. The owner's only.") {}
