import { MongoBulkWriteError } from "mongodb"
import type { AnyBulkWriteOperation } from "mongodb"
import type { RowChanges } from "../ReadModel.ts"
import { searchText } from "../searchWords.ts"
import type { Collections, RowCollection, RowDocument } from "./collections.ts"

/**
 * Upserts a row unless the one there is of a newer generation, or of the same or a later record. Then the filter
 * finds nothing, the insert meets the id, and the server answers 11000, which is what is wanted.
 */
const guarded = (
  generation: number,
  evtSeq: number,
  id: string | number,
  fields: { readonly row: unknown; readonly search?: string },
): AnyBulkWriteOperation<RowDocument> => ({
  updateOne: {
    filter: {
      _id: id,
      $or: [{ generation: { $lt: generation } }, { generation, evtSeq: { $lt: evtSeq } }],
    },
    update: { $set: { generation, evtSeq, ...fields } },
    upsert: true,
  },
})

/** Index of the write that met a row which is not older; null when it failed for another reason. */
const refusedIndex = (error: unknown): number | null => {
  if (!(error instanceof MongoBulkWriteError)) return null
  const first = Array.isArray(error.writeErrors) ? error.writeErrors[0] : error.writeErrors
  return first?.code === 11_000 ? first.index : null
}

/**
 * Runs the writes in order, and goes on behind one that was refused. (Not `ordered: false`: FerretDB 1.24 stops
 * at the first refused one all the same.)
 */
const write = async (
  collections: Collections,
  name: RowCollection,
  operations: ReadonlyArray<AnyBulkWriteOperation<RowDocument>>,
) => {
  let next = 0
  while (next < operations.length) {
    try {
      await collections.rows[name].bulkWrite(operations.slice(next), { ordered: true })
      return
    } catch (error) {
      const refused = refusedIndex(error)
      if (refused === null) throw error
      next += refused + 1
    }
  }
}

/** Writes all rows of the changes as of the record `evtSeq`. Repeating it, whole or in part, changes nothing. */
export const writeRows = async (
  collections: Collections,
  generation: number,
  evtSeq: number,
  changes: RowChanges,
) => {
  const plain = (row: { readonly id: string }) => guarded(generation, evtSeq, row.id, { row })
  await write(collections, "users", changes.users.map(plain))
  await write(
    collections,
    "requests",
    changes.requests.map((row) => guarded(generation, evtSeq, row.id, { row, search: searchText(row) })),
  )
  await write(collections, "sessions", changes.sessions.map(plain))
  await write(collections, "messages", changes.messages.map(plain))
  await write(
    collections,
    "timeline",
    // Never written again, whatever the record.
    changes.timeline.map((row) => guarded(generation, 0, row.position, { row })),
  )
}
