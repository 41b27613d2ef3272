/**
 * What a viewer has written of a pane, and what to do with the next bytes. Pure: the terminal, the socket and the
 * timers are elsewhere. Bytes are counted from the pane's beginning; a new generation is a new pane.
 */
export interface PaneView {
  /** Null until the first snapshot. */
  readonly generation: string | null
  /** Every byte below this is on the terminal. */
  readonly offset: number
}

export interface PaneChunk {
  readonly generation: string
  readonly offset: number
  readonly bytes: Uint8Array
}

export type ChunkVerdict =
  /** Write these bytes; the view moves on. */
  | { readonly _tag: "Write"; readonly bytes: Uint8Array; readonly view: PaneView }
  /** Everything in it is on the terminal already. */
  | { readonly _tag: "Skip" }
  /** Bytes are missing, or the pane is another one: only a snapshot helps. */
  | { readonly _tag: "NeedSnapshot" }

export const emptyPaneView: PaneView = { generation: null, offset: 0 }

export const acceptChunk = (view: PaneView, chunk: PaneChunk): ChunkVerdict => {
  if (view.generation === null || chunk.generation !== view.generation) return { _tag: "NeedSnapshot" }
  if (chunk.offset > view.offset) return { _tag: "NeedSnapshot" }
  const end = chunk.offset + chunk.bytes.length
  if (end <= view.offset) return { _tag: "Skip" }
  return {
    _tag: "Write",
    bytes: chunk.bytes.subarray(view.offset - chunk.offset),
    view: { generation: view.generation, offset: end },
  }
}

/** Chunks that came while a snapshot was under way, in order of arrival; at most `pendingLimitBytes` of them. */
export interface PendingChunks {
  readonly chunks: ReadonlyArray<PaneChunk>
  readonly bytes: number
  /** Some were dropped: what is held has a hole, and the snapshot's successors may not join up. */
  readonly overflowed: boolean
}

export const emptyPending: PendingChunks = { chunks: [], bytes: 0, overflowed: false }
export const pendingLimitBytes = 1_048_576

/** Keeps a chunk until the snapshot is there. Over the bound the oldest are dropped. */
export const keepPending = (pending: PendingChunks, chunk: PaneChunk): PendingChunks => {
  const chunks = [...pending.chunks, chunk]
  let bytes = pending.bytes + chunk.bytes.length
  let overflowed = pending.overflowed
  while (bytes > pendingLimitBytes && chunks.length > 0) {
    bytes -= chunks.shift()?.bytes.length ?? 0
    overflowed = true
  }
  return { chunks, bytes, overflowed }
}

/**
 * After a snapshot of `generation` up to `offset`: the bytes to write behind it, in order, and whether another
 * snapshot is needed because what was kept does not join up.
 */
export const afterSnapshot = (
  generation: string,
  offset: number,
  pending: PendingChunks,
): { readonly view: PaneView; readonly writes: ReadonlyArray<Uint8Array>; readonly stale: boolean } => {
  let view: PaneView = { generation, offset }
  const writes: Array<Uint8Array> = []
  for (const chunk of pending.chunks) {
    const verdict = acceptChunk(view, chunk)
    if (verdict._tag === "NeedSnapshot") {
      // A chunk of the pane before this one came late and can be left; a hole or a newer pane cannot.
      return { view, writes, stale: true }
    }
    if (verdict._tag === "Write") {
      writes.push(verdict.bytes)
      view = verdict.view
    }
  }
  return { view, writes, stale: false }
}
