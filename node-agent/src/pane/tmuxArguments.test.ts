import { expect, test } from "vitest"
import { newPane, parsePanes, typeBytes } from "./tmuxArguments.ts"

const pane = {
  sessionId: "s1",
  generation: "g1",
  cwd: "/a b/#{pid}#S",
  argv: ["bash", "-c", "echo a;"],
  sink: "exec sh sink.sh x 0",
  columns: 120,
  rows: 40,
}

test("formats in a folder's name are not expanded, a trailing semicolon ends no command", () => {
  const command = newPane(pane)
  expect(command[command.indexOf("-c") + 1]).toBe("/a b/##{pid}##S")
  expect(command).toContain("echo a\\;")
  expect(command.filter((word) => word === ";")).toHaveLength(3)
})

test("targets are exact: no session is taken for another that it is the beginning of", () => {
  for (const [index, word] of newPane(pane).entries()) {
    if (newPane(pane)[index - 1] === "-t") expect(word).toBe("=m_s1:")
  }
})

test("bytes go as hexadecimal numbers, so no byte has a meaning of its own", () => {
  const command = typeBytes("s1", Buffer.from("é;\u0003"))
  expect(command.slice(command.indexOf("-H") + 1)).toEqual(["c3", "a9", "3b", "03"])
})

test("rows of panes, alive, dead, signalled; foreign sessions are left out", () => {
  const output = [
    "m_s1 101 0 1 x x 120 40 xg1",
    "m_s-2_ 102 1 1 x3 x 80 24 xg2",
    "m_s3 103 1 0 x x9 80 24 x",
    "mine 104 0 0 x x 80 24 x",
    "",
  ].join("\n")
  const common = { dead: false, piped: true, exitCode: null, signal: null, columns: 120, rows: 40 }
  expect(parsePanes(output)).toEqual([
    { ...common, sessionId: "s1", generation: "g1", pid: 101 },
    {
      ...common,
      sessionId: "s-2_",
      generation: "g2",
      pid: 102,
      dead: true,
      exitCode: 3,
      columns: 80,
      rows: 24,
    },
    {
      ...common,
      sessionId: "s3",
      generation: "",
      pid: 103,
      dead: true,
      piped: false,
      signal: 9,
      columns: 80,
      rows: 24,
    },
  ])
})
