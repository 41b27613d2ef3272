// @vitest-environment jsdom
import { beforeEach, expect, it } from "vitest"
import { attemptOf, emptyDraft, loadDraft, newKey, saveDraft } from "./draft.ts"

beforeEach(() => localStorage.clear())

it("survives a reload", () => {
  const draft = attemptOf({ ...emptyDraft, text: "df -h" }, null, "key-1")
  saveDraft(localStorage, draft)
  expect(loadDraft(localStorage)).toEqual(draft)
})

it.each(["", "not json", '{"text":3}', "null"])("reads %j in the storage as no draft", (stored) => {
  localStorage.setItem("maillm.draft", stored)
  expect(loadDraft(localStorage)).toEqual(emptyDraft)
})

it("repeats an attempt with its key, so that it makes one request", () => {
  const first = attemptOf({ ...emptyDraft, text: "df -h" }, null, "key-1")
  expect(attemptOf(first, null, "key-2").attempt.key).toBe("key-1")
})

it("takes a new key for another text or another session", () => {
  const first = attemptOf({ ...emptyDraft, text: "df -h" }, null, "key-1")
  expect(attemptOf({ ...first, text: "df" }, null, "key-2").attempt.key).toBe("key-2")
  expect(attemptOf(first, "s1", "key-3").attempt.key).toBe("key-3")
})

it("leaves nothing in the storage once it is empty", () => {
  saveDraft(localStorage, { ...emptyDraft, text: "x" })
  saveDraft(localStorage, emptyDraft)
  expect(localStorage.length).toBe(0)
})

it("makes keys that the API takes", () => {
  expect(newKey()).toMatch(/^[\x21-\x7e]{32}$/)
  expect(newKey()).not.toBe(newKey())
})
