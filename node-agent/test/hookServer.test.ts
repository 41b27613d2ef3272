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
    (userId) => Promise.resolve(join(folder, userId)),
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
  await rm(folder, { recursive: true, force: true, maxRetries: 10 })
})

const socketOf = (userId: string) => join(folder, userId, hookFiles.socket)
const ask = (body: Buffer, userId = "user1") =>
  new Promise<number>((resolve, reject) => {
    const asking = request({ socketPath: socketOf(userId), method: "POST", path: "/hook" })
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
  // Another user's hooks have a share of their own.
  await server.open("user2")
  const other = ask(Buffer.from("{}"), "user2")
  await handled(count + 2)
  expect(calls.at(-1)).toMatchObject({ userId: "user2", body: {} })
  release()
  await expect(Promise.all([...waiting, late, other])).resolves.toEqual(Array(count + 2).fill(200))
  // What was held is free again.
  await ask(large)
  expect(typeof calls.at(-1)?.body).toBe("string")
})

test("one that is too long cannot be read either, and is answered", async () => {
  release()
  await expect(ask(jsonOf(hookBodyLimitBytes + 1))).resolves.toBe(200)
  expect(calls[0]?.body).toBeUndefined()
})

test("what was begun and broken off holds nothing any more", async () => {
  release()
  const part = jsonOf(hookBodyLimitBytes).subarray(0, hookBodyLimitBytes / 2)
  for (let round = 0; round < 2 * (hookBudgetBytes / hookBodyLimitBytes) + 1; round++) {
    const asking = request({ socketPath: socketOf("user1"), method: "POST", path: "/hook" })
    asking.on("error", () => undefined)
    asking.setHeader("content-length", hookBodyLimitBytes)
    await new Promise<void>((resolve) => asking.write(part, () => resolve()))
    const closed = new Promise((resolve) => asking.once("close", resolve))
    asking.destroy()
    await closed
  }
  await expect
    .poll(async () => {
      const before = calls.length
      await ask(jsonOf(hookBodyLimitBytes))
      return typeof calls[before]?.body
    })
    .toBe("string")
})
