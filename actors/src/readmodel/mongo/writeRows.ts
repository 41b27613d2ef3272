import { MongoBulkWriteError } from "mongodb"
import type { AnyBulkWriteOperation, Collection } from "mongodb"
import type { RowChanges } from "../ReadModel.ts"
import { searchText } from "../searchWords.ts"
import type { Collections, RowDocument } from "./collections.ts"

/** Indexes of the writes that met a row of the same id; null when something else is wrong too. */
const duplicates = (error: unknown): ReadonlyArray<number> | null => {
  if (!(error instanceof MongoBulkWriteError)) return null
  const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors]
  const others =
    errors.some((one) => one.code !== 11_000) || error.result.getWriteConcernError() !== undefined
  return others || errors.length === 0 ? null : errors.map((one) => one.index)
}

/** Inserts what is not there; answers what is there, in whatever state. */
const insertMissing = async (
  collection: Collection<RowDocument>,
  documents: ReadonlyArray<RowDocument>,
): Promise<ReadonlyArray<RowDocument>> => {
  try {
    await collection.insertMany([...documents], { ordered: false })
    return []
  } catch (error) {
    const there = duplicates(error)
    if (there === null) throw error
    return documents.filter((_, index) => there.includes(index))
  }
}

/**
 * Replaces a row unless the one there is of a newer generation, or of the same or a later record: then the filter
 * finds nothing, the insert meets the id and is refused, which is what is wanted.
 */
const replaceOlder = ({ _id, ...fields }: RowDocument): AnyBulkWriteOperation<RowDocument> => {
  const { generation, evtSeq } = fields
  const older = [{ generation: { $lt: generation } }, { generation, evtSeq: { $lt: evtSeq } }]
  return { updateOne: { filter: { _id, $or: older }, update: { $set: fields }, upsert: true } }
}

/**
 * Runs the writes in order, and goes on behind one that was refused. (Not `ordered: false`: FerretDB 1.24 stops
 * at the first refused update all the same.)
 */
const replaceAllOlder = async (
  collection: Collection<RowDocument>,
  documents: ReadonlyArray<RowDocument>,
) => {
  let next = 0
  while (next < documents.length) {
    try {
      await collection.bulkWrite(documents.slice(next).map(replaceOlder), { ordered: true })
      return
    } catch (error) {
      const [refused] = duplicates(error) ?? []
      if (refused === undefined) throw error
      next += refused + 1
    }
  }
}

const write = async (collection: Collection<RowDocument>, documents: ReadonlyArray<RowDocument>) => {
  if (documents.length === 0) return
  await replaceAllOlder(collection, await insertMissing(collection, documents))
}

/** Writes all rows of the changes as of the record `evtSeq`. Repeating it, whole or in part, changes nothing. */
export const writeRows = async (
  { rows }: Collections,
  generation: number,
  evtSeq: number,
  changes: RowChanges,
) => {
  const plain = (row: { readonly id: string }) => ({ _id: row.id, generation, evtSeq, row })
  await write(rows.users, changes.users.map(plain))
  await write(
    rows.requests,
    changes.requests.map((row) => ({ ...plain(row), search: searchText(row) })),
  )
  await write(rows.sessions, changes.sessions.map(plain))
  await write(rows.messages, changes.messages.map(plain))
  await write(rows.approvals, changes.approvals.map(plain))
  await write(
    rows.timeline,
    // As of no record, so that none replaces it.
    changes.timeline.map((row) => ({ _id: row.position, generation, evtSeq: 0, row })),
  )
}
