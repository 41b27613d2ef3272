import * as Schema from "effect/Schema"
import { text } from "./Ids.ts"
import { AgentState, PaneState } from "./Turn.ts"

/**
 * Terminal bytes of a pane, published on `pane.<session>.out` with the headers below and the raw bytes as
 * payload (at most 64 KiB a message). `offset` counts bytes since the pane was made: a viewer that holds
 * everything below `offset` writes the payload, one that is ahead skips what it has, one that is behind asks
 * for a new snapshot. A new `generation` means a new pane: start over with a snapshot.
 */
export const paneHeaders = { offset: "Maillm-Offset", generation: "Maillm-Generation" } as const
export const paneChunkLimitBytes = 65_536

/** Input and control, published on `pane.<session>.in` as JSON. */
export const PaneInput = Schema.Union([
  /** Keys as the terminal would send them; at most 16 KiB. */
  Schema.TaggedStruct("Keys", { data: text(16_384) }),
  Schema.TaggedStruct("Resize", {
    columns: Schema.Int.check(Schema.isBetween({ minimum: 20, maximum: 400 })),
    rows: Schema.Int.check(Schema.isBetween({ minimum: 5, maximum: 200 })),
  }),
])
export type PaneInput = typeof PaneInput.Type

/** Asked on `pane.<session>.snapshot`; keeps output flowing to viewers for `watchSeconds` more. */
export const PaneRequest = Schema.Struct({
  watchSeconds: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 120 })),
  wantScreen: Schema.Boolean,
})
export type PaneRequest = typeof PaneRequest.Type

export const PaneReply = Schema.Union([
  Schema.TaggedStruct("Snapshot", {
    generation: text(64),
    /** Bytes of output that the screen includes. */
    offset: Schema.Int,
    columns: Schema.Int,
    rows: Schema.Int,
    state: PaneState,
    /** Terminal sequences that draw the screen with scrollback on an empty terminal; empty unless asked for. */
    screen: Schema.String,
    /** Absent for a shell, whose markers are its state. */
    agent: Schema.optionalKey(AgentState),
  }),
  Schema.TaggedStruct("NoPane", { reason: text(500) }),
])
export type PaneReply = typeof PaneReply.Type
