import { expect, it } from "vitest"
import { repositoryWish } from "./repositoryWish.ts"

it.each([
  ["", "", null],
  [" https://git.example.org/a/b.git ", "", { url: "https://git.example.org/a/b.git", branch: null }],
  [
    "ssh://git@git.example.org:2222/a.git",
    "main",
    { url: "ssh://git@git.example.org:2222/a.git", branch: "main" },
  ],
  ["git@git.example.org:a/b.git", " fix/age ", { url: "git@git.example.org:a/b.git", branch: "fix/age" }],
])("%j at %j", (url, branch, wish) => expect(repositoryWish(url, branch)).toEqual({ wish }))

it.each([
  ["", "main"],
  ["https://ada:secret@git.example.org/a.git", ""],
  ["ssh://git:secret@git.example.org/a.git", ""],
  ["http://git.example.org/a.git", ""],
  ["file:///etc/passwd", ""],
  ["/etc", ""],
  ["--upload-pack=x", ""],
  ["ext::sh -c x", ""],
  ["https://git.example.org/a b", ""],
  ["https://git.example.org/a", "--all"],
  ["https://git.example.org/a", "a..b"],
  ["https://git.example.org/a", "a b"],
])("refuses %j at %j with a reason", (url, branch) => {
  expect(repositoryWish(url, branch)).toHaveProperty("reason")
})
