import { describe, expect, it } from "vitest"
import { defaultPolicy } from "@maillm/schema/Policy"
import { judgeTool } from "./judgeTool.ts"

const context = { cwd: "/workspace", workspace: "/workspace", home: "/home/user" }
const verdict = (tool: string, input: unknown, at = context) =>
  judgeTool(tool, input, at, defaultPolicy).verdict

describe("tools that look at files", () => {
  it.each([
    ["Read", { file_path: "src/a.ts" }],
    ["Grep", { pattern: "/etc/shadow", glob: "*.{ts,tsx}", path: "src", "-n": true }],
    ["Grep", { pattern: "SECRET" }],
    ["Grep", { pattern: "x", glob: "!.env" }],
    ["Glob", { pattern: "**/*.ts" }],
    ["glob", { pattern: "{src,test}/**/*.{ts,tsx}" }],
    ["list", { ignore: ["dist"] }],
    ["LS", {}],
    ["codesearch", { query: "read a file" }],
  ])("%s %j is allowed", (tool, input) => {
    expect(verdict(tool, input)).toBe("allow")
  })

  it.each([
    ["Grep", { pattern: "KEY", glob: ".env" }],
    ["Grep", { pattern: "KEY", glob: "**/.env*" }],
    ["grep", { pattern: "x", include: "../../home/user/.aws/*" }],
    ["grep", { pattern: "x", path: "/home/user", include: ".aws/*" }],
    ["Glob", { pattern: "src/../../../etc/*" }],
    ["Glob", { pattern: "{src,/root}/*" }],
    ["Read", { file_path: ["/etc/shadow"] }],
    ["read_file", { absolute_path: "/etc/shadow" }],
    ["read", { files: [...Array<string>(100).fill("a"), "/etc/shadow"] }],
  ])("%s %j asks", (tool, input) => {
    expect(verdict(tool, input)).toBe("ask")
  })
})

describe("tools that run commands", () => {
  it.each([
    { command: "ls", cmd: "rm -rf ~" },
    { command: "ls", script: "rm -rf ~" },
    { command: "ls", env: { LD_PRELOAD: "x.so" } },
  ])("%j asks", (input) => {
    expect(verdict("Bash", input)).toBe("ask")
  })
})

describe("patches", () => {
  const patch = (...lines: ReadonlyArray<string>) => ({
    patch: ["*** Begin Patch", "*** Update File: a.txt", "@@", "-a", "+b", ...lines, "*** End Patch"].join(
      "\n",
    ),
  })
  it("of the workspace are allowed", () => {
    expect(verdict("apply_patch", patch("*** Add File: src/new.ts", "+x"))).toBe("allow")
  })
  it.each([
    ["behind blanks", patch("  *** Add File: /etc/cron.d/x", "+x")],
    ["without a blank", patch("*** Move to:/etc/x")],
    ["behind very many lines", patch(...Array<string>(100_001).fill("+x"), "*** Add File: /etc/cron.d/x")],
    ["by renaming", { patch: "--- a/x\n+++ b/x\nrename to ../../etc/x\n" }],
  ])("with a file elsewhere %s ask", (_, input) => {
    expect(verdict("apply_patch", input)).toBe("ask")
  })
})

describe("where the workspace is the home folder, as in containers", () => {
  const container = { ...context, home: "/workspace" }
  it.each([
    ".curlrc",
    ".config/curlrc",
    ".bash_login",
    ".gitconfig",
    ".config/git/config",
    ".ssh/config",
    ".zshenv",
    ".local/bin/git",
    "repos/project.git/config",
    "repos/project.git/hooks/post-checkout",
  ])("writing %s asks", (path) => {
    expect(verdict("Write", { file_path: `/workspace/${path}` }, container)).toBe("ask")
    expect(verdict("Bash", { command: `echo x > ~/${path}` }, container)).toBe("ask")
  })
  it.each([".npmrc", "bin/run", ".gitignore", ".editorconfig", "src/a.ts", ".config/app.json"])(
    "writing %s is ordinary work",
    (path) => {
      expect(verdict("Write", { file_path: `/workspace/${path}` }, container)).toBe("allow")
    },
  )
})
