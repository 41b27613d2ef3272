import { MongoClient, MongoServerError } from "mongodb"
import type { Collection, Db } from "mongodb"

/**
 * A row as it is kept. `generation` and `evtSeq` guard it: a writer of an older generation, or of a record that
 * is in the row already, changes nothing. `search` is what a request is found by.
 */
export interface RowDocument {
  readonly _id: string | number
  readonly generation: number
  readonly evtSeq: number
  readonly row: unknown
  readonly search?: string
}

/** The one document that says how far the rows are folded. */
export interface PositionDocument {
  readonly _id: "evt"
  readonly version: number
  readonly generation: number
  readonly sequence: number
  readonly streamCreated: string
}

export const rowCollections = ["users", "requests", "sessions", "messages", "approvals", "timeline"] as const
export type RowCollection = (typeof rowCollections)[number]

export interface Collections {
  readonly rows: Readonly<Record<RowCollection, Collection<RowDocument>>>
  readonly position: Collection<PositionDocument>
}

/** Every index, by collection. `generation` is for clearing what a reset left behind. */
const indexes: Readonly<Record<RowCollection, ReadonlyArray<Readonly<Record<string, 1 | -1>>>>> = {
  users: [],
  requests: [
    { "row.userId": 1, "row.createdAtMillis": -1 },
    { "row.sessionId": 1, "row.createdAtMillis": -1 },
    { "row.state": 1 },
  ],
  sessions: [{ "row.userId": 1, "row.updatedAtMillis": -1 }],
  messages: [{ "row.userId": 1, "row.atMillis": -1 }, { "row.sessionId": 1 }, { "row.requestId": 1 }],
  approvals: [
    { "row.userId": 1, "row.askedAtMillis": -1 },
    { "row.userId": 1, "row.state": 1, "row.askedAtMillis": 1 },
    { "row.requestId": 1 },
  ],
  timeline: [
    { "row.userId": 1, _id: -1 },
    { "row.sessionId": 1, _id: -1 },
    { "row.requestId": 1, _id: -1 },
    { "row.messageId": 1, _id: -1 },
  ],
}

/** A client that gives up in bounded time and writes to the majority of a replica set. */
export const makeClient = (url: string) =>
  new MongoClient(url, {
    appName: "maillm",
    serverSelectionTimeoutMS: 5_000,
    connectTimeoutMS: 5_000,
    socketTimeoutMS: 30_000,
    waitQueueTimeoutMS: 10_000,
    maxPoolSize: 10,
    writeConcern: { w: "majority" },
    readPreference: "primary",
  })

export const collectionsOf = (db: Db): Collections => ({
  rows: {
    users: db.collection("users"),
    requests: db.collection("requests"),
    sessions: db.collection("sessions"),
    messages: db.collection("messages"),
    approvals: db.collection("approvals"),
    timeline: db.collection("timeline"),
  },
  position: db.collection("position"),
})

/** Makes the indexes that are missing. */
export const ensureIndexes = async (collections: Collections) => {
  for (const name of rowCollections) {
    for (const index of [...indexes[name], { generation: 1 as const }]) {
      await collections.rows[name].createIndex(index)
    }
  }
}

/** What a guarded upsert answers when the row is there already and is not older. */
export const isDuplicateKey = (error: unknown) => error instanceof MongoServerError && error.code === 11_000
