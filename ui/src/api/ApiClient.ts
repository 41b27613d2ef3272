import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { AnswerTaken, type ApprovalAnswer as ApprovalAnswerSchema } from "@maillm/schema/api/ApprovalsApi"
import {
  CancelTaken,
  type NewRequest as NewRequestSchema,
  RequestDetail,
  RequestTaken,
} from "@maillm/schema/api/RequestsApi"
import { ReleaseTaken } from "@maillm/schema/api/MessagesApi"
import { SessionDetail } from "@maillm/schema/api/SessionsApi"
import { AddressBook } from "@maillm/schema/api/AddressesApi"
import { ActorsReport } from "@maillm/schema/api/ActorsApi"
import { SignedIn } from "@maillm/schema/api/AuthApi"
import { DeadDropped, DeadLetter, DeadLetterDetail, DeadRetried, DeadUsage } from "@maillm/schema/api/DeadApi"
import { AddressRetryTaken, Me, NodeRow, SystemReport } from "@maillm/schema/api/SystemApi"
import { ApprovalRow, MessageRow, RequestRow, SessionRow } from "@maillm/schema/ReadModel"
import { failureOf, offlineFailure, unreadableFailure } from "./ApiFailure.ts"
import type { Backend } from "./Backend.ts"

export type Query = Readonly<Record<string, string | number | null | undefined>>

/** `/path?key=value` without the keys that have no value. */
export const withQuery = (path: string, query: Query): string => {
  const given = Object.entries(query).filter(
    (entry): entry is [string, string | number] =>
      entry[1] !== null && entry[1] !== undefined && entry[1] !== "",
  )
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)]))
  return given.length === 0 ? path : `${path}?${search.toString()}`
}

/** A yes or no to an approval, as it is sent. */
export type ApprovalAnswer = typeof ApprovalAnswerSchema.Type
type NewRequest = typeof NewRequestSchema.Type

const timeoutMillis = 15_000

const decoded = <A, I>(schema: Schema.Codec<A, I>) => {
  const decode = Schema.decodeUnknownResult(schema)
  return (path: string, body: unknown): A => {
    const result = decode(body)
    if (Result.isFailure(result)) throw unreadableFailure(path)
    return result.success
  }
}

const decode = {
  me: decoded(Me),
  system: decoded(SystemReport),
  nodes: decoded(Schema.Array(NodeRow)),
  requests: decoded(Schema.Array(RequestRow)),
  request: decoded(RequestDetail),
  taken: decoded(RequestTaken),
  cancelled: decoded(CancelTaken),
  sessions: decoded(Schema.Array(SessionRow)),
  session: decoded(SessionDetail),
  messages: decoded(Schema.Array(MessageRow)),
  message: decoded(MessageRow),
  released: decoded(ReleaseTaken),
  signedIn: decoded(SignedIn),
  actors: decoded(ActorsReport),
  deadLetters: decoded(Schema.Array(DeadLetter)),
  deadLetter: decoded(DeadLetterDetail),
  deadUsage: decoded(DeadUsage),
  retried: decoded(DeadRetried),
  dropped: decoded(DeadDropped),
  approvals: decoded(Schema.Array(ApprovalRow)),
  approval: decoded(ApprovalRow),
  answered: decoded(AnswerTaken),
  addressRetried: decoded(AddressRetryTaken),
  addresses: decoded(AddressBook),
}

/** The row that refers to a stored file. */
export type BlobOwner = { readonly requestId: string } | { readonly messageId: string }

