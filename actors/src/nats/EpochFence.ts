/**
 * Keeps a receiver from doing again what an owner that was succeeded hands on late.
 *
 * Every effect carries its actor and an epoch: that of the record it is an effect of, which is the lease epoch of the
 * owner that committed it. An actor's effects come to a stream in the order of its records, and a new owner hands on
 * what its predecessors left before anything of its own. So behind the first item of epoch 7 every item of epoch 6 is
 * a repeat of one that stands before it, and refusing it loses nothing.
 *
 * The epoch of the host that hands an item on would not do. Two owners overlap: 7 hands on the first item of a record
 * of 6, the stopped 6 wakes and hands on the second, and 7's own copy of that second one is dropped by the stream as a
 * repeat of it. The one copy there is would then be refused.
 *
 * What a receiver works on out of order (after a retry, on another process) must not be refused for its epoch alone:
 * the place in the stream decides.
 */

/** An item of a stream: the epoch it came with, and where it stands. */
export interface FencedItem {
  readonly epoch: number
  readonly sequence: number
}

/** What a receiver remembers of one actor, in rising order of epochs and of sequences; empty when it knows nothing. */
export type Fence = ReadonlyArray<FencedItem>

/** Epochs that are told apart. One that is forgotten lets an item of a still older one pass if it comes out of order. */
const fenceLimit = 4

/** The highest epoch of which an item is known to stand before this one, if it is higher than the item's own. */
export const succeededBy = (fence: Fence, { epoch, sequence }: FencedItem): number | null =>
  fence.findLast((seen) => seen.epoch > epoch && seen.sequence < sequence)?.epoch ?? null

/** The fence with one more item that was not refused; the same array when the item adds nothing. */
export const raise = (fence: Fence, item: FencedItem): Fence => {
  const says = (one: FencedItem, other: FencedItem) =>
    one.epoch >= other.epoch && one.sequence <= other.sequence
  if (fence.some((seen) => says(seen, item))) return fence
  const { epoch, sequence } = item
  return [...fence.filter((seen) => !says(item, seen)), { epoch, sequence }]
    .toSorted((one, other) => one.epoch - other.epoch)
    .slice(-fenceLimit)
}

/** Whose item it is, as `<kind>.<id>`, and its epoch. */
export interface ItemOrigin {
  readonly actor: string
  readonly epoch: number
}

/** Headers of every message that is an actor's effect. */
export const originHeaders = { actor: "Maillm-Actor", epoch: "Maillm-Epoch" } as const

const actorName = /^[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{1,64}$/

/** What the headers say, or null for an item of a version before 0.2, which had none. */
export const originOf = (header: (name: string) => string | undefined): ItemOrigin | null => {
  const actor = header(originHeaders.actor) ?? ""
  const epoch = header(originHeaders.epoch) ?? ""
  return actorName.test(actor) && /^\d{1,15}$/.test(epoch) ? { actor, epoch: Number(epoch) } : null
}
