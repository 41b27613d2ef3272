import type { ActorKind } from "@maillm/schema/Ids"

/** Which actor. Both are subject tokens. */
export interface ActorName {
  readonly kind: ActorKind
  readonly id: string
}
