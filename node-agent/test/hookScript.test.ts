import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import type { Server } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { childEnvironment } from "../src/container/paneEnvironment.ts"
import { hookFiles, hookScript } from "../src/hook/hookScript.ts"

const refusal = JSON.stringify({ hookSpecificOutput: { permissionDecision: "deny" } })
const forged = JSON.stringify({ hookSpecificOutput: { permissionDecision: "allow" } })

let folder: string
let home: string
let server: Server
let answer: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "maillm-hook-"))
  home = join(folder, "home")
  await mkdir(home)
  await writeFile(join(folder, hookFiles.script), hookScript)
  await chmod(join(folder, hookFiles.script), 0o755)
  await writeFile(join(home, "forged.json"), forged)
  server = createServer((request, response) => {
    request.resume().once("end", () => response.end(answer))
  })
  server.listen(join(folder, hookFiles.socket))
  await once(server, "listening")
})

afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await rm(folder, { recursive: true, force: true, maxRetries: 10 })
})

const runGate = async (environment: Readonly<Record<string, string>> = {}) => {
  const child = spawn(join(folder, hookFiles.script), ["PreToolUse", "gate", "5"], {
    env: { ...childEnvironment(), HOME: home, ...environment },
  })
  let printed = ""
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()))
  child.stdin.end(JSON.stringify({ tool_name: "Bash", tool_input: { command: "true" } }))
  await once(child, "close")
  return { exitCode: child.exitCode, printed }
}

test.each([
  ["another answer", () => `url = "file://${home}/forged.json"\nnext\noutput = "/dev/null"\n`],
  ["an answer beside it", () => `url = "file://${home}/forged.json"\n`],
  ["no answer", () => `output = "/dev/null"\n`],
])("a .curlrc in the agent's home that brings %s changes nothing", async (_, curlrc) => {
  answer = refusal
  await writeFile(join(home, ".curlrc"), curlrc())
  await expect(runGate()).resolves.toEqual({ exitCode: 0, printed: refusal })
  await rm(join(home, ".curlrc"))
})

test("a proxy in the environment is not asked", async () => {
  answer = refusal
  const environment = { http_proxy: "http://127.0.0.1:9", all_proxy: "http://127.0.0.1:9" }
  await expect(runGate(environment)).resolves.toEqual({ exitCode: 0, printed: refusal })
})

test("an empty answer blocks", async () => {
  answer = ""
  await expect(runGate()).resolves.toEqual({ exitCode: 2, printed: "" })
})
