import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { bucketNames, streams } from "@maillm/schema/Streams"
import { Counter } from "../examples/counter.ts"
import { startTestNatsCluster } from "../src/nats/testing/TestNatsCluster.ts"
import type { TestNatsCluster } from "../src/nats/testing/TestNatsCluster.ts"
import { actorCells } from "../src/runtime/actorCells.ts"
import { casWriters, forksOf, messagesOf } from "./casWriters.ts"
import { eventually, startClient, startHost } from "./testHost.ts"

let cluster: TestNatsCluster
let host: Awaited<ReturnType<typeof startHost>>
let sender: Awaited<ReturnType<typeof startClient>>

beforeAll(async () => {
  cluster = await startTestNatsCluster()
  host = await startHost(cluster, "h1", [actorCells(Counter)])
  sender = await startClient(cluster)
}, 60_000)

afterAll(async () => {
  await sender?.close()
  await host?.close()
  await cluster?.stop()
}, 60_000)

const jsm = () => sender.nats.jsm
/** Undefined while there is an election. */
const leaderOf = (stream: string) =>
  jsm()
    .streams.info(stream)
    .then(
      (info) => info.cluster?.leader,
      () => undefined,
    )

/** Every stream has its leader and two followers that are level with it. */
const whole = (what: string) =>
  eventually(
    what,
    async () => {
      const infos = await Promise.all(
        allStreams.map((name) =>
          jsm()
            .streams.info(name)
            .catch(() => null),
        ),
      )
      const level = infos.every(
        (info) =>
          info?.cluster?.leader !== undefined &&
          info.cluster.replicas?.length === 2 &&
          info.cluster.replicas.every(({ current, offline }) => current && !(offline ?? false)),
      )
      return level ? true : null
    },
    40_000,
  )

const allStreams = [...Object.keys(streams), ...bucketNames.map((name) => `KV_${name}`)]
const counters = Array.from({ length: 16 }, (_, i) => `c${i}`)
/** Ids of commands that were acked. */
const acked = new Set<string>()

/** Tells counters to count until `stop`, each command until it is acked; answers the longest time without an ack. */
const startLoad = (name: string) => {
  const stopped = new AbortController()
  let [last, longest] = [performance.now(), 0]
  const tell = async (actor: string) => {
    for (let i = 0; !stopped.signal.aborted; i++) {
      const id = `${name}/${actor}/${i}`
      await Effect.runPromise(
        sender.client
          .tell(Counter, actor, id, { _tag: "Increment", by: 1 })
          .pipe(Effect.retry(Schedule.spaced(50).pipe(Schedule.upTo({ times: 600 })))),
      )
      acked.add(id)
      const now = performance.now()
      longest = Math.max(longest, now - last)
      last = now
    }
  }
  const running = Promise.all(counters.map(tell))
  return async () => {
    stopped.abort()
    await running
    return Math.round(Math.max(longest, performance.now() - last))
  }
}

/** So many more commands are acked. */
const acks = (count: number) => {
  const before = acked.size
  return eventually(`${count} acks`, async () => (acked.size >= before + count ? true : null), 40_000)
}

const stepsAtLeast = 20
/** No actor's. */
const subject = "evt.contest.one"

/** EVT changes its leader by request in the midst of every tenth step. */
const stepDown = async (step: number) => {
  if (step % 10 !== 4) return
  await sender.nats.connection
    .request("$JS.API.STREAM.LEADER.STEPDOWN.EVT", "", { timeout: 2_000 })
    .catch(() => null)
}

/** Ids of the commands in the journal, each as often as it was committed. */
const committed = async () =>
  (await messagesOf(host.nats, "evt.counter.>")).map(
    (message) => message.json<{ commandId: string }>().commandId,
  )

/** Everything that was acked is committed, once. */
const nothingLost = async () => {
  const ids = await eventually(
    "all that was acked is committed",
    async () => {
      const found = await committed().catch(() => [])
      const distinct = new Set(found)
      return [...acked].every((id) => distinct.has(id)) ? found : null
    },
    30_000,
  )
  expect(ids.length).toBe(new Set(ids).size)
}

describe("three nats-servers in a cluster, three replicas", () => {
  it("hold every stream and bucket", async () => {
    for (const name of allStreams) {
      expect((await jsm().streams.info(name)).config.num_replicas, name).toBe(3)
    }
    const { reply } = await Effect.runPromise(
      sender.client.ask(Counter, "first", "first", { _tag: "Increment", by: 7 }),
    )
    expect(reply).toBe(7)
    await whole("all replicas are level")
  }, 60_000)

  it("lose no acked command, and let one of 100 writers win each step, while each is killed in turn", async () => {
    const unavailable: Array<string> = []
    let turns = 0
    const contest = casWriters(
      sender.nats,
      subject,
      (step) => turns < cluster.nodes.length || step < stepsAtLeast,
      stepDown,
    )
    for (const node of cluster.nodes) {
      const led = (await leaderOf("EVT")) === node.name ? ", which led EVT" : ""
      const stop = startLoad(node.name)
      await acks(50)
      await node.kill()
      await acks(50)
      await node.start()
      await acks(50)
      unavailable.push(`${node.name}${led}: ${await stop()} ms`)
      turns++
    }
    const steps = await contest
    await nothingLost()
    const { forks, unstored, count } = await forksOf(sender.nats, subject, steps)
    expect({ forks, unstored }).toEqual({ forks: [], unstored: [] })
    const won = steps.filter((step) => step.won.length === 1).length
    expect(steps.filter((step) => step.won.length > 1)).toEqual([])
    expect(won).toBeGreaterThan(steps.length / 2)
    console.log(
      `${acked.size} acked; ${steps.length} steps, ${won} winners told, ${count} stored; longest without an ack: ${unavailable.join("; ")}`,
    )
  }, 120_000)

  it("lose nothing acked when all three are killed at once", async () => {
    const stop = startLoad("all")
    await acks(50)
    await Promise.all(cluster.nodes.map((node) => node.kill()))
    await Promise.all(cluster.nodes.map((node) => node.start()))
    await acks(50)
    const silence = await stop()
    await nothingLost()
    expect(host.nats.guard.refusal()).toBeNull()
    console.log(`${acked.size} acked; ${silence} ms without an ack`)
  }, 120_000)
})
