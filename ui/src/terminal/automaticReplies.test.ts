import xtermHeadless from "@xterm/headless"
import { describe, expect, it } from "vitest"
import { asksOnlyForReports, isAutomaticReply, isColourQuery } from "./automaticReplies.ts"
import { silence } from "./silence.ts"

const { Terminal } = xtermHeadless
const esc = "\u001b"

describe("what people type is sent", () => {
  const typed: ReadonlyArray<readonly [name: string, data: string]> = [
    ["a letter", "a"],
    ["Enter", "\r"],
    ["Escape", esc],
    ["Alt-b", `${esc}b`],
    ["Alt-[", `${esc}[`],
    ["Alt-O", `${esc}O`],
    ["up", `${esc}[A`],
    ["up in application mode", `${esc}OA`],
    ["Ctrl-right", `${esc}[1;5C`],
    ["Shift-Tab", `${esc}[Z`],
    ["Home", `${esc}[H`],
    ["Delete", `${esc}[3~`],
    ["F1", `${esc}OP`],
    ["F5", `${esc}[15~`],
    ["Shift-F3, spelled like a cursor report", `${esc}[1;2R`],
    ["a bracketed paste", `${esc}[200~rm -rf build${esc}[201~`],
    ["a bracketed paste with a reply in it", `${esc}[200~${esc}[?1;2c${esc}[201~`],
    ["composed text", "日本語"],
    ["text that contains a reply", `see ${esc}[?1;2c`],
  ]
  it.each(typed)("%s", (_name, data) => expect(isAutomaticReply(data)).toBe(false))
})

describe("what a terminal says by itself is not", () => {
  const said: ReadonlyArray<readonly [name: string, data: string]> = [
    ["DA1", `${esc}[?1;2c`],
    ["DA2", `${esc}[>0;276;0c`],
    ["DSR", `${esc}[0n`],
    ["DEC cursor position", `${esc}[?3;7R`],
    ["mode report", `${esc}[?2026;2$y`],
    ["window size", `${esc}[8;24;80t`],
    ["kitty flags", `${esc}[?0u`],
    ["colour", `${esc}]11;rgb:0a0a/0b0b/0d0d${esc}\\`],
    ["colour with BEL", `${esc}]4;1;rgb:ff/00/00\u0007`],
    ["setting report", `${esc}P1$r0m${esc}\\`],
    ["version", `${esc}P>|xterm.js(6.0.0)${esc}\\`],
    ["focus in", `${esc}[I`],
    ["focus out", `${esc}[O`],
    ["mouse, SGR", `${esc}[<0;12;5M`],
    ["mouse release, SGR", `${esc}[<0;12;5m`],
    ["mouse, X10", `${esc}[M !!`],
    ["mouse, urxvt", `${esc}[32;12;5M`],
  ]
  it.each(said)("%s", (_name, data) => expect(isAutomaticReply(data)).toBe(true))
})

/** Everything a program may ask that xterm.js answers. */
const questions = [
  `${esc}[c`,
  `${esc}[0c`,
  `${esc}[>c`,
  `${esc}[>0c`,
  `${esc}[5n`,
  `${esc}[6n`,
  `${esc}[?6n`,
  `${esc}[?996n`,
  `${esc}[?2026$p`,
  `${esc}[4$p`,
  `${esc}[>q`,
  `${esc}[18t`,
  `${esc}[14t`,
  `${esc}]10;?\u0007`,
  `${esc}]11;?${esc}\\`,
  `${esc}]12;?\u0007`,
  `${esc}]4;1;?\u0007`,
  `${esc}P$qm${esc}\\`,
  `${esc}P$q r${esc}\\`,
  `${esc}P+q544e${esc}\\`,
]
const answersOf = async (silenced: boolean) => {
  const terminal = new Terminal({ allowProposedApi: true, windowOptions: { getWinSizeChars: true } })
  if (silenced) silence(terminal.parser)
  const answers: Array<string> = []
  terminal.onData((data) => answers.push(data))
  await new Promise<void>((resolve) => terminal.write(questions.join(""), resolve))
  terminal.dispose()
  return answers
}

describe("a real xterm.js", () => {
  it("answers questions, each with something that is recognised as an answer", async () => {
    const answers = await answersOf(false)
    expect(answers.length).toBeGreaterThan(6)
    // The plain cursor position is the one that looks like a key; its question is silenced.
    const unknown = answers.filter((answer) => !isAutomaticReply(answer))
    expect(unknown).toEqual([`${esc}[1;1R`])
  })

  it("says nothing once it is silenced", async () => {
    expect(await answersOf(true)).toEqual([])
  })

  it("still obeys what is not a question", async () => {
    const terminal = new Terminal({ allowProposedApi: true })
    silence(terminal.parser)
    await new Promise<void>((resolve) =>
      terminal.write(`${esc}[?1;2004h${esc}[2;3Hok${esc}[?1000h${esc}[?1004h`, resolve),
    )
    expect(terminal.modes.applicationCursorKeysMode).toBe(true)
    expect(terminal.modes.bracketedPasteMode).toBe(true)
    expect(terminal.modes.mouseTrackingMode).toBe("none")
    expect(terminal.modes.sendFocusMode).toBe(false)
    expect(terminal.buffer.active.getLine(1)?.translateToString(true)).toBe("  ok")
    terminal.dispose()
  })
})

it.each([
  [[1000], true],
  [[1002, 1006], true],
  [[1004], true],
  [[1049], false],
  [[1049, 1000], false],
  [[], false],
])("modes %j ask only for reports: %s", (modes, only) => expect(asksOnlyForReports(modes)).toBe(only))

it.each([
  ["?", true],
  ["1;?", true],
  ["#102030", false],
  ["1;rgb:aa/bb/cc", false],
])("colour data %j is a query: %s", (data, query) => expect(isColourQuery(data)).toBe(query))
