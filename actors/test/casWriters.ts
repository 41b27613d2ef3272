import { JetStreamApiError } from "@nats-io/jetstream"
import type { JsMsg } from "@nats-io/jetstream"
import { consumeAudibly } from "../src/nats/consumeAudibly.ts"
import type { Nats } from "../src/nats/Nats.ts"
import { eventually } from "./testHost.ts"

const writers = 100

/** One step of the contest, as the writers saw it: what each expected, and the sequence of whom was told that it won. */
export interface Step {
  readonly expected: number
  readonly won: ReadonlyArray<{ readonly writer: number; readonly sequence: number }>
  /** Nobody answered these; one of them may be stored. */
  readonly unknown: ReadonlyArray<number>
}

/** While there are more steps 100 writers publish in each at once behind the same last sequence; `during` is called while they do. */
export const casWriters = async (
  nats: Nats["Service"],
  subject: string,
  more: (step: number) => boolean,
  during: (step: number) => Promise<unknown>,
): Promise<ReadonlyArray<Step>> => {
  const steps: Array<Step> = []
  for (let step = 0; more(step); step++) {
    const expected = await lastOf(nats, subject)
    const won: Array<{ writer: number; sequence: number }> = []
    const unknown: Array<number> = []
    const write = async (writer: number) => {
      try {
        const { seq } = await nats.js.publish(subject, JSON.stringify({ step, writer, expected }), {
          expect: { lastSubjectSequence: expected },
          timeout: 3_000,
          retries: 0,
        })
        won.push({ writer, sequence: seq })
      } catch (error) {
        if (!(error instanceof JetStreamApiError)) unknown.push(writer)
      }
    }
    const half = Array.from({ length: writers / 2 }, (_, i) => write(i))
    const disturbed = during(step)
    await Promise.all([
      ...half,
      ...Array.from({ length: writers / 2 }, (_, i) => write(writers / 2 + i)),
      disturbed,
    ])
    steps.push({ expected, won, unknown })
  }
  return steps
}

/** From the leader. */
const lastOf = (nats: Nats["Service"], subject: string) =>
  eventually(
    `${subject} can be read`,
    () =>
      nats.jsm.streams
        .getMessage("EVT", { last_by_subj: subject })
        .then((message) => message?.seq ?? 0)
        .catch(() => null),
    30_000,
  )

/** All messages of EVT that the filter matches; rejects when they do not come. */
export const messagesOf = async (nats: Nats["Service"], filter: string): Promise<ReadonlyArray<JsMsg>> => {
  const consumer = await nats.js.consumers.get("EVT", { filter_subjects: filter })
  const { num_pending: count } = await consumer.info()
  const found: Array<JsMsg> = []
  if (count === 0) return found
  const messages = await consumeAudibly(consumer, 500)
  for await (const message of messages) {
    found.push(message)
    if (found.length === count) break
  }
  if (found.length < count) throw new Error(`${found.length} of ${count} came`)
  return found
}

/**
 * Messages that do not follow the one before them, and winners that are not what is stored. `count`: messages stored.
 */
export const forksOf = async (nats: Nats["Service"], subject: string, steps: ReadonlyArray<Step>) => {
  const stored = new Map<
    number,
    { readonly step: number; readonly writer: number; readonly expected: number }
  >()
  for (const message of await eventually("EVT is read", () => messagesOf(nats, subject).catch(() => null))) {
    stored.set(message.seq, message.json())
  }
  let before = 0
  const forks: Array<string> = []
  for (const [sequence, { step, writer, expected }] of stored) {
    if (expected !== before)
      forks.push(`${sequence} of writer ${writer} in step ${step} follows ${before}, not ${expected}`)
    before = sequence
  }
  const unstored = steps.flatMap(({ won }, step) =>
    won.flatMap(({ writer, sequence }) => {
      const found = stored.get(sequence)
      return found?.writer === writer && found.step === step
        ? []
        : [`writer ${writer} of step ${step} was told ${sequence}`]
    }),
  )
  return { forks, unstored, count: stored.size }
}
