import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { EpochMillis, text } from "../Ids.ts"
import { Conflict, NotAllowed, NotFound, Unavailable } from "./ApiErrors.ts"
import { Authorization, InputCheck } from "./Authorization.ts"
import { pageQuery } from "./Paging.ts"

/** Of the body, in UTF-16 code units, as one dead letter shows it. */
export const deadBodyLimit = 65_536

/** What could not be handled, as DEAD keeps it. */
export const DeadLetter = Schema.Struct({
  /** Its sequence in DEAD, by which it is named. */
  sequence: Schema.Int,
  /** The stream that it was taken from: `CMD`, `OUTBOX`, `JOBS`, `NODE`, or `EVT` for a record not folded. */
  stream: text(64),
  /** Where it stood; empty when that is not known. */
  subject: text(512),
  /** Its sequence there; null when that is not known. */
  originalSequence: Schema.NullOr(Schema.Int),
  /** For a command the actor's kind and id; else the last two tokens of its subject. */
  kind: text(255),
  id: text(255),
  /** When it was put aside. */
  atMillis: EpochMillis,
  reason: text(2_000),
  /** Of the body as kept. */
  bodyBytes: Schema.Int,
  /** Why it cannot be put back, in words with what to do instead; null when it can. */
  refusal: Schema.NullOr(text(1_000)),
})
export type DeadLetter = typeof DeadLetter.Type

export const DeadLetterDetail = Schema.Struct({
  ...DeadLetter.fields,
  /** The body as text, at most `deadBodyLimit`; bytes that are no UTF-8 are shown as U+FFFD. */
  body: text(deadBodyLimit),
  bodyCut: Schema.Boolean,
})
export type DeadLetterDetail = typeof DeadLetterDetail.Type

/** How full DEAD is. Beyond `limitBytes` and `keepMillis` it forgets its oldest letters by itself. */
export const DeadUsage = Schema.Struct({
  letters: Schema.Int,
  bytes: Schema.Int,
  limitBytes: Schema.Int,
  keepMillis: Schema.Int,
  oldestAtMillis: Schema.NullOr(EpochMillis),
})
export type DeadUsage = typeof DeadUsage.Type

export const DeadRetried = Schema.Struct({
  sequence: Schema.Int,
  subject: text(512),
  /**
   * `stored`: it stands in its stream again. `repeated`: it stood there already from a retry before this one.
   * `handled`: a retry before this one was handled already, so nothing was put back.
   */
  outcome: Schema.Literals(["stored", "repeated", "handled"]),
  /** The id under which the command goes again; null for what is no command. */
  commandId: Schema.NullOr(text(200)),
})
export type DeadRetried = typeof DeadRetried.Type

export const DeadDropped = Schema.Struct({ sequence: Schema.Int })

/** `<kind>.<id>` */
const ActorPath = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{1,64}$/))
const Sequence = Schema.Int.check(Schema.isGreaterThan(0))

export class DeadApi extends HttpApiGroup.make("dead")
  .add(
    HttpApiEndpoint.get("list", "/", {
      query: { ...pageQuery, actor: Schema.optionalKey(ActorPath) },
      success: Schema.Array(DeadLetter),
      error: [NotAllowed, Unavailable],
    })
      .annotate(OpenApi.Summary, "List dead letters")
      .annotate(
        OpenApi.Description,
        "A JSON array of what could not be handled, newest first; of one actor's commands with `actor=<kind>.<id>`. Next page: `before` = the last row's `sequence`.",
      ),
    HttpApiEndpoint.get("usage", "/usage", {
      success: DeadUsage,
      error: [NotAllowed, Unavailable],
    }).annotate(OpenApi.Summary, "How full the dead letter stream is"),
    HttpApiEndpoint.get("get", "/:sequence", {
      params: { sequence: Sequence },
      success: DeadLetterDetail,
      error: [NotAllowed, NotFound, Unavailable],
    }).annotate(OpenApi.Summary, "One dead letter with its body"),
    HttpApiEndpoint.post("retry", "/:sequence/retry", {
      params: { sequence: Sequence },
      success: DeadRetried,
      error: [NotAllowed, NotFound, Conflict, Unavailable],
    })
      .annotate(OpenApi.Summary, "Put a dead letter back")
      .annotate(
        OpenApi.Description,
        "Stores it again where it stood, at the end of the line, then removes the letter. Repeats are harmless. 409 when it cannot be put back.",
      ),
    HttpApiEndpoint.post("drop", "/:sequence/drop", {
      params: { sequence: Sequence },
      success: DeadDropped,
      error: [NotAllowed, NotFound, Unavailable],
    })
      .annotate(OpenApi.Summary, "Remove a dead letter")
      .annotate(OpenApi.Description, "It is erased, and what it asked for is not done."),
  )
  .middleware(InputCheck)
  .middleware(Authorization)
  .prefix("/api/dead")
  .annotate(OpenApi.Description, "What could not be handled. The owner's only.") {}
