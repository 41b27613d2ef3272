import { afterAll, beforeAll, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as TestClock from "effect/testing/TestClock"
import { UserId } from "@maillm/schema/Ids"
import { Nats } from "@maillm/actors/nats/Nats"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { makeMarks } from "../src/identity/Marks.ts"
import { linkLifetimeMillis, SignInLinks } from "../src/identity/SignInLinks.ts"
import { WebSessions, webSessionMillis } from "../src/identity/WebSessions.ts"

const connect = (url: string) => ManagedRuntime.make(Nats.layer({ servers: url, name: "test" }))
let nats: TestNats
/** Of real time: what it does every few seconds would be done for each of the days that the test's clock leaps. */
let connection: ReturnType<typeof connect>
beforeAll(async () => {
  nats = await startTestNats()
  connection = connect(nats.url)
  await connection.runPromise(Nats)
})
afterAll(async () => {
  await connection?.dispose()
  await nats?.stop()
})

const user = UserId.make("u1")

/** One run of a gateway on that NATS: what is stored stays for the next, the clock is the test's. */
const run = <A, E>(effect: Effect.Effect<A, E, SignInLinks | WebSessions | Nats>) =>
  connection.runPromise(
    effect.pipe(
      Effect.provide(Layer.mergeAll(SignInLinks.layer, WebSessions.layer)),
      Effect.provide(TestClock.layer()),
    ),
  )

const tokenOf = (link: string) => link.split("#token=")[1] ?? ""
const makeLink = Effect.flatMap(SignInLinks, (links) => links.make(user, "http://localhost"))
const use = (token: string) => Effect.flatMap(SignInLinks, (links) => links.use(token))

test("a link survives a restart, and works once", async () => {
  const token = tokenOf(await run(makeLink))
  expect(await run(use(token))).toBe(user)
  expect(await run(use(token))).toBeNull()
})

test("a link ends after 15 minutes, and what is no link is none", async () => {
  const [before, after] = await run(
    Effect.gen(function* () {
      const [first, second] = [yield* makeLink, yield* makeLink]
      yield* TestClock.adjust(linkLifetimeMillis - 1)
      const early = yield* use(tokenOf(first))
      yield* TestClock.adjust(1)
      return [early, yield* use(tokenOf(second))]
    }),
  )
  expect([before, after]).toEqual([user, null])
  for (const token of ["", "x", "../..", "*", "a".repeat(43), "a".repeat(10_000)]) {
    expect(await run(use(token))).toBeNull()
  }
})

test("a session goes on while it is used, ends 30 days after, and its id is stored nowhere", async () => {
  const result = await run(
    Effect.gen(function* () {
      const sessions = yield* WebSessions
      const { id, session } = yield* sessions.begin(user)
      yield* TestClock.adjust(webSessionMillis - 1)
      const used = yield* sessions.verify(id)
      yield* TestClock.adjust(webSessionMillis - 1)
      const again = yield* sessions.verify(id)
      yield* TestClock.adjust(webSessionMillis)
      const ended = yield* sessions.verify(id)
      const stored = yield* Effect.flatMap(Nats, ({ jsm }) =>
        Effect.promise(async () => {
          const message = await jsm.streams.getMessage("KV_MARKS", {
            last_by_subj: `$KV.MARKS.web.${session.hash}`,
          })
          return message === null ? "" : message.subject + message.string()
        }),
      )
      return { id, used, again, ended, stored }
    }),
  )
  expect([result.used?.userId, result.again?.userId, result.ended]).toEqual([user, user, null])
  expect(result.stored).toContain(user)
  expect(result.stored).not.toContain(result.id)
})

test("a session that is ended is told of, once, and does not come back by being used", async () => {
  const told = await run(
    Effect.gen(function* () {
      const sessions = yield* WebSessions
      const { id, session } = yield* sessions.begin(user)
      const hashes: Array<string> = []
      const heard = new Promise<void>((resolve) => {
        sessions.onEnded((hash) => {
          hashes.push(hash)
          resolve()
        })
      })
      yield* sessions.end(session.hash)
      expect(yield* sessions.verify(id)).toBeNull()
      yield* Effect.promise(() => heard)
      expect(hashes).toEqual([session.hash])
      return hashes
    }),
  )
  expect(told).toHaveLength(1)
})

test("markers of what was removed long ago are removed too, and nothing else", async () => {
  const live = await connection.runPromise(
    Effect.gen(function* () {
      const all = yield* Nats
      const marks = makeMarks(all, "signin")
      const mark = { v: 1, userId: user, createdAtMillis: 0, expiresAtMillis: Date.now() + 60_000 } as const
      for (let i = 0; i < 5; i++) {
        yield* marks.put(`gone${i}`, mark)
        yield* marks.remove(`gone${i}`)
      }
      yield* marks.put("again", mark)
      yield* marks.remove("again")
      yield* marks.put("again", mark)
      yield* Effect.promise(() => all.bucket("MARKS").put("sent.m1", "{}"))
      yield* Effect.promise(() => all.bucket("MARKS").delete("sent.m2"))
      const subjects = Effect.promise(async () => {
        const { state } = await all.jsm.streams.info("KV_MARKS", { subjects_filter: ">" })
        return Object.keys(state.subjects ?? {}).filter((subject) => /gone|again|sent/.test(subject))
      })
      yield* marks.sweep()
      expect(yield* subjects).toHaveLength(8)
      yield* marks.sweep(0)
      return { subjects: yield* subjects, again: yield* marks.get("again") }
    }),
  )
  expect(live.subjects.toSorted()).toEqual(
    ["again", "m1", "m2"].map((key) => `$KV.MARKS.${key === "again" ? "signin" : "sent"}.${key}`).toSorted(),
  )
  expect(live.again?.mark.userId).toBe(user)
})
