import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { DriverName } from "@maillm/schema/Turn"

/** What is being typed and not yet taken by the server. Survives reloads and being offline. */
export const Draft = Schema.Struct({
  text: Schema.String,
  /** The agent wished for, and for a new session the repository and its branch, as typed; absent when none is. */
  driver: Schema.optionalKey(Schema.NullOr(DriverName)),
  repository: Schema.optionalKey(Schema.String),
  branch: Schema.optionalKey(Schema.String),
  /** Idempotency key of the last attempt and what it was for: the same attempt repeated makes one request. */
  attempt: Schema.NullOr(
    Schema.Struct({
      key: Schema.String,
      text: Schema.String,
      sessionId: Schema.NullOr(Schema.String),
      /** The other wishes of the attempt, as sent. */
      wish: Schema.optionalKey(Schema.String),
    }),
  ),
})
export type Draft = typeof Draft.Type
export const emptyDraft: Draft = { text: "", attempt: null }

const decodeDraft = Schema.decodeUnknownResult(Schema.fromJsonString(Draft))
const storageKey = "maillm.draft"

export const loadDraft = (storage: Storage): Draft => {
  try {
    const result = decodeDraft(storage.getItem(storageKey))
    return Result.isSuccess(result) ? result.success : emptyDraft
  } catch {
    return emptyDraft
  }
}

export const saveDraft = (storage: Storage, draft: Draft): void => {
  try {
    const empty = draft.text === "" && draft.attempt === null && (draft.repository ?? "") === ""
    if (empty) storage.removeItem(storageKey)
    else storage.setItem(storageKey, JSON.stringify(draft))
  } catch {
    // Storage is off or full: the text stays on the page.
  }
}

/** 128 random bits; `crypto.randomUUID` is missing on plain-HTTP pages. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  )

/** The draft with the attempt to make: the last one's key if nothing was changed since. */
export const attemptOf = (draft: Draft, sessionId: string | null, key: string, wish = "") => {
  const last = draft.attempt
  const same =
    last !== null && last.text === draft.text && last.sessionId === sessionId && (last.wish ?? "") === wish
  return { ...draft, attempt: same ? last : { key, text: draft.text, sessionId, wish } }
}
