import * as Schema from "effect/Schema"
import type { Collection, Filter } from "mongodb"
import {
  ApprovalRow,
  MessageRow,
  RequestRow,
  SessionRow,
  TimelineRow,
  UserRow,
} from "@maillm/schema/ReadModel"
import type { Page, RowIds, Stored, StoredRows, TimelineOf } from "../ReadModel.ts"
import { sameKeyMax, StoredRequest, StoredSession, timelineMax } from "../storedRow.ts"
import type { Collections, RowDocument } from "./collections.ts"

/** How the rows of each collection are read. */
export const rowsOf = {
  users: Schema.decodeUnknownSync(UserRow),
  requests: Schema.decodeUnknownSync(RequestRow),
  sessions: Schema.decodeUnknownSync(SessionRow),
  messages: Schema.decodeUnknownSync(MessageRow),
  approvals: Schema.decodeUnknownSync(ApprovalRow),
  timeline: Schema.decodeUnknownSync(TimelineRow),
} as const

const storedRequest = Schema.decodeUnknownSync(StoredRequest)
const storedSession = Schema.decodeUnknownSync(StoredSession)

const storedOf = async <A>(
  collection: Collection<RowDocument>,
  generation: number,
  decode: (row: unknown) => A,
  ids: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, Stored<A>>> => {
  if (ids.length === 0) return new Map()
  const found = await collection.find({ _id: { $in: [...ids] }, generation }).toArray()
  return new Map(found.map(({ _id, row, evtSeq }) => [String(_id), { row: decode(row), evtSeq }]))
}

/** Rows of this generation only: those that a reset has yet to delete are not there. */
export const storedRows = async (
  { rows }: Collections,
  generation: number,
  ids: RowIds,
): Promise<StoredRows> => {
  const [users, requests, sessions, messages, approvals] = await Promise.all([
    storedOf(rows.users, generation, rowsOf.users, ids.users),
    storedOf(rows.requests, generation, storedRequest, ids.requests),
    storedOf(rows.sessions, generation, storedSession, ids.sessions),
    storedOf(rows.messages, generation, rowsOf.messages, ids.messages),
    storedOf(rows.approvals, generation, rowsOf.approvals, ids.approvals),
  ])
  return { users, requests, sessions, messages, approvals }
}

export const oneRow = async <A>(
  collection: Collection<RowDocument>,
  decode: (row: unknown) => A,
  id: string,
) => {
  const found = await collection.findOne({ _id: id })
  return found === null ? null : decode(found.row)
}

type PageKey = "row.createdAtMillis" | "row.updatedAtMillis" | "row.atMillis" | "row.askedAtMillis" | "_id"

/** Rows of a page by `key`, newest first unless `order` says else, and those left of the last one's key. */
export const pageOf = async <A>(
  collection: Collection<RowDocument>,
  key: PageKey,
  page: Page,
  filter: Filter<RowDocument>,
  decode: (row: unknown) => A,
  keyOf: (row: A) => number,
  order: 1 | -1 = -1,
): Promise<ReadonlyArray<A>> => {
  const select = async (extra: Filter<RowDocument>, limit: number, offset: number) => {
    const sort = key === "_id" ? { _id: order } : { [key]: order, _id: order }
    const found = await collection.find({ ...filter, ...extra }, { sort, skip: offset, limit }).toArray()
    return found.map((one) => decode(one.row))
  }
  const rows = await select(
    page.before === null ? {} : { [key]: { [order === -1 ? "$lt" : "$gt"]: page.before } },
    page.limit,
    0,
  )
  const last = rows.at(-1)
  if (last === undefined || rows.length < page.limit || key === "_id") return rows
  const same = rows.filter((row) => keyOf(row) === keyOf(last)).length
  return [...rows, ...(await select({ [key]: keyOf(last) }, sameKeyMax, same))]
}

export const timelineOf = async ({ rows }: Collections, of: TimelineOf) => {
  const mine: Filter<RowDocument> =
    "requestId" in of ? { "row.requestId": of.requestId } : { "row.sessionId": of.sessionId }
  const mails = await rows.messages
    .find("requestId" in of ? mine : { ...mine, "row.requestId": { $ne: null } })
    .project<{ _id: string }>({ _id: 1 })
    .sort({ _id: 1 })
    .limit(timelineMax)
    .toArray()
  const found = await rows.timeline
    .find({ $or: [mine, { "row.messageId": { $in: mails.map((mail) => mail._id) } }] })
    .sort({ _id: -1 })
    .limit(timelineMax)
    .toArray()
  return found.map((one) => rowsOf.timeline(one.row)).toReversed()
}
