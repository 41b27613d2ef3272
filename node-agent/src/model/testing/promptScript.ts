import type { FakeProgram, FakeReply, FakeTurn } from "./FakeReply.ts"

/**
 * The model's default program: the lines of the person's text say what it does, one line for each answer.
 *
 *     SAY: words          answers them          SLOW: words    answers them in slow pieces
 *     RUN: command        runs it in the agent's shell tool
 *     WRITE: path words   writes a file with the agent's tool for that
 *     ERR: 529 [times]    fails so often, always unless told; 429 names 30 seconds
 *     CUT: words          cuts the connection in the middle
 *     HANG                never answers
 *
 * Without such a line it repeats the text; after the last it says "Done." with what the tools answered.
 */
export const promptScript = (): FakeProgram => {
  /** Failures do not become part of the conversation, so they are counted here; the oldest are forgotten. */
  const failures = new Map<string, number>()
  return (turn) => {
    const lines = scriptLines(turn.lastUserText)
    if (lines.length === 0) return { kind: "text", text: `You said: ${turn.lastUserText.slice(0, 2_000)}` }
    let step = turn.answersSince
    for (const [index, line] of lines.entries()) {
      if (line.verb !== "ERR" || index > step) continue
      const [status = "500", times] = line.words.split(/\s+/)
      const key = `${turn.sessionHeader} ${turn.lastUserText} ${index}`
      const count = failures.get(key) ?? 0
      if (index === step && (times === undefined || count < Number(times))) {
        failures.set(key, count + 1)
        const oldest = failures.keys().next().value
        if (failures.size > 1_000 && oldest !== undefined) failures.delete(oldest)
        return failure(Number(status))
      }
      // It has failed often enough and left no answer behind.
      step += 1
    }
    const line = lines[step]
    return line === undefined ? done(turn) : replyOf(line, turn)
  }
}

interface ScriptLine {
  readonly verb: string
  readonly words: string
}

const scriptLines = (text: string): ReadonlyArray<ScriptLine> =>
  text.split("\n").flatMap((line) => {
    const found = /^\s*(SAY|SLOW|RUN|WRITE|ERR|CUT):\s*(.*)$|^\s*(HANG)\s*$/.exec(line)
    return found === null ? [] : [{ verb: found[1] ?? found[3] ?? "", words: (found[2] ?? "").trim() }]
  })

const failure = (status: number): FakeReply =>
  status === 429 ? { kind: "error", status, retryAfterSeconds: 30 } : { kind: "error", status }

const done = (turn: FakeTurn): FakeReply => ({
  kind: "text",
  text: ["Done.", ...turn.toolResults.map(({ text }) => text.slice(0, 2_000))].join("\n"),
})

const replyOf = ({ verb, words }: ScriptLine, turn: FakeTurn): FakeReply => {
  if (verb === "SLOW") return { kind: "text", text: words, chunkMillis: 250 }
  if (verb === "RUN") return runShell(turn, words)
  if (verb === "WRITE") return writeFile(turn, words)
  if (verb === "CUT") return { kind: "cut", text: words }
  return verb === "HANG" ? { kind: "hang" } : { kind: "text", text: words }
}

const shellInCode = (command: string) =>
  `const told = await (tools.exec_command ?? tools.shell_command)(${JSON.stringify({ cmd: command, command })})
text(typeof told === "string" ? told : told.output)`

/** A call of whichever shell tool the agent offers. */
export const runShell = (turn: FakeTurn, command: string): FakeReply => {
  const offers = (name: string) => turn.tools.includes(name)
  if (offers("Bash") || offers("bash")) {
    const input = { command, description: "A command of the script" }
    return { kind: "tools", calls: [{ name: offers("Bash") ? "Bash" : "bash", input }] }
  }
  if (offers("exec_command"))
    return { kind: "tools", calls: [{ name: "exec_command", input: { cmd: command } }] }
  // Codex in code mode: its tools are functions of a script.
  if (offers("exec")) return { kind: "tools", calls: [{ name: "exec", input: shellInCode(command) }] }
  if (offers("shell_command"))
    return { kind: "tools", calls: [{ name: "shell_command", input: { command } }] }
  if (offers("shell"))
    return { kind: "tools", calls: [{ name: "shell", input: { command: ["bash", "-lc", command] } }] }
  return { kind: "text", text: `The agent offers no shell: ${turn.tools.join(" ")}` }
}

const writeFile = (turn: FakeTurn, words: string): FakeReply => {
  const [path = "", ...rest] = words.split(" ")
  const content = `${rest.join(" ")}\n`
  if (turn.tools.includes("Write"))
    return { kind: "tools", calls: [{ name: "Write", input: { file_path: path, content } }] }
  if (turn.tools.includes("write"))
    return { kind: "tools", calls: [{ name: "write", input: { filePath: path, content } }] }
  const patch = `*** Begin Patch\n*** Add File: ${path}\n+${rest.join(" ")}\n*** End Patch\n`
  if (turn.tools.includes("exec")) {
    const input = `text(await tools.apply_patch(${JSON.stringify(patch)}))`
    return { kind: "tools", calls: [{ name: "exec", input }] }
  }
  if (turn.tools.includes("apply_patch")) {
    return { kind: "tools", calls: [{ name: "apply_patch", input: patch }] }
  }
  return { kind: "text", text: `The agent offers no tool to write: ${turn.tools.join(" ")}` }
}
