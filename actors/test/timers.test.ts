import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"
import { defineActor } from "../src/runtime/Actor.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import { eventually, startHost } from "./testHost.ts"

/** Wakes itself when it is told to, and writes down when it woke. Setting it anew makes the earlier one void. */
const Alarm = defineActor({
  kind: "alarm",
  state: Schema.Struct({ generation: Schema.Int, rung: Schema.Int }),
  command: Schema.Union([
    Schema.TaggedStruct("SetAlarm", { atMillis: Schema.Int }),
    Schema.TaggedStruct("TimerFired", { timer: Schema.String, generation: Schema.Int }),
  ]),
  event: Schema.Union([
    Schema.TaggedStruct("AlarmSet", { atMillis: Schema.Int }),
    Schema.TaggedStruct("AlarmRang", { generation: Schema.Int, atMillis: Schema.Int }),
  ]),
  reply: Schema.Null,
  initial: () => ({ generation: 0, rung: 0 }),
  decide: (state, command, { now }) => {
    if (command._tag === "SetAlarm") {
      const timer = { timer: "ring", generation: state.generation + 1, atMillis: command.atMillis }
      return {
        events: [{ _tag: "AlarmSet", atMillis: command.atMillis }],
        effects: [{ _tag: "SetTimer", ...timer }],
      }
    }
    if (command.generation !== state.generation) return { events: [] }
    return { events: [{ _tag: "AlarmRang", generation: command.generation, atMillis: now }] }
  },
  evolve: (state, event) =>
    event._tag === "AlarmSet"
      ? { ...state, generation: state.generation + 1 }
      : { ...state, rung: state.rung + 1 },
})
const alarms = [actorCells(Alarm)]

const Rang = Schema.Struct({
  events: Schema.Array(Schema.Struct({ _tag: Schema.String, atMillis: Schema.Int })),
})
const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Rang))

type Host = Awaited<ReturnType<typeof startHost>>
const set = (host: Host, id: string, commandId: string, atMillis: number) =>
  Effect.runPromise(host.client.ask(Alarm, id, commandId, { _tag: "SetAlarm", atMillis }))
/** When the alarm rang, each time it did. */
const rings = async ({ nats }: Host, id: string) => {
  const found: Array<number> = []
  const { state } = await nats.jsm.streams.info("EVT")
  for (let seq = 1; seq <= state.last_seq; seq++) {
    const message = await nats.jsm.streams.getMessage("EVT", { seq })
    if (message?.subject !== `evt.alarm.${id}`) continue
    for (const event of decode(message.string()).events)
      if (event._tag === "AlarmRang") found.push(event.atMillis)
  }
  return found
}
const rung = (host: Host, id: string) =>
  eventually(`${id} rings`, async () => {
    // While the server is away there is no answer.
    const found = await rings(host, id).catch(() => [])
    return found.length > 0 ? found : null
  })

describe("timers on a real server", () => {
  const cleanups: Array<() => Promise<void>> = []
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })
  const start = async () => {
    const nats = await startTestNats()
    cleanups.push(() => nats.stop())
    const host = await startHost(nats, "h1", alarms)
    return { nats, host }
  }

  it("wakes an actor that no host holds in memory any more, once, and not before its time", async () => {
    const { nats, host } = await start()
    // Long enough that the next host is there before, on a busy machine too.
    const due = Date.now() + 6_000
    await set(host, "a", "one", due)
    await host.close()
    const next = await startHost(nats, "h2", alarms)
    cleanups.push(next.close)
    const live = next.host.workers().reduce((sum, worker) => sum + worker.stats().live, 0)
    if (Date.now() < due) expect(live).toBe(0)
    const [at = 0] = await rung(next, "a")
    expect(at).toBeGreaterThanOrEqual(due)
    // A later timer has come and gone, so a second wake would be there too.
    await set(next, "b", "two", Date.now() + 200)
    await rung(next, "b")
    expect(await rings(next, "a")).toHaveLength(1)
  })

  it("rings after the server comes back that was down when it was due", async () => {
    const storeDir = mkdtempSync(join(tmpdir(), "maillm-timers-"))
    cleanups.push(async () => rmSync(storeDir, { recursive: true, force: true, maxRetries: 10 }))
    const nats = await startTestNats({ storeDir })
    const host = await startHost(nats, "h1", alarms)
    cleanups.push(host.close)
    const due = Date.now() + 500
    await set(host, "a", "one", due)
    await nats.stop("SIGKILL")
    await eventually("the time has come", async () => (Date.now() > due ? true : null))
    const again = await startTestNats({ storeDir, port: nats.port })
    cleanups.push(() => again.stop())
    const found = await rung(host, "a")
    expect(found).toHaveLength(1)
  })

  it("is only as good as its generation: one set anew rings once, at its own time", async () => {
    const { host } = await start()
    cleanups.push(host.close)
    /** Null where the first time had come before it was set anew. */
    const anew = async (id: string, marginMillis: number) => {
      const sooner = Date.now() + marginMillis
      const later = sooner + 1_000
      await set(host, id, `${id}-one`, sooner)
      await set(host, id, `${id}-two`, later)
      if (Date.now() >= sooner) return null
      await set(host, `${id}-after`, `${id}-three`, later + 300)
      await rung(host, `${id}-after`)
      return { found: await rings(host, id), later }
    }
    // On a busy machine it takes longer to set two timers.
    const told = (await anew("a", 500)) ?? (await anew("b", 4_000)) ?? (await anew("c", 10_000))
    expect(told?.found).toHaveLength(1)
    expect(told?.found[0]).toBeGreaterThanOrEqual(told?.later ?? Number.POSITIVE_INFINITY)
  })

  it("one that a succeeded owner sets late does not take the place of a newer one", async () => {
    const { host } = await start()
    cleanups.push(host.close)
    const later = Date.now() + 800
    await set(host, "a", "one", Date.now() + 3_600_000)
    const first = await host.nats.jsm.streams.getMessage("TIMER", { last_by_subj: "sched.*.alarm.a.>" })
    await set(host, "a", "two", later)
    if (first === null || first.header === undefined) throw new Error("no schedule")
    await host.nats.js.publish(first.subject, first.data, { headers: first.header })
    const [at = 0] = await rung(host, "a")
    expect(at).toBeGreaterThanOrEqual(later)
  })
})
