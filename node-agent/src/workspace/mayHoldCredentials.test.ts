import { expect, test } from "vitest"
import { closest } from "./AskedFiles.ts"
import { holdsKey, namesCredentials } from "./mayHoldCredentials.ts"

test.each([
  ".env",
  "app/.env.production",
  ".ssh/config",
  ".ssh",
  "keys/id_rsa",
  "id_ed25519",
  "server.pem",
  "any/thing.pem",
  ".git-credentials",
  ".netrc",
  ".npmrc",
  ".aws/credentials",
  "project/.git/config",
  ".bash_history",
  "secrets.yaml",
  "deploy.key",
])("%s is not sent unasked", (path) => {
  expect(namesCredentials(path)).toBe(true)
})

test.each([
  "report.pdf",
  "docs/plan.md",
  ".gitignore",
  ".github/workflows/ci.yml",
  ".env.example",
  "src/keyboard.ts",
  "public/index.html",
])("%s may go", (path) => {
  expect(namesCredentials(path)).toBe(false)
})

test("a private key is known by its first line, whatever it is called", () => {
  for (const kind of ["RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "PRIVATE KEY", "PGP PRIVATE KEY BLOCK"])
    expect(holdsKey(Buffer.from(`-----BEGIN ${kind}-----\nMIIE`))).toBe(true)
  expect(holdsKey(Buffer.from("PuTTY-User-Key-File-3: ssh-ed25519"))).toBe(true)
  expect(holdsKey(Buffer.from("-----BEGIN PUBLIC KEY-----\n"))).toBe(false)
  expect(holdsKey(Buffer.from("a report"))).toBe(false)
})

test("names that come close: the same elsewhere first, never what may hold credentials", () => {
  const files = [
    "docs/report.pdf",
    "Report.pdf",
    "src/report.pdfx",
    "notes.md",
    "old/raport.pdf",
    "report-2.pdf",
    ".env",
  ]
  expect(closest("report.pdf", files)).toEqual([
    "Report.pdf",
    "docs/report.pdf",
    "report-2.pdf",
    "old/raport.pdf",
    "src/report.pdfx",
  ])
  expect(closest("raport.pdf", ["docs/report.pdf", "x.txt"])).toEqual(["docs/report.pdf"])
  expect(closest(".envv", [".env"])).toEqual([])
  expect(closest("zzz.pdf", files)).toEqual([])
})
