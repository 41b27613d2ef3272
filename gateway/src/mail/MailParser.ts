import { Worker } from "node:worker_threads"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import { Settings } from "@maillm/schema/Settings"
import type { ParseResult } from "./parseMail.ts"

export interface ParserLimits {
  readonly workers: number
  /** The longest one mail may take. */
  readonly timeMillis: number
  /** Heap of one worker. The raw bytes and attachments are outside of it and bounded by the SMTP size limit. */
  readonly heapMegabytes: number
}

export const parserLimits: ParserLimits = { workers: 2, timeMillis: 10_000, heapMegabytes: 256 }

/** Reads mails in worker threads. A mail that takes too long or too much costs its worker, never the process. */
export class MailParser extends Context.Service<
  MailParser,
  { readonly parse: (raw: Uint8Array) => Effect.Effect<ParseResult> }
>()("@maillm/gateway/mail/MailParser") {
  static readonly layer = (limits: ParserLimits = parserLimits) =>
    Layer.unwrap(Effect.map(Settings, ({ domain }) => MailParser.layerOf(domain, limits)))

  /** The same without settings, for the domain of our own addresses. */
  static readonly layerOf = (domain: string, limits: ParserLimits = parserLimits) =>
    Layer.effect(
      MailParser,
      Effect.gen(function* () {
        // Slots, not workers: a worker is made when its slot is first used, or after its predecessor was ended.
        const slots = yield* Queue.bounded<Slot>(limits.workers)
        const all = Array.from({ length: limits.workers }, (): Slot => ({ worker: null }))
        yield* Queue.offerAll(slots, all)
        yield* Effect.addFinalizer(() => Effect.promise(() => Promise.all(all.map(end))))
        return {
          parse: (raw) =>
            Effect.acquireUseRelease(
              Queue.take(slots),
              (slot) => parseIn(slot, raw, domain, limits),
              (slot) => Queue.offer(slots, slot),
            ),
        }
      }),
    )
}

interface Slot {
  worker: Worker | null
}

const end = async (slot: Slot) => {
  const { worker } = slot
  slot.worker = null
  await worker?.terminate()
}

const parseIn = (slot: Slot, raw: Uint8Array, domain: string, limits: ParserLimits) =>
  Effect.callback<ParseResult>((resume) => {
    const worker = (slot.worker ??= start(slot, domain, limits))
    const done = (result: ParseResult) => {
      stopListening()
      resume(Effect.succeed(result))
    }
    const failed = (error: Error) =>
      done(
        unreadable(
          "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY"
            ? `it needs more than ${limits.heapMegabytes} MB of memory to read`
            : `reading it failed (${error.message})`,
        ),
      )
    const exited = (code: number) => done(unreadable(`reading it failed (exit ${code})`))
    const stopListening = () => {
      worker.off("message", done)
      worker.off("error", failed)
      worker.off("exit", exited)
    }
    worker.on("message", done)
    worker.on("error", failed)
    worker.on("exit", exited)
    // A copy of its own: a view would take along the whole buffer that it looks into.
    const copy = new Uint8Array(raw)
    worker.postMessage(copy, [copy.buffer])
    return Effect.promise(() => {
      stopListening()
      return end(slot)
    })
  }).pipe(
    Effect.timeoutOrElse({
      duration: limits.timeMillis,
      orElse: () => Effect.succeed(unreadable(`it takes longer than ${limits.timeMillis / 1000} s to read`)),
    }),
  )

const start = (slot: Slot, domain: string, limits: ParserLimits) => {
  const worker = new Worker(new URL("./parseWorker.ts", import.meta.url), {
    workerData: domain,
    env: {},
    stdin: false,
    resourceLimits: {
      maxOldGenerationSizeMb: limits.heapMegabytes,
      maxYoungGenerationSizeMb: 32,
      stackSizeMb: 4,
    },
  })
  const forget = () => {
    if (slot.worker === worker) slot.worker = null
  }
  // Also heard while nobody waits for it: an unheard error would end the process.
  worker.on("error", forget)
  worker.on("exit", forget)
  worker.unref()
  return worker
}

const unreadable = (what: string): ParseResult => ({
  _tag: "Unreadable",
  reason: `The mail could not be read: ${what}.`.slice(0, 500),
})
