import { existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { ClaudeUnderTest, claudeEvents, claudeMissing } from "./ClaudeUnderTest.ts"
import { CodexUnderTest, codexEvents, codexMissing } from "./CodexUnderTest.ts"
import { eventually } from "./eventually.ts"
import { privateEtc } from "./privateEtc.ts"

const root = process.getuid?.() === 0

/** Hooks in files that only root can write, which nothing of the user's, the repository's or the start switches off. */
describe.skipIf(claudeMissing || !root)(
  "Claude Code's managed settings (needs MAILLM_TEST_CLAUDE and root)",
  () => {
    let claude: ClaudeUnderTest

    beforeEach(async () => {
      claude = await ClaudeUnderTest.open()
      const managed = {
        allowManagedHooksOnly: true,
        permissions: { disableBypassPermissionsMode: "disable", disableAutoMode: "disable" },
        hooks: claude.desk.hooks(claudeEvents),
      }
      writeFileSync(join(claude.folder, "managed.json"), JSON.stringify(managed))
      claude.desk.answer("PreToolUse", { exitCode: 2, stderr: "the policy says no" })
    })
    afterEach(() => claude?.close())

    const wrapper = () =>
      privateEtc(
        join(claude.folder, "managed.json"),
        "claude-code/managed-settings.json",
        join(claude.folder, "etc"),
      )

    test.each<[string, ReadonlyArray<string>]>([
      ["disableAllHooks", ["--settings", JSON.stringify({ disableAllHooks: true })]],
      ["no setting sources", ["--setting-sources", ""]],
      ["a hook of its own", ["--settings", JSON.stringify({ hooks: { PreToolUse: [] } })]],
    ])("the guard stays with --settings of the start that say: %s", async (_, argumentsOfStart) => {
      await claude.start({ wrapper: wrapper(), arguments: argumentsOfStart })
      await claude.pane.submit("RUN: touch unguarded")
      await claude.desk.next("Stop")
      expect(claude.desk.of("PreToolUse")).toHaveLength(1)
      expect(existsSync(join(claude.work, "unguarded"))).toBe(false)
    })

    test("bypassPermissions is refused: the program's own question comes", async () => {
      claude.desk.answer("PreToolUse", {})
      const decide = claude.desk.holdPermission()
      await claude.start({
        wrapper: wrapper(),
        mode: "bypassPermissions",
        arguments: [],
        environment: { IS_SANDBOX: "1" },
      })
      await claude.pane.submit("RUN: touch bypassed")
      await claude.desk.next("PermissionRequest")
      decide({ behavior: "deny", message: "no" })
      await claude.desk.next("Stop")
      expect(existsSync(join(claude.work, "bypassed"))).toBe(false)
    })
  },
)

describe.skipIf(codexMissing || !root)("Codex's requirements (needs MAILLM_TEST_CODEX and root)", () => {
  let codex: CodexUnderTest

  beforeEach(async () => {
    codex = await CodexUnderTest.open()
    const hooks = codexEvents.map(
      (event) => `[[hooks.${event}]]
[[hooks.${event}.hooks]]
type = "command"
command = ${JSON.stringify(codex.desk.command(event))}
timeout = 3600
`,
    )
    const head = `allow_managed_hooks_only = true
[features]
hooks = true
[hooks]
managed_dir = ${JSON.stringify(codex.folder)}
`
    writeFileSync(join(codex.folder, "requirements.toml"), head + hooks.join(""))
    // The user's own, which must not run.
    const own = { type: "command", command: `touch ${join(codex.folder, "own-hook")}` }
    codex.writeHooks({ PreToolUse: [{ hooks: [own] }] })
  })
  afterEach(() => codex?.close())

  test("hooks there run untrusted and whatever -c says; the user's do not; a title's thread has no record", async () => {
    codex.desk.answer("PreToolUse", { exitCode: 2, stderr: "the policy says no" })
    await codex.start({
      wrapper: privateEtc(
        join(codex.folder, "requirements.toml"),
        "codex/requirements.toml",
        join(codex.folder, "etc"),
      ),
      trustHooks: false,
      arguments: ["-c", "features.hooks=false"],
    })
    await codex.pane.submit("RUN: touch unguarded")
    const ofTurn = () => codex.desk.of("Stop").filter(({ payload }) => payload["transcript_path"] !== null)
    await eventually(() => expect(ofTurn()).toHaveLength(1))
    expect(existsSync(join(codex.work, "unguarded"))).toBe(false)
    expect(existsSync(join(codex.folder, "own-hook"))).toBe(false)
    // The thread that thinks of a title calls the managed hooks too.
    await eventually(() =>
      expect(codex.desk.of("SessionStart").map(({ payload }) => payload["transcript_path"])).toContain(null),
    )
  })
})
