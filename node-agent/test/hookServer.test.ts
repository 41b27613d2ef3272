import { mkdtemp, rm } from "node:fs/promises"
import { request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { hookFiles } from "../src/hook/hookScript.ts"
import { hookBodyLimitBytes, hookBudgetBytes, HookServer } from "../src/hook/HookServer.ts"
import type { HookCall } from "../src/hook/HookServer.ts"

let folder: string
let server: HookServer
let calls: Array<HookCall>
let release: () => void

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "maillm-hooks-"))
  calls = []
  const held = new Promise<void>((resolve) => (release = resolve))
  server = new HookServer(
    () => Promise.resolve(folder),
    false,
    async (call) => {
      calls.push(call)
      await held
      return "{}"
    },
  )
  await server.open("user1")
})
afterEach(async () => {
  release()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const ask = (body: Buffer) =>
  new Promise<number>((resolve, reject) => {
    const asking = request({ socketPath: join(folder, hookFiles.socket), method: "POST", path: "/hook" })
    asking.once("error", reject)
    asking.once("response", (response) =>
      response.resume().once("end", () => resolve(response.statusCode ?? 0)),
    )
    asking.end(body)
  })
const handled = async (count: number) => {
  const deadline = Date.now() + 20_000
  while (calls.length < count) {
    if (Date.now() > deadline) throw new Error(`${calls.length} of ${count} hooks came`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
const jsonOf = (bytes: number) => Buffer.from(`"${"x".repeat(bytes - 2)}"`)

test("hooks that wait hold no more than their share: what there is no room for cannot be read", async () => {
  const large = jsonOf(hookBodyLimitBytes)
  const count = hookBudgetBytes / hookBodyLimitBytes
  const waiting = Array.from({ length: count }, () => ask(large))
  await handled(count)
  expect(calls.every(({ body }) => typeof body === "string")).toBe(true)
  const late = ask(Buffer.from("{}"))
  await handled(count + 1)
  expect(calls.at(-1)?.body).toBeUndefined()
  release()
  await expect(Promise.all([...waiting, late])).resolves.toEqual(Array(count + 1).fill(200))
  // What was held is free again.
  await ask(large)
  expect(typeof calls.at(-1)?.body).toBe("string")
})

test("one that is too long cannot be read either, and is answered", async () => {
  release()
  await expect(ask(jsonOf(hookBodyLimitBytes + 1))).resolves.toBe(200)
  expect(calls[0]?.body).toBeUndefined()
})
