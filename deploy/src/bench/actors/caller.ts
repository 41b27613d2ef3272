import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { ActorClient, MailboxFull } from "@maillm/actors/client/ActorClient"
import { JetStreamActorClientLayer } from "@maillm/actors/client/JetStreamActorClient"
import { Nats } from "@maillm/actors/nats/Nats"
import { Counter } from "@maillm/actors/examples/counter"
import { inFlight } from "./inFlight.ts"
import { Probes } from "./Probes.ts"
import { profiling } from "./profiling.ts"
import { serveLoad } from "./serveLoad.ts"

/** `node caller.ts <nats url>`: asks counter actors of maillm. */
const [url = ""] = process.argv.slice(2)
const layer = JetStreamActorClientLayer.pipe(Layer.provideMerge(Nats.layer({ servers: url, name: "caller" })))
const context = await Effect.runPromise(Layer.buildWithScope(layer, Effect.runSync(Scope.make())))
const client = Context.get(context, ActorClient)
const nats = Context.get(context, Nats)
const snapshots = nats.bucket("SNAP")

const ids = `c${process.pid}-${Date.now()}-`
let commands = 0
const increment = (actor: string) =>
  Effect.runPromise(client.ask(Counter, actor, `${ids}${++commands}`, { _tag: "Increment", by: 1 })).then(
    ({ reply }) => reply,
  )

const probes = new Probes((actor, commandId) =>
  Effect.runPromise(client.ask(Counter, actor, `${ids}${commandId}`, { _tag: "Increment", by: 1 })),
)

serveLoad((key) => increment(`k${key}`), {
  ...profiling,
  ...probes.handlers,
  /** One turn of each of the actors `<prefix><from>` to `<prefix><to - 1>`, or of as many as the time allows. */
  populate: async ({ prefix, from, to, deadlineMillis }) => {
    const begun = performance.now()
    const done = await inFlight(256, Number(to) - Number(from), Number(deadlineMillis), (i) =>
      increment(`${String(prefix)}${Number(from) + i}`),
    )
    return { done, millis: performance.now() - begun }
  },
  /** So many turns of each actor, 64 in flight of each; one that a full mailbox refuses is asked again. */
  fill: async ({ actors, turns, deadlineMillis }) => {
    const begun = performance.now()
    let refused = 0
    const patient = (actor: string): Promise<number> =>
      increment(actor).catch((error: unknown) => {
        if (!(error instanceof MailboxFull)) throw error
        refused++
        return new Promise<void>((resolve) => setTimeout(resolve, 20)).then(() => patient(actor))
      })
    const each = await Promise.all(
      String(actors)
        .split(" ")
        .map((actor) => inFlight(64, Number(turns), Number(deadlineMillis), () => patient(actor))),
    )
    return { done: Math.min(...each), refused, millis: performance.now() - begun }
  },
  /** One turn and how long it took. */
  time: async ({ actor }) => {
    const begun = performance.now()
    const reply = await increment(String(actor))
    return { millis: performance.now() - begun, reply }
  },
  /** Commands that still stand in mailboxes, handled or not. */
  mailboxes: async () => ({ commands: (await nats.jsm.streams.info("CMD")).state.messages }),
  "forget-snapshot": async ({ actor }) => {
    await snapshots.purge(`${Counter.kind}.${String(actor)}`)
    return {}
  },
})
