import { describe, expect, it } from "vitest"
import { defaultPolicy } from "@maillm/schema/Policy"
import { describeToolCall, inputHash, judgeTool } from "./judgeTool.ts"

const context = { cwd: "/workspace", workspace: "/workspace", home: "/home/user" }
const judge = (tool: string, input: unknown) => {
  const { verdict, class: name } = judgeTool(tool, input, context, defaultPolicy)
  return `${verdict} ${name}`
}

describe("an agent's tool call", () => {
  it.each<[string, unknown, string]>([
    ["Bash", { command: "npm test" }, "allow project-script"],
    ["Bash", { command: "rm -rf /" }, "ask delete-outside-workspace"],
    ["Bash", { command: "ls", dangerouslyDisableSandbox: true }, "ask privilege"],
    ["Bash", {}, "ask unknown"],
    ["Read", { file_path: "/workspace/a.ts" }, "allow read"],
    ["Read", { file_path: "/etc/hosts" }, "ask read-outside-workspace"],
    ["Read", { file_path: "/workspace/../etc/shadow" }, "ask credentials"],
    ["Read", { file_path: "/workspace/.env" }, "ask credentials"],
    ["Glob", { pattern: "**/*.ts" }, "allow read"],
    ["Glob", { pattern: "/etc/*" }, "ask read-outside-workspace"],
    ["Grep", { pattern: "/regex\\d+/", path: "src" }, "allow read"],
    ["LS", { path: "/workspace/src" }, "allow read"],
    ["Write", { file_path: "/workspace/a.ts", content: "x" }, "allow workspace-write"],
    ["Write", { file_path: "/etc/cron.d/x", content: "x" }, "ask persistence"],
    ["Edit", { file_path: "/workspace/.git/hooks/pre-commit" }, "ask persistence"],
    ["Edit", { file_path: "/workspace/.claude/settings.json" }, "ask persistence"],
    ["MultiEdit", { file_path: "~/.bashrc" }, "ask persistence"],
    ["NotebookEdit", { notebook_path: "/workspace/a.ipynb" }, "allow workspace-write"],
    ["WebFetch", { url: "https://example.com" }, "ask network-egress"],
    ["WebFetch", { url: "http://localhost:3000" }, "allow network-local"],
    ["TodoWrite", { todos: [] }, "allow agent-tool"],
    ["mcp__github__create_issue", {}, "ask unknown"],
    ["constructor", {}, "ask unknown"],
    [
      "shell",
      { command: ["bash", "-lc", "rm -rf ~"], workdir: "/workspace" },
      "ask delete-outside-workspace",
    ],
    ["shell", { command: ["rm", "-rf", "build dir"] }, "allow delete-in-workspace"],
    ["exec_command", { cmd: "git push --force", workdir: "/workspace" }, "ask git-history"],
    ["exec_command", { cmd: "rm -rf tmp", workdir: "/" }, "ask delete-outside-workspace"],
    ["shell", { command: ["ls"], with_escalated_permissions: true }, "ask privilege"],
    ["write_stdin", { chars: "" }, "allow agent-tool"],
    ["write_stdin", { chars: "rm -rf /\n" }, "ask delete-outside-workspace"],
    [
      "apply_patch",
      { input: "*** Begin Patch\n*** Update File: src/a.ts\n@@\n-a\n+b\n*** End Patch" },
      "allow workspace-write",
    ],
    [
      "apply_patch",
      { input: "*** Begin Patch\n*** Add File: ../../etc/x\n+b\n*** End Patch" },
      "ask write-outside-workspace",
    ],
    [
      "apply_patch",
      { input: "*** Begin Patch\n*** Delete File: /etc/x\n*** End Patch" },
      "ask delete-outside-workspace",
    ],
    ["apply_patch", { input: "nothing" }, "ask unknown"],
    ["bash", { command: "cargo test" }, "allow project-script"],
    ["edit", { filePath: "/workspace/a.ts", oldString: "a", newString: "b" }, "allow workspace-write"],
    ["read", { filePath: "/home/user/.ssh/id_rsa" }, "ask credentials"],
    ["webfetch", { url: "https://example.com" }, "ask network-egress"],
    ["Bash", null, "ask unknown"],
    ["Write", ["x"], "ask unknown"],
  ])("%s %j: %s", (tool, input, wanted) => {
    expect(judge(tool, input)).toBe(wanted)
  })
})

describe("what an approval is bound to", () => {
  it("does not depend on the order of keys, and on all else", () => {
    const hash = inputHash("Bash", { command: "ls", timeout: 1 }, "/workspace")
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(inputHash("Bash", { timeout: 1, command: "ls" }, "/workspace")).toBe(hash)
    expect(inputHash("Bash", { command: "ls ", timeout: 1 }, "/workspace")).not.toBe(hash)
    expect(inputHash("Bash", { command: "ls", timeout: 1 }, "/")).not.toBe(hash)
    expect(inputHash("Read", { command: "ls", timeout: 1 }, "/workspace")).not.toBe(hash)
    expect(inputHash("X", ["a", "b"], "/")).not.toBe(inputHash("X", ["b", "a"], "/"))
  })
})

describe("what a person is shown", () => {
  it("is the exact command", () => {
    expect(describeToolCall("Bash", { command: "rm -rf 'a b'", description: "tidies up" })).toBe(
      "rm -rf 'a b'",
    )
    expect(describeToolCall("shell", { command: ["rm", "a b"], workdir: "/x" })).toBe(
      `rm 'a b'\nworkdir: "/x"`,
    )
    expect(describeToolCall("Write", { file_path: "a" })).toContain('"file_path": "a"')
    expect(describeToolCall("ExitPlanMode", { plan: "# Plan\n\n1. Do it\n", planFilePath: "/p.md" })).toBe(
      "ExitPlanMode\n\n# Plan\n\n1. Do it",
    )
    expect(describeToolCall("Write", { plan: "x" })).toContain('"plan": "x"')
  })

  it("is bounded, and says when it was cut", () => {
    const text = describeToolCall("Bash", { command: "a".repeat(100_000) })
    expect(text).toHaveLength(16_384)
    expect(text).toContain("… cut")
  })
})
