import { describe, expect, it } from "vitest"
import { withQuery } from "./api/ApiClient.ts"
import { matchesRequest, messageFilter, parentOf, paths, requestFilter } from "./routes.ts"

it.each([
  ["/requests", null],
  ["/requests/r1", "/requests"],
  ["/sessions/s1", "/sessions"],
  ["/sessions/s1/timeline", "/sessions"],
  ["/messages/m1", "/messages"],
  ["/system", null],
  ["/new", "/requests"],
  ["/nothing/here", "/requests"],
  ["/", null],
])("above %s is %s", (path, parent) => expect(parentOf(path)).toBe(parent))

describe("filters in the URL", () => {
  it.each([
    [{}, { state: null, sessionId: null, search: "" }],
    [{ state: "running" }, { state: "running", sessionId: null, search: "" }],
    [{ state: "sleeping" }, { state: null, sessionId: null, search: "" }],
    [{ session: "s1_-X" }, { state: null, sessionId: "s1_-X", search: "" }],
    [{ session: "../etc" }, { state: null, sessionId: null, search: "" }],
    [{ q: ["two", "values"] }, { state: null, sessionId: null, search: "two" }],
    [{ q: "x".repeat(500) }, { state: null, sessionId: null, search: "x".repeat(200) }],
  ])("of requests: %j", (search, filter) => expect(requestFilter(search)).toEqual(filter))

  it.each([
    [{}, { direction: null, state: null }],
    [
      { direction: "in", state: "quarantined" },
      { direction: "in", state: "quarantined" },
    ],
    [
      { direction: "sideways", state: "running" },
      { direction: null, state: null },
    ],
  ])("of messages: %j", (search, filter) => expect(messageFilter(search)).toEqual(filter))
})

describe("whether a live row belongs into the list", () => {
  const row = { state: "done", sessionId: "s1", title: "Disk full?", text: "df -h /var", answer: "95% /var" }
  it.each([
    [{ state: null, sessionId: null, search: "" }, true],
    [{ state: "done", sessionId: "s1", search: "" }, true],
    [{ state: "failed", sessionId: null, search: "" }, false],
    [{ state: null, sessionId: "s2", search: "" }, false],
    [{ state: null, sessionId: null, search: "DISK 95%" }, true],
    [{ state: null, sessionId: null, search: "disk 96%" }, false],
  ] as const)("%j: %s", (filter, belongs) => expect(matchesRequest(filter, row)).toBe(belongs))
})

it("builds paths that ids cannot break out of", () => {
  expect(paths.request("a/../b?x#y")).toBe("/requests/a%2F..%2Fb%3Fx%23y")
  expect(paths.compose("s 1")).toBe("/new?session=s%201")
  expect(withQuery("/api/requests", { state: null, search: "a&b", limit: 50, before: undefined })).toBe(
    "/api/requests?search=a%26b&limit=50",
  )
})
