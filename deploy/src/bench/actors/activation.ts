import * as Schema from "effect/Schema"
import type { BenchRow } from "../BenchReport.ts"
import { median } from "../BenchReport.ts"
import type { BenchChild } from "./BenchChild.ts"
import { waitForFact } from "./BenchRun.ts"
import type { BenchRun } from "./BenchRun.ts"
import { partitionsOf, startActorHost } from "./maillmTurns.ts"
import type { BenchNats } from "./startNats.ts"

const decodeFilled = Schema.decodeUnknownSync(
  Schema.Struct({ done: Schema.Int, refused: Schema.Int, millis: Schema.Finite }),
)
const decodeTimed = Schema.decodeUnknownSync(Schema.Struct({ millis: Schema.Finite }))

const rounds = 5
/** Actors of each length, asked one after another in every round; of the longest there is one. */
const sizes = [
  { events: 10, actors: 10 },
  { events: 1_000, actors: 10 },
  { events: 100_000, actors: 1 },
] as const

interface Activation {
  readonly rows: Array<BenchRow>
  readonly notes: Array<string>
}

/**
 * From the first command to an actor that nobody has in memory to its reply, by the length of its journal, with its
 * snapshot and without. Every round starts the host anew, so that no actor is live.
 */
export const measureActivation = async (
  run: BenchRun,
  nats: BenchNats,
  long: boolean,
): Promise<Activation> => {
  const caller = await run.node("activation caller", "caller.ts", [nats.url])
  let host = await startHost(run, nats)
  const notes: Array<string> = []
  const rows: Array<BenchRow> = []
  const cases: Array<Case> = []
  for (const { events, actors } of sizes) {
    const ids = Array.from({ length: actors }, (_, i) => `e${events}-${i}`)
    const filled = await fill(caller, ids, events, long ? 600_000 : 90_000)
    if (filled.events < events)
      notes.push(`a journal of ${events} events was filled to ${filled.events} in the time given`)
    if (filled.refused > 0)
      notes.push(`${filled.refused} commands to one actor were refused by its full mailbox and repeated`)
    if (actors === 1) rows.push(row("turns of one actor, 64 in flight", "turns/s", filled.perSecond))
    // One of ten events has none: the first is written after a hundred.
    if (events > 100) cases.push({ ids, events: filled.events, snapshot: true, times: [] })
    cases.push({ ids, events: filled.events, snapshot: false, times: [] })
  }
  const live: Array<number> = []
  for (let round = 0; round < rounds; round++) {
    for (const snapshot of [true, false]) {
      const turn = cases.filter((one) => one.snapshot === snapshot)
      const actors = turn.flatMap(({ ids }) => ids)
      if (!snapshot) for (const actor of actors) await caller.ask({ do: "forget-snapshot", actor })
      // The next host would activate whoever has a command that is not yet freed.
      await waitForFact(caller, "empty mailboxes", async () => (await commandsIn(caller)) === 0)
      await host.stop()
      host = await startHost(run, nats)
      // The host's own code is warm before anything is timed.
      for (let i = 0; i < 200; i++) await time(caller, `warm${i % 20}`)
      for (const { ids, times } of turn) {
        for (const actor of ids) times.push(await time(caller, actor, 90_000))
      }
      for (const actor of actors) live.push(await time(caller, actor))
    }
  }
  await Promise.all([caller.stop("SIGKILL"), host.stop()])
  return {
    rows: [
      ...rows,
      ...cases.map(({ events, snapshot, times }) => ({
        ...row(
          `activation, ${events.toLocaleString("en")} events, ${snapshot ? "with a snapshot" : "without"}`,
          "ms",
          median(times),
        ),
        limit: median(live),
      })),
    ],
    notes: [
      `activation: first command to its reply, default sync, ${rounds} rounds, host started anew before each; limit: the same of a live actor`,
      ...notes,
    ],
  }
}

const decodeMailboxes = Schema.decodeUnknownSync(Schema.Struct({ commands: Schema.Int }))
const commandsIn = async (caller: BenchChild) =>
  decodeMailboxes(await caller.ask({ do: "mailboxes" })).commands

interface Case {
  readonly ids: ReadonlyArray<string>
  readonly events: number
  readonly snapshot: boolean
  readonly times: Array<number>
}

const row = (name: string, unit: string, ours: number): BenchRow => ({
  case: name,
  unit,
  ours,
  peers: {},
  limit: null,
})

const startHost = async (run: BenchRun, nats: BenchNats) => {
  const host = await startActorHost(run, nats, "activation", "h1")
  await waitForFact(host, "all partitions", async () => (await partitionsOf(host)) === 32)
  return host
}

/** Every actor's journal gets as many events as the time allows. */
const fill = async (
  caller: BenchChild,
  ids: ReadonlyArray<string>,
  turns: number,
  deadlineMillis: number,
) => {
  const question = { do: "fill", actors: ids.join(" "), turns, deadlineMillis }
  const { done, refused, millis } = decodeFilled(await caller.ask(question, deadlineMillis + 60_000))
  return { events: done, refused, perSecond: done / (millis / 1000) }
}

const time = async (caller: BenchChild, actor: string, timeoutMillis?: number) =>
  decodeTimed(await caller.ask({ do: "time", actor }, timeoutMillis)).millis