const jsonOrNull = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The HTTP API (schema/src/Api.ts) as the console uses it. Every call fails with an `ApiFailure`, never else. */
export const makeApiClient = (backend: Backend) => {
  const send = async (path: string, init: RequestInit): Promise<unknown> => {
    let response: Response
    let body: string
    try {
      response = await backend.fetch(path, { ...init, signal: AbortSignal.timeout(timeoutMillis) })
      body = await response.text()
    } catch {
      throw offlineFailure()
    }
    let value: unknown = null
    try {
      value = body === "" ? null : JSON.parse(body)
    } catch {
      throw response.ok ? unreadableFailure(path) : failureOf(response.status, null)
    }
    if (!response.ok) throw failureOf(response.status, value)
    return value
  }
  const get = (path: string, query: Query = {}) =>
    send(withQuery(path, query), { headers: { accept: "application/json" } })
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    send(path, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    })
  const id = encodeURIComponent
  const changeAddresses = async (path: string, body: unknown) =>
    decode.addresses(path, await post(path, body))
  return {
    me: async () => decode.me("/api/me", await get("/api/me")),
    /** Mail goes to the address again, which its server had called none. */
    retryAddress: async (address: string) =>
      decode.addressRetried("/api/me/addresses/retry", await post("/api/me/addresses/retry", { address })),
    addresses: async () => decode.addresses("/api/addresses", await get("/api/addresses")),
    rotateAddress: (graceDays: number) => changeAddresses("/api/addresses/rotate", { graceDays }),
    revokeAddress: (address: string) => changeAddresses("/api/addresses/revoke", { address }),
    /** Asks the address by mail; also once more. */
    addSender: (address: string) => changeAddresses("/api/senders", { address }),
    confirmSender: (token: string) => changeAddresses("/api/senders/confirm", { token }),
    removeSender: (address: string) => changeAddresses("/api/senders/remove", { address }),
    setPrimary: (address: string) => changeAddresses("/api/senders/primary", { address }),
    system: async () => decode.system("/api/system", await get("/api/system")),
    nodes: async () => decode.nodes("/api/nodes", await get("/api/nodes")),
    requests: async (query: Query) => decode.requests("/api/requests", await get("/api/requests", query)),
    request: async (requestId: string) =>
      decode.request("/api/requests/:id", await get(`/api/requests/${id(requestId)}`)),
    /** Repeating with the same key is safe: the request is made once. */
    createRequest: async (
      key: string,
      text: string,
      sessionId: string | null,
      wish: Pick<NewRequest, "driver" | "repository"> = {},
    ) =>
      decode.taken(
        "/api/requests",
        await post(
          "/api/requests",
          { text, ...(sessionId === null ? {} : { sessionId }), ...wish },
          {
            "idempotency-key": key,
          },
        ),
      ),
    cancelRequest: async (requestId: string) =>
      decode.cancelled("/api/requests/:id/cancel", await post(`/api/requests/${id(requestId)}/cancel`, {})),
    /** With `state: "pending"` oldest first, else newest first. */
    approvals: async (query: Query) => decode.approvals("/api/approvals", await get("/api/approvals", query)),
    approval: async (approvalId: string) =>
      decode.approval("/api/approvals/:id", await get(`/api/approvals/${id(approvalId)}`)),
    /** The answer is stored when this returns; whether it was the first one shows in the approval, if not at once then soon. */
    answerApproval: async (approvalId: string, answer: ApprovalAnswer) =>
      decode.answered("/api/approvals/:id", await post(`/api/approvals/${id(approvalId)}`, answer)),
    sessions: async (query: Query) => decode.sessions("/api/sessions", await get("/api/sessions", query)),
    session: async (sessionId: string) =>
      decode.session("/api/sessions/:id", await get(`/api/sessions/${id(sessionId)}`)),
    messages: async (query: Query) => decode.messages("/api/messages", await get("/api/messages", query)),
    message: async (messageId: string) =>
      decode.message("/api/messages/:id", await get(`/api/messages/${id(messageId)}`)),
    /** It is stored when this returns; that it left the quarantine shows in the message, if not at once then soon. */
    releaseMessage: async (messageId: string) =>
      decode.released("/api/messages/:id/release", await post(`/api/messages/${id(messageId)}/release`, {})),
    actors: async () => decode.actors("/api/actors", await get("/api/actors")),
    /** Newest first. */
    deadLetters: async (query: Query) => decode.deadLetters("/api/dead", await get("/api/dead", query)),
    deadLetter: async (sequence: number) =>
      decode.deadLetter("/api/dead/:sequence", await get(`/api/dead/${sequence}`)),
    deadUsage: async () => decode.deadUsage("/api/dead/usage", await get("/api/dead/usage")),
    retryDeadLetter: async (sequence: number) =>
      decode.retried("/api/dead/:sequence/retry", await post(`/api/dead/${sequence}/retry`, {})),
    dropDeadLetter: async (sequence: number) =>
      decode.dropped("/api/dead/:sequence/drop", await post(`/api/dead/${sequence}/drop`, {})),
    /** A stored file that is UTF-8 text. */
    blobText: async (sha256: string, owner: BlobOwner): Promise<string> => {
      let response: Response
      let text: string
      try {
        response = await backend.fetch(blobHref(sha256, owner), {
          signal: AbortSignal.timeout(timeoutMillis),
        })
        text = await response.text()
      } catch {
        throw offlineFailure()
      }
      if (!response.ok) throw failureOf(response.status, jsonOrNull(text))
      return text
    },
    signIn: async (token: string) =>
      decode.signedIn("/api/auth/sign-in", await post("/api/auth/sign-in", { token })),
    signOut: async () => {
      await post("/api/auth/sign-out", {})
    },
  }
}
export type ApiClient = ReturnType<typeof makeApiClient>

/** Where a message can be had as it went over the wire. */
export const rawMessageHref = (messageId: string) => `/api/messages/${encodeURIComponent(messageId)}/raw`

/** Where a stored file can be had; the row that refers to it is named. */
export const blobHref = (sha256: string, owner: BlobOwner) => withQuery(`/api/blobs/${sha256}`, { ...owner })
