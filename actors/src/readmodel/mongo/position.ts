import { readModelVersion } from "../storedRow.ts"
import { isDuplicateKey, rowCollections } from "./collections.ts"
import type { Collections, PositionDocument } from "./collections.ts"

/** The position; throws when another version of maillm has taken the database. */
export const readPosition = async ({ position }: Collections): Promise<PositionDocument> => {
  const found = await position.findOne({ _id: "evt" })
  if (found === null) throw new Error("the position is gone; restart maillm to fold the streams again")
  if (found.version !== readModelVersion) {
    throw new Error(
      `another version of maillm uses this database (its rows are version ${found.version}, ours ${readModelVersion}); stop it, or give each its own MAILLM_MONGODB_URL`,
    )
  }
  return found
}

/**
 * Starts a new generation at position 0, then deletes the rows of the older ones. Who still folds the old one
 * finds out at its next apply.
 */
export const startGeneration = async (collections: Collections) => {
  await collections.position.updateOne(
    { _id: "evt" },
    { $inc: { generation: 1 }, $set: { version: readModelVersion, sequence: 0, streamCreated: "" } },
  )
  await deleteOldRows(collections)
}

/** Deletes what writers of older generations have left. */
export const deleteOldRows = async (collections: Collections) => {
  const { generation } = await readPosition(collections)
  for (const name of rowCollections) {
    await collections.rows[name].deleteMany({ generation: { $lt: generation } })
  }
}

/** Makes the position when there is none, and a new generation when it is of another version. */
export const ensurePosition = async (collections: Collections) => {
  const first = { version: readModelVersion, generation: 1, sequence: 0, streamCreated: "" }
  try {
    await collections.position.insertOne({ _id: "evt", ...first })
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
  }
  const found = await collections.position.findOne({ _id: "evt" })
  if (found?.version === readModelVersion) await deleteOldRows(collections)
  else await startGeneration(collections)
}
