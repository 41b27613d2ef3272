import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

/** How far this process' projector is, and what is wrong with it. */
export class ProjectorStatus extends Context.Service<
  ProjectorStatus,
  {
    /** EVT sequence that the read model holds everything up to. */
    readonly position: () => number
    /** Records of EVT not folded in yet, as far as known (learnt with every record, and every 5 s). */
    readonly lag: () => number
    /** Records that could not be read since the start of this process; each is in DEAD with the reason. */
    readonly skipped: () => number
    /** What keeps it from going on, in words; null while it works. */
    readonly lastError: string | null
    /** True once the record of this EVT sequence is folded in, false when it was not within `timeoutMillis`. */
    readonly waitFor: (sequence: number, timeoutMillis: number) => Effect.Effect<boolean>
  }
>()("@maillm/actors/readmodel/ProjectorStatus") {}
