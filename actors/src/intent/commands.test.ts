import { describe, expect, it } from "vitest"
import { parseMessage } from "./parseMessage.ts"

const wish = { driver: null, repo: null }
const url = "https://github.com/acme/shop.git"

describe("wishes on the first lines", () => {
  it.each([
    ["/new fix the tests", { intent: "new", text: "fix the tests", ...wish }],
    ["/new\nfix the tests\n", { intent: "new", text: "fix the tests\n", ...wish }],
    ["/NEW:  fix\n\n  it ", { intent: "new", text: "fix\n\n  it ", ...wish }],
    ["/new /etc/hosts is broken", { intent: "new", text: "/etc/hosts is broken", ...wish }],
    ["/new\r\n\r\n  indented\r\n", { intent: "new", text: "  indented\r\n", ...wish }],
    ["New session: fix the tests", { intent: "new", text: "fix the tests", ...wish }],
    ["neue Sitzung: repariere es", { intent: "new", text: "repariere es", ...wish }],
    ["/agent codex fix it", { intent: "request", text: "fix it", driver: "codex", repo: null }],
    ["/agent Codex: fix it", { intent: "request", text: "fix it", driver: "codex", repo: null }],
    ["/agent claude-code\nfix it", { intent: "request", text: "fix it", driver: "claude", repo: null }],
    ["/agent shell\nls\n> out", { intent: "request", text: "ls\n> out", driver: "shell", repo: null }],
    ["/agent codex", { intent: "agent", driver: "codex" }],
    ["/driver opencode\n\n", { intent: "agent", driver: "opencode" }],
    ["/agent codex\n/new\nfix", { intent: "new", text: "fix", driver: "codex", repo: null }],
    [
      `/new\n/agent codex\n/repo ${url} main\n\nfix it\n`,
      { intent: "new", text: "fix it\n", driver: "codex", repo: { url, branch: "main" } },
    ],
    [
      `/repo ${url}\nfix it`,
      { intent: "request", text: "fix it", driver: null, repo: { url, branch: null } },
    ],
    [
      `/repo <${url}>\nfix it`,
      { intent: "request", text: "fix it", driver: null, repo: { url, branch: null } },
    ],
    [`/repo ${url}\n/new`, { intent: "new", text: "", driver: null, repo: { url, branch: null } }],
  ])("%j", (text, message) => {
    expect(parseMessage(text)).toEqual(message)
  })

  it.each([
    ["@codex fix it", "codex", "fix it"],
    ["@Claude: fix it", "claude", "fix it"],
    ["@shell ls -l", "shell", "ls -l"],
    ["with codex: fix it", "codex", "fix it"],
    ["With Claude Code, fix it\nnow", "claude", "fix it\nnow"],
    ["mit opencode: repariere es", "opencode", "repariere es"],
    ["avec codex : répare", "codex", "répare"],
    ["use codex to fix it", "codex", "fix it"],
    ["Please use claude to fix it", "claude", "fix it"],
    ["use opencode: fix it", "opencode", "fix it"],
    ["ask codex to fix it", "codex", "fix it"],
  ] as const)("casually: %j", (text, driver, rest) => {
    expect(parseMessage(text)).toEqual({ intent: "request", text: rest, driver, repo: null })
  })
})

describe("repositories", () => {
  it.each([
    "https://example.org/a/b",
    "https://example.org:8443/a/b.git",
    "https://example.org/a/b@c",
    "ssh://git@example.org/a/b.git",
    "ssh://git@example.org:2222/~me/b.git",
    "ssh://example.org/a",
    "git@example.org:a/b.git",
  ])("%s is taken", (address) => {
    expect(parseMessage(`/repo ${address}\nx`)).toMatchObject({ repo: { url: address, branch: null } })
  })

  it.each([
    "http://example.org/a",
    "git://example.org/a",
    "file:///etc",
    "/etc",
    "ext::sh -c id",
    "ext::sh",
    "https://",
    "https:///a",
    "https://user@example.org/a",
    "https://user:secret@example.org/a",
    "https://token:@example.org/a",
    "https://user%40x@example.org/a",
    "https://example.org/a?access_token=x",
    "https://example.org/a#x",
    "https://example.org/a\\b",
    "https://example.org/%0aHost:x",
    "https://example.org/%2e%2e%2fb",
    "https://example.org/../b",
    "https://example.org/-b",
    "https://-example.org/a",
    "https://exa mple.org/a",
    "https://example.org/\u0007a",
    "https://example.org/\u200ba",
    "https://exаmple.org/a",
    "https://example.org/$(id)",
    "https://example.org/`id`",
    "https://example.org/a;id",
    "ssh://-oProxyCommand=id/x",
    "ssh://git:secret@example.org/a",
    "ssh://-git@example.org/a",
    "git@-oProxyCommand=id:a",
    "git@example.org:-a",
    "git@example.org:../../a",
    "-git@example.org:a",
    "--upload-pack=id",
    `https://example.org/${"a".repeat(2_048)}`,
    "",
  ])("%j is not", (address) => {
    const message = parseMessage(`/repo ${address}\nfix it`)
    expect(message).toMatchObject({
      intent: "unclear",
      about: "command",
      reason: expect.stringMatching(/\w/),
    })
    expect(JSON.stringify(message)).not.toContain("secret")
  })

  it.each(["main", "feature/a-b_c.d", "release-1.2", "größe", "user@x", "issue#4"])("branch %s", (branch) => {
    expect(parseMessage(`/repo ${url} ${branch}\nx`)).toMatchObject({ repo: { branch } })
  })

  it.each([
    "-x",
    "--force",
    "a..b",
    "a//b",
    "/a",
    "a/",
    "a.lock",
    "a@{1}",
    "a~1",
    "a^",
    "a:b",
    "a*",
    "a\\b",
    "$(id)",
  ])("no branch %s", (branch) => {
    expect(parseMessage(`/repo ${url} ${branch}\nx`)).toMatchObject({ intent: "unclear", about: "command" })
  })
})

describe("not understood, with what would be", () => {
  it.each([
    ["/stauts", /no command \/stauts.*\/status/],
    ["/stpo", /\/stop/],
    ["/aprove 7F3K2", /\/approve/],
    ["/Denny", /\/deny/],
    ["/helpp", /\/help/],
    ["/repos x", /\/repo/],
    ["/agnet codex", /\/agent/],
    ["/frobnicate the thing", /nearest is \/\w+; \/help/],
    ["/agent", /claude, codex, opencode, shell/],
    ["/agent codx fix", /nearest is codex/],
    ["/agent \u001b[2J", /one of claude/],
    [`/repo ${url}`, /what to do/],
    [`/repo ${url} main fix the tests`, /next line/],
    [`/repo ${url}\n/repo ${url}\nx`, /twice/],
    ["/new\n/new\nx", /twice/],
    ["/agent codex\n/agent claude\nx", /twice/],
    ["/new\n/stop", /does not go together/],
    ["/agent codex\n/stauts", /\/status/],
    ["/status of the build", /nothing else/],
    ["\u200b/stop", /invisible/],
  ] as const)("%j", (text, reason) => {
    const message = parseMessage(text)
    expect(message).toEqual({ intent: "unclear", about: "command", reason: expect.stringMatching(reason) })
  })
})
