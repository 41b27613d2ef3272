import { describe, expect, it } from "vitest"
import { defaultPolicy } from "@maillm/schema/Policy"
import { judgeCommand } from "../judgeCommand.ts"

const context = { cwd: "/workspace", workspace: "/workspace", home: "/home/user" }
const judged = (command: string) => judgeCommand(command, context, defaultPolicy)

describe("rules that a script writes and then has run", () => {
  it.each([
    [`echo '{"scripts":{"postinstall":"rm -rf ~"}}' > package.json; npm install`, "delete-outside-workspace"],
    ["printf 'all:\\n\\trm -rf ~\\n' > Makefile; make", "delete-outside-workspace"],
    ["echo 'execute_process(COMMAND sh x)' > CMakeLists.txt; cmake -B build", "inline-code"],
    [`echo 'system("id")' > Gemfile; bundle install`, "inline-code"],
  ])("are judged: %s", (command, name) => {
    expect(judged(command)).toMatchObject({ verdict: "ask", class: name })
  })

  it.each([
    `echo '{"scripts":{"test":"vitest run"}}' > package.json && npm install && npm test`,
    "printf 'all:\\n\\tgo build ./...\\n' > Makefile; make",
    "echo 'cmake_minimum_required(VERSION 3.20)' > CMakeLists.txt; cmake -B build",
    `echo '{"scripts":' > package.json; npm install`,
  ])("may be ordinary: %s", (command) => {
    expect(judged(command).verdict).toBe("allow")
  })
})
