import { execFile } from "node:child_process"
import { mkdir, readdir, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { describe, expect, test } from "vitest"
import { claudeSettings } from "../../src/driver/claude/claudeSettings.ts"
import { claudePath } from "../testing/AgentBench.ts"
import { privateEtc } from "./privateEtc.ts"
import { startWrappedClaude } from "./startWrappedClaude.ts"

const disabled = "Updates are disabled by your administrator"

describe.skipIf(claudePath === undefined)(
  "Claude Code stays the version it is (needs MAILLM_TEST_CLAUDE)",
  () => {
    const { bench, program } = startWrappedClaude()

    test.each(["update", "install stable", "install latest --force"])(
      "the agent asks for `claude %s`: refused by the program, whose file stays",
      async (command) => {
        const before = await stat(claudePath ?? "")
        const id = command.replaceAll(/\W/g, "")
        await bench().order(`u${id}`, `u${id}`, `RUN: ${program().path} ${command}`)
        const ask = await bench().asked(`u${id}`)
        const { approvalId } = ask
        await bench().node.resolve({ sessionId: `u${id}`, turnId: `u${id}`, approvalId, decision: "allow" })
        expect((await bench().node.ended(`u${id}`)).answer).toContain(disabled)
        const after = await stat(claudePath ?? "")
        expect([after.ino, after.mtimeMs, after.size]).toEqual([before.ino, before.mtimeMs, before.size])
        // Where it keeps versions that it has got for itself.
        const share = join(process.env["HOME"] ?? "", ".local/share/claude")
        await expect(readdir(share)).rejects.toThrow("ENOENT")
      },
    )

    test("its own settings do not offer to switch updates on", async () => {
      await bench().run("c1", "c1", "SAY: Ready.")
      bench().node.input("c1", { _tag: "Keys", data: "/config" })
      await bench().untilScreen("c1", /❯\s\/config/)
      bench().node.input("c1", { _tag: "Keys", data: "\r" })
      await bench().untilScreen("c1", /Auto-update channel +disabled \(set by env: DISABLE_UPDATES\)/)
    })

    test("its program is replaced under a session: that goes on, the next start is refused with what to do", async () => {
      await bench().run("r1", "r1", "SAY: Remember the green door.")
      await program().write('[ "$1" = --version ] && echo "2.1.331 (Claude Code)" && exit')
      expect((await bench().run("r1", "r2", "SAY: Still at work.")).answer).toBe("Still at work.")
      await bench().node.tmux("kill-session", "-t", "=m_r1:")
      await bench().untilState("r1", "ended")
      const refused = await bench().run("r1", "r3", "SAY: Not by another.")
      expect(refused.outcome).toMatchObject({
        _tag: "AgentFailed",
        fault: {
          kind: "agent-broken",
          message: expect.stringMatching(
            /^Claude Code 2\.1\.331 is not used, only 2\.1\.330: .*maillm agents install claude/,
          ),
          workBegun: false,
        },
      })
      await program().write("[ $1 = --version ] && exit 3")
      expect((await bench().run("r1", "r4", "SAY: Nor by none.")).outcome).toMatchObject({
        fault: {
          kind: "agent-broken",
          message: expect.stringMatching(/does not run any more.*maillm agents install claude/),
        },
      })
      await program().write("")
      expect((await bench().run("r1", "r5", "SAY: Here again.")).answer).toBe("Here again.")
      expect(JSON.stringify(bench().api.turns.at(-1)?.messages)).toContain("green door")
    })

    test.skipIf(process.getuid?.() !== 0)(
      "in a container the agent cannot even allow it to itself: managed settings say no (needs root)",
      async () => {
        const home = join(bench().node.dataDir, "someone")
        await mkdir(home)
        const managed = join(home, "managed.json")
        await writeFile(managed, claudeSettings("/run/maillm", true))
        const [command = "", ...wrapper] = privateEtc(
          managed,
          "claude-code/managed-settings.json",
          join(home, "etc"),
        )
        const asked = await promisify(execFile)(command, [...wrapper, claudePath ?? "", "update"], {
          env: { PATH: process.env["PATH"] ?? "", HOME: home },
        })
        expect(asked.stdout).toContain(disabled)
      },
    )
  },
)
