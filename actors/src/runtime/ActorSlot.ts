import type { ActorCell } from "./ActorCell.ts"
import type { ActorName } from "./ActorName.ts"
import type { Delivered } from "./ActorStore.ts"

/** One actor of a partition, as its worker has it. */
export interface ActorSlot {
  readonly name: ActorName
  readonly waiting: Array<Delivered>
  cell: ActorCell | null
  running: boolean
  /** When its journal was last found damaged. */
  damagedAt: number
  /** Its journal is of a later version of maillm: its commands stay in the mailbox, and not in memory. */
  leftAlone: boolean
  usedAt: number
  /** Positions of commands that are handled and may still stand in the mailbox, rising; as many as a mailbox holds. */
  readonly handled: Array<number>
}

export const makeSlot = (name: ActorName): ActorSlot => ({
  name,
  waiting: [],
  cell: null,
  running: false,
  damagedAt: Number.NEGATIVE_INFINITY,
  leftAlone: false,
  usedAt: 0,
  handled: [],
})

export const keyOf = ({ kind, id }: ActorName) => `${kind}.${id}`

/** One that is left alone stays too, to be remembered. */
export const isBusy = (slot: ActorSlot) => slot.running || slot.waiting.length > 0 || slot.leftAlone

/** Forgets what is purged from the mailbox. */
export const forgetHandled = ({ handled }: ActorSlot, through: number): void => {
  const kept = handled.findIndex((seq) => seq > through)
  handled.splice(0, kept === -1 ? handled.length : kept)
}
