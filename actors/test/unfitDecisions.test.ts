import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { headers } from "@nats-io/transport-node"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { mailboxLimit } from "@maillm/schema/Streams"
import { partitionOf } from "@maillm/schema/Subjects"
import { replyHeader } from "../src/client/JetStreamActorClient.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import type { TestNats } from "../src/nats/testing/TestNatsServer.ts"
import { defineActor } from "../src/runtime/Actor.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import type { CoreEffect } from "../src/runtime/CoreEffect.ts"
import { eventually, startHost } from "./testHost.ts"

const decisions: Readonly<
  Record<string, { readonly by: number; readonly effects?: ReadonlyArray<CoreEffect> }>
> = {
  plain: { by: 1 },
  notANumber: { by: Number.NaN },
  endless: { by: Number.POSITIVE_INFINITY },
  tellNothing: { by: 1, effects: [{ _tag: "Tell", kind: "odd", id: "other", command: undefined }] },
  lateTimer: {
    by: 1,
    effects: [{ _tag: "SetTimer", timer: "t", generation: 1, atMillis: Number.MAX_SAFE_INTEGER }],
  },
  earlyTimer: { by: 1, effects: [{ _tag: "SetTimer", timer: "t", generation: 2, atMillis: -1e15 }] },
}

/** Decides what it is told to, however wrong that is. */
const Odd = defineActor({
  kind: "odd",
  state: Schema.Struct({ sum: Schema.Number }),
  command: Schema.Union([
    Schema.TaggedStruct("Do", { what: Schema.String }),
    Schema.TaggedStruct("TimerFired", { timer: Schema.String, generation: Schema.Int }),
  ]),
  event: Schema.TaggedStruct("Added", { by: Schema.Number }),
  reply: Schema.Number,
  initial: () => ({ sum: 0 }),
  decide: ({ sum }, command) => {
    const { by, effects = [] } = decisions[command._tag === "Do" ? command.what : "plain"] ?? { by: 0 }
    return { events: [{ _tag: "Added", by }], effects, reply: sum + by }
  },
  evolve: ({ sum }, { by }) => ({ sum: sum + by }),
})

/** An author's mistake that only shows when an effect is handed on. */
const Unroutable: typeof Odd = {
  ...Odd,
  kind: "unroutable",
  route: (effect, origin) => {
    if (origin.actor.id.startsWith("bad")) throw new Error("planted")
    return Odd.route(effect, origin)
  },
}

describe("decisions that do not fit", () => {
  let nats: TestNats
  let one: Awaited<ReturnType<typeof startHost>>
  const kinds = () => [actorCells(Odd), actorCells(Unroutable)]
  const ask = (protocol: typeof Odd, id: string, what: string, commandId = what) =>
    Effect.runPromise(Effect.result(one.client.ask(protocol, id, commandId, { _tag: "Do", what })))

  beforeAll(async () => {
    nats = await startTestNats()
    one = await startHost(nats, "h1", kinds())
  })
  afterAll(async () => {
    await one.close()
    await nats.stop()
  })

  it("are set aside when JSON does not give back what they say, and the journal can be read", async () => {
    expect(await ask(Odd, "o1", "plain")).toMatchObject({ success: { reply: 1 } })
    for (const what of ["notANumber", "endless", "tellNothing"]) {
      expect(await ask(Odd, "o1", what)).toMatchObject({ failure: { _tag: "CommandSetAside" } })
    }
    await one.close()
    one = await startHost(nats, "h1", kinds())
    expect(await ask(Odd, "o1", "plain", "again")).toMatchObject({ success: { reply: 2 } })
  })

  it("do not hold up their actor with a time that nobody can read", async () => {
    expect(await ask(Odd, "o2", "lateTimer")).toMatchObject({ success: { reply: 1 } })
    expect(await ask(Odd, "o2", "earlyTimer")).toMatchObject({ success: { reply: 2 } })
    await eventually("the early one has fired", async () => {
      const answer = await ask(Odd, "o2", "nothing", crypto.randomUUID())
      return Result.isSuccess(answer) && answer.success.reply === 3 ? true : null
    })
  })

  it("stop no other actor of the partition when an effect cannot be routed", async () => {
    const partition = partitionOf("unroutable", "bad")
    const beside = (name: string) =>
      Array.from({ length: 1_000 }, (_, i) => `${name}${i}`).filter(
        (id) => partitionOf("unroutable", id) === partition,
      )
    const [good] = beside("good")
    const { epoch } = one.host.ownership.leases().find((lease) => lease.partition === partition) ?? {}
    // With full mailboxes, which is as much as the partition reads ahead.
    for (const bad of ["bad", ...beside("bad").slice(0, 2)]) {
      const tells = Array.from({ length: mailboxLimit }, (_, i) =>
        one.client.tell(Unroutable, bad, `c${i}`, { _tag: "Do", what: "lateTimer" }),
      )
      await Effect.runPromise(Effect.all(tells, { concurrency: "unbounded" }))
    }
    for (let i = 0; i < 20; i++) {
      expect(await ask(Unroutable, String(good), "plain", `c${i}`)).toMatchObject({
        success: { reply: i + 1 },
      })
    }
    expect(one.host.ownership.leases()).toContainEqual({ partition, host: "h1", epoch })
  })

  it("are answered to inboxes only", async () => {
    const { connection, js } = one.nats
    const heard: Array<string> = []
    connection.subscribe("stolen.>", { callback: (_, message) => void heard.push(message.subject) })
    const withReply = headers()
    withReply.set(replyHeader, "stolen.answer")
    const body = { v: 1, commandId: "stolen", sentAtMillis: 0, command: { _tag: "Do", what: "plain" } }
    const subject = `cmd.${partitionOf("odd", "o3")}.odd.o3`
    await js.publish(subject, JSON.stringify(body), { headers: withReply })
    expect(await ask(Odd, "o3", "plain")).toMatchObject({ success: { reply: 2 } })
    await connection.flush()
    expect(heard).toEqual([])
  })
})
