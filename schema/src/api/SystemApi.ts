import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { EpochMillis, text } from "../Ids.ts"
import { TimelineRow, UserRow } from "../ReadModel.ts"
import { PolicyLayer } from "../Policy.ts"
import { NodeInfo } from "../Turn.ts"
import { InputRefused, Unavailable } from "./ApiErrors.ts"
import { Authorization, InputCheck } from "./Authorization.ts"
import { pageQuery } from "./Paging.ts"

/** A node as it last reported, and whether it still reports. */
export const NodeRow = Schema.Struct({ ...NodeInfo.fields, alive: Schema.Boolean })
export type NodeRow = typeof NodeRow.Type

export class NodesApi extends HttpApiGroup.make("nodes")
  .add(
    HttpApiEndpoint.get("list", "/", { success: Schema.Array(NodeRow), error: Unavailable }).annotate(
      OpenApi.Summary,
      "List nodes",
    ),
  )
  .middleware(InputCheck)
  .middleware(Authorization)
  .prefix("/api/nodes")
  .annotate(OpenApi.Description, "Hosts that run panes.") {}

export class AuditApi extends HttpApiGroup.make("audit")
  .add(
    HttpApiEndpoint.get("list", "/", {
      query: pageQuery,
      success: Schema.Array(TimelineRow),
      error: Unavailable,
    })
      .annotate(OpenApi.Summary, "Everything that happened")
      .annotate(
        OpenApi.Description,
        "A JSON array of everything that happened, newest first. Next page: `before` = the last row's `position`.",
      ),
  )
  .middleware(InputCheck)
  .middleware(Authorization)
  .prefix("/api/audit")
  .annotate(OpenApi.Description, "Every event of this user.") {}

/** How one part of the system is. `detail` says it in words, with the remedy when it is not ok. */
export const ComponentState = Schema.Struct({
  name: text(64),
  state: Schema.Literals(["ok", "degraded", "down"]),
  detail: text(1_000),
})
export type ComponentState = typeof ComponentState.Type

/** Body of `/health` and `/ready`. */
export const HealthReport = Schema.Struct({
  status: Schema.Literals(["ok", "degraded", "down"]),
  version: text(64),
  components: Schema.Array(ComponentState),
})
export type HealthReport = typeof HealthReport.Type

export const ConsumerLag = Schema.Struct({
  name: text(255),
  /** Messages not yet given to it. */
  pending: Schema.Int,
  /** Given and not yet acknowledged. */
  unacknowledged: Schema.Int,
  redelivered: Schema.Int,
})

export const StreamReport = Schema.Struct({
  name: text(255),
  messages: Schema.Int,
  bytes: Schema.Int,
  firstSequence: Schema.Int,
  lastSequence: Schema.Int,
  lastAt: text(64),
  consumers: Schema.Array(ConsumerLag),
})
export type StreamReport = typeof StreamReport.Type

/** A setting that is set. Secrets are shown as `set`, never as their value. */
export const SettingRow = Schema.Struct({ name: text(64), value: text(1_000), source: text(255) })
export type SettingRow = typeof SettingRow.Type

export const SystemReport = Schema.Struct({
  status: Schema.Literals(["ok", "degraded", "down"]),
  atMillis: EpochMillis,
  startedAtMillis: EpochMillis,
  components: Schema.Array(ComponentState),
  versions: Schema.Struct({ maillm: text(64), node: text(64), nats: text(64) }),
  streams: Schema.Array(StreamReport),
  readModel: Schema.Struct({ sequence: Schema.Int, lag: Schema.Int }),
  requestCounts: Schema.Record(Schema.String, Schema.Int),
  sockets: Schema.Int,
  settings: Schema.Array(SettingRow),
})
export type SystemReport = typeof SystemReport.Type

/** The layer is stored. */
export const PolicyTaken = Schema.Struct({ policy: PolicyLayer })

/** Stored: mail goes there again. */
export const AddressRetryTaken = Schema.Struct({ address: text(320) })

export const Me = Schema.Struct({
  user: UserRow,
  /** The private address: mail to it from `user.email` is a request. */
  address: text(320),
  signedInBy: Schema.Literals(["token", "cookie"]),
  /** When the cookie ends unless it is used; null for a token. */
  expiresAtMillis: Schema.NullOr(EpochMillis),
  version: text(64),
  requestTextLimit: Schema.Int,
  /** What the account's agents may cost in a calendar month (UTC), millionths of a US dollar; null without a cap. */
  spendingCapMicroUsd: Schema.NullOr(Schema.Int),
})
export type Me = typeof Me.Type

export class SystemApi extends HttpApiGroup.make("system")
  .add(
    HttpApiEndpoint.get("report", "/system", { success: SystemReport, error: Unavailable }).annotate(
      OpenApi.Summary,
      "How the system is",
    ),
    HttpApiEndpoint.get("me", "/me", { success: Me, error: Unavailable }).annotate(
      OpenApi.Summary,
      "Who I am",
    ),
    HttpApiEndpoint.post("setPolicy", "/me/policy", {
      payload: PolicyLayer,
      success: PolicyTaken.pipe(HttpApiSchema.status(202)),
      error: [InputRefused, Unavailable],
    })
      .annotate(OpenApi.Summary, "Set the account's layer of the policy")
      .annotate(
        OpenApi.Description,
        "What agents may do for this account otherwise than the installation's policy says; replaces the former layer, and `{}` removes it. Stricter wherever wished, laxer only where the installation does not deny. Holds for requests that come from now on.",
      ),
    HttpApiEndpoint.post("retryAddress", "/me/addresses/retry", {
      payload: AddressRetryTaken,
      success: AddressRetryTaken.pipe(HttpApiSchema.status(202)),
      error: [InputRefused, Unavailable],
    })
      .annotate(OpenApi.Summary, "Write to an address again")
      .annotate(
        OpenApi.Description,
        "An address whose server said that it does not exist (`user.unreachable`) gets no more mail. This says that it can be written to again; what was not sent meanwhile is in the console. A no-op for an address that is not stopped.",
      ),
  )
  .middleware(InputCheck)
  .middleware(Authorization)
  .prefix("/api")
  .annotate(OpenApi.Description, "How the system is, and who you are.") {}
