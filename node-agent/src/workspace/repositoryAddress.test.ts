import { describe, expect, test } from "vitest"
import { isRevisionName, repositoryAddress } from "./repositoryAddress.ts"

const address = (url: string, local = false) => repositoryAddress(url, { local })

describe("addresses of repositories", () => {
  test.each([
    ["https://github.com/ada/engine.git", "github.com", "engine"],
    ["https://github.com/ada/engine/", "github.com", "engine"],
    ["https://git.example.org:8443/a/b/My%20Project", "git.example.org", "My-Project"],
    ["ssh://git@git.example.org:2222/~ada/engine.git", "git.example.org", "engine"],
    ["git@github.com:ada/engine.git", "github.com", "engine"],
    ["git@host:engine", "host", "engine"],
    ["https://github.com/ada/...git", "github.com", "repository"],
  ])("%s", (url, host, name) => {
    const found = address(url)
    expect(found).toMatchObject({ url, host, name })
    expect("slug" in found && found.slug).toMatch(/^[\w.-]{5,92}-[0-9a-f]{10}$/)
    expect("slug" in found && found.slug).not.toMatch(/^[-.]|\.\./)
  })

  test("clones of different addresses have different names", () => {
    const slugs = [
      "https://h/a-b/c",
      "https://h/a/b-c",
      "https://h/a/b/c",
      "git@h:a/b/c",
      "https://h/A/B/C",
    ].map((url) => JSON.stringify(address(url)).match(/"slug":"([^"]+)"/)?.[1])
    expect(new Set(slugs).size).toBe(5)
  })

  test.each([
    "http://github.com/a/b",
    "git://github.com/a/b",
    "file:///etc",
    "/etc/passwd",
    "../x",
    "ext::sh -c touch% /tmp/x",
    "ext::sh",
    "fd::17/foo",
    "--upload-pack=touch /tmp/x",
    "-oProxyCommand=x@h:a",
    "git@-oProxyCommand=x:a",
    "git@host:-x",
    "git@host:a;touch x",
    "git@host://etc",
    "ssh://-oProxyCommand=x/a",
    "https://user:secret@github.com/a/b",
    "https://token@github.com/a/b",
    "ssh://git:secret@host/a",
    "https://github.com/a/b?x=1",
    "https://github.com/a/b#x",
    "https://github.com/",
    "https://github.com/a b",
    "https://github.com/a\nb",
    "https://github.com/ä",
    "",
    `https://github.com/${"x".repeat(1_000)}`,
  ])("refused: %s", (url) => {
    expect(address(url)).toHaveProperty("refused")
  })

  test("of this machine only when they are allowed", () => {
    expect(address("file:///srv/git/engine.git", true)).toMatchObject({ name: "engine", host: "" })
    expect(address("http://127.0.0.1:8080/engine.git", true)).toMatchObject({ name: "engine" })
    expect(address("http://github.com/engine.git", true)).toHaveProperty("refused")
    expect(address("file://host/engine.git", true)).toHaveProperty("refused")
  })
})

test.each([
  ["main", true],
  ["feature/ü-1", true],
  ["v1.2.3", true],
  ["0123456789abcdef0123456789abcdef01234567", true],
  ["-x", false],
  ["--upload-pack=x", false],
  ["a..b", false],
  ["a b", false],
  ["a:b", false],
  ["a^", false],
  ["a~1", false],
  ["@{upstream}", false],
  ["@", false],
  ["/a", false],
  ["a/", false],
  ["a//b", false],
  ["a/.b", false],
  ["a.lock", false],
  ["a.lock/b", false],
  ["a.", false],
  ["a*", false],
  ["a[b", false],
  ["a\\b", false],
  ["a\u0000b", false],
  ["", false],
  ["x".repeat(251), false],
])("a name of a branch, tag or commit: %j %s", (name, expected) => {
  expect(isRevisionName(name)).toBe(expected)
})
