import { describe, expect, it } from "vitest"
import { parseMessage } from "./parseMessage.ts"
import { approvals, denials, fresh, helps, statuses, stops } from "./testing/answerExamples.ts"
import { neverApprovals, requests } from "./testing/hostileExamples.ts"

const request = (text: string) => ({ intent: "request", text, driver: null, repo: null })

describe("one thing and nothing else", () => {
  for (const [language, texts] of Object.entries(approvals))
    it.each(texts)(`approve in ${language}: %j`, (text) => {
      expect(parseMessage(text)).toEqual({ intent: "approve", code: null })
    })

  for (const [language, texts] of Object.entries(denials))
    it.each(texts)(`deny in ${language}: %j`, (text) => {
      expect(parseMessage(text)).toEqual({ intent: "deny", code: null, note: null })
    })

  it.each(stops)("stop: %j", (text) => {
    expect(parseMessage(text)).toEqual({ intent: "stop", target: null })
  })

  it.each(statuses)("status: %j", (text) => {
    expect(parseMessage(text)).toEqual({ intent: "status" })
  })

  it.each(helps)("help: %j", (text) => {
    expect(parseMessage(text)).toEqual({ intent: "help" })
  })

  it.each(fresh)("new: %j", (text) => {
    expect(parseMessage(text)).toEqual({ intent: "new", text: "", driver: null, repo: null })
  })
})

describe("what is more than that", () => {
  it.each(requests)("request, byte for byte: %j", (text) => {
    expect(parseMessage(text)).toEqual(request(text))
  })

  it.each(neverApprovals)("no approval: %j", (text) => {
    expect(parseMessage(text).intent).not.toBe("approve")
  })
})

describe("codes", () => {
  it.each([
    "approve 7f3k2",
    "7F3K2 yes",
    "yes 7F3K2!",
    "yes, 7f3k2",
    "Yes: 7F3K2.",
    "yes (7F3K2)",
    "yes [7F3K2], thanks",
    "yes `7F3K2`",
    'yes "7F3K2"',
    "yes #7F3K2",
    "yes *7F3K2*",
    "ja 7F3K2",
    "はい 7F3K2",
    "７Ｆ３Ｋ２ yes",
    "7F3K2\nyes\nBob",
    "7F3K2 yes 7f3k2",
    "👍 7F3K2",
    "/approve 7F3K2",
    "/approve 7f3k2 please",
    "/APPROVE: 7F3K2",
    "/yes 7F3K2",
    "/allow `7F3K2`",
    "Hi,\n\n7F3K2: yes, go ahead.\n\nThanks\nBob",
  ])("approve: %j", (text) => {
    expect(parseMessage(text)).toEqual({ intent: "approve", code: "7F3K2" })
  })

  it.each([
    ["yes oil0", "0110"],
    ["approve 7F3KO", "7F3K0"],
    ["approve iF3kl", "1F3K1"],
    ["/approve BCDFG", "BCDFG"],
    ["/approve bcdfg", "BCDFG"],
    ["/approve 12345678", "12345678"],
    ["/approve", null],
    ["/approve please", null],
  ] as const)("of %j: %j", (text, code) => {
    expect(parseMessage(text)).toEqual({ intent: "approve", code })
  })

  it.each([
    ["no 7F3K2", "7F3K2", null],
    ["7f3k2: no", "7F3K2", null],
    ["deny 7F3K2 because it deletes data", "7F3K2", "because it deletes data"],
    ["Deny 7F3K2: use a branch", "7F3K2", "use a branch"],
    ["7F3K2 no, use a branch", "7F3K2", "use a branch"],
    ["/deny 7F3K2", "7F3K2", null],
    ["/deny 7f3k2 use a branch,\nplease ", "7F3K2", "use a branch,\nplease"],
    ["/deny tests are missing", null, "tests are missing"],
    ["/deny", null, null],
    ["/no BCDFG", "BCDFG", null],
    ["No, use a branch instead", null, "use a branch instead"],
    ["No.\nUse a branch.\n  - and test\n", null, "Use a branch.\n  - and test"],
    ["Hi, no thanks! I want a branch.", null, "I want a branch."],
    ["nein, nimm einen Branch", null, "nimm einen Branch"],
    ["Nein, weil es Daten löscht", null, "weil es Daten löscht"],
    ["non, utilise une branche", null, "utilise une branche"],
    ["いいえ、ブランチを使って", null, "ブランチを使って"],
    ["нет, сделай ветку", null, "сделай ветку"],
    ["no\n> yes", null, null],
    ["no, too risky\n> shall I?", null, "too risky"],
    ["/deny 7F3K2 too risky\n> yes", "7F3K2", "too risky"],
  ] as const)("deny: %j", (text, code, note) => {
    expect(parseMessage(text)).toEqual({ intent: "deny", code, note })
  })

  it.each([
    ["7F3K2", /neither yes nor no.*"yes 7F3K2"/],
    ["yes 7F3K2 but only once", /more in it than an answer.*"yes 7F3K2"/],
    ["yes 7F3K2 8G4M3", /more than one code/],
    ["no 7F3K2, yes 8G4M3", /more than one code/],
    ["no, yes 8G4M3, and quick", /more than a no/],
    ["yes, no", /both yes and no/],
    ["yes?", /asks/],
    ["yes\n> no", /quoted/],
    ["yes\u200b", /invisible/],
    ["уes", /look like/],
    ["yes, thanks! Zbigniew", /may be a name/],
    ["yes but not now", /not a plain yes/],
    ["/approve all", /both|\/approve|neither/],
  ] as const)("unclear, with how to answer: %j", (text, reason) => {
    expect(parseMessage(text)).toEqual({
      intent: "unclear",
      about: "answer",
      reason: expect.stringMatching(reason),
    })
  })
})

describe("stop with a target", () => {
  it.each([
    ["/stop r_abc", "r_abc"],
    ["/cancel rabcdefghij", "rabcdefghij"],
    ["cancel request rabcdefghij", "rabcdefghij"],
    ["stop sabcdefghij please", "sabcdefghij"],
  ] as const)("%j", (text, target) => {
    expect(parseMessage(text)).toEqual({ intent: "stop", target })
  })

  it.each(["/stop the server", "/stop a b", "don't stop", "stop?", "stop, you delete the wrong folder"])(
    "%j is not clear",
    (text) => expect(parseMessage(text)).toMatchObject({ intent: "unclear" }),
  )
})

describe("nothing to act on", () => {
  it.each(["", " ", "\n\t \r\n", "> yes", "> a\n>> b\n", "thanks", "Hi Bob", "🙏", ".", "…", "--"])(
    "%j",
    (text) => {
      expect(parseMessage(text)).toMatchObject({ intent: "unclear", about: "nothing" })
    },
  )
})
