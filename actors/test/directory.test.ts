import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { ActorEffect } from "@maillm/schema/Record"
import { Nats } from "../src/nats/Nats.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"
import { ActorStore } from "../src/runtime/ActorStore.ts"
import { JetStreamStoreLayer } from "../src/runtime/JetStreamStore.ts"
import { routeEffect } from "../src/world/routeEffect.ts"

const stackOf = (url: string) =>
  ManagedRuntime.make(
    JetStreamStoreLayer.pipe(Layer.provideMerge(Nats.layer({ servers: url, name: "test" }))),
  )
const localPart = `ada.${"a".repeat(26)}`
const bind: ActorEffect = { _tag: "BindAddress", localPart, userId: "u1" }

let server: TestNats
let stack: ReturnType<typeof stackOf>
beforeAll(async () => {
  server = await startTestNats()
  stack = stackOf(server.url)
})
afterAll(async () => {
  await stack?.dispose()
  await server?.stop()
})

const perform = (effect: ActorEffect) =>
  stack.runPromise(
    Effect.flatMap(ActorStore, (store) =>
      store.perform(
        routeEffect(effect, { actor: { kind: "user", id: "u1" }, effectId: "user.u1/1/0", atMillis: 1 }),
      ),
    ),
  )
const stored = (key: string) =>
  stack.runPromise(
    Effect.flatMap(Nats, (nats) =>
      Effect.promise(async () => (await nats.bucket("DIRECTORY").get(key))?.string() ?? null),
    ),
  )

it("an address is bound once; once it has an end, no repeat of its beginning takes that away", async () => {
  await perform(bind)
  await perform(bind)
  expect(await stored(localPart)).toBe("u1")
  await perform({ _tag: "RetireAddress", localPart, userId: "u1", endsAtMillis: 1_790_000_000_000 })
  for (const userId of ["u1", "u2"]) await perform({ ...bind, userId })
  expect(await stored(localPart)).toBe("u1 1790000000000")
})

it("what an account's addresses are is kept beside them, under a name that no address has", async () => {
  const account = { privateLocalPart: localPart, email: "ada@example.org" }
  await perform({ _tag: "AnnounceAccount", userId: "u1", account })
  expect(JSON.parse((await stored("_account.u1")) ?? "")).toEqual(account)
})
