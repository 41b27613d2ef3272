import type { ActorName } from "./ActorName.ts"

/** Where an effect comes from. */
export interface EffectOrigin {
  readonly actor: ActorName
  /** `<kind>.<id>/<record's sequence>/<index>`: the same at every repeat. */
  readonly effectId: string
  /** When its record was committed, milliseconds since 1970. */
  readonly atMillis: number
}

/** The one publish that an effect is. */
export interface EffectMessage {
  readonly subject: string
  readonly data: string
  readonly headers: ReadonlyArray<readonly [string, string]>
}

/** Whose effect a message is, as `<kind>.<id>`. */
export const actorHeader = "Maillm-Actor"
/** Epoch of the record that asks for it; receivers refuse what comes behind a higher one (EpochFence). */
export const epochHeader = "Maillm-Epoch"
/**
 * The sequence that the subject's last message must have (0: none may be there). An effect that comes after another one is
 * done without: what stands there is what counts.
 */
export const expectedSequence = "Nats-Expected-Last-Subject-Sequence"
