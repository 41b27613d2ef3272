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
    const due = Date.now() + 1_500
    await set(host, "a", "one", due)
    await host.close()
    const next = await startHost(nats, "h2", alarms)
    cleanups.push(next.close)
    expect(next.host.workers().reduce((live, worker) => live + worker.stats().live, 0)).toBe(0)
    const [at = 0] = await rung(next, "a")
    expect(at).toBeGreaterThanOrEqual(due)
    // A later timer has come and gone, so a second wake would be there too.
    await set(next, "b", "two", Date.now() + 200)
    await rung(next, "b")
    expect(await rings(next, "a")).toHaveLength(1)
  }, 30_000)

  it("rings after the server comes back that was down when it was due", async () => {
    const storeDir = mkdtempSync(join(tmpdir(), "maillm-timers-"))
    cleanups.push(async () => rmSync(storeDir, { recursive: true, force: true }))
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
  }, 30_000)

  it("is only as good as its generation: one set anew rings once, at its own time", async () => {
    const { host } = await start()
    cleanups.push(host.close)
    const later = Date.now() + 1_200
    await set(host, "a", "one", Date.now() + 300)
    await set(host, "a", "two", later)
    await set(host, "b", "three", later + 300)
    await rung(host, "b")
    const found = await rings(host, "a")
    expect(found).toHaveLength(1)
    expect(found[0]).toBeGreaterThanOrEqual(later)
  }, 30_000)

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
  }, 30_000)
})
