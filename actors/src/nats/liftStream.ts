import type { JetStreamManager } from "@nats-io/jetstream"
import type { NatsConnection } from "@nats-io/transport-node"
import { mailboxLimit, streams } from "@maillm/schema/Streams"
import { GroupPublisher } from "./GroupPublisher.ts"

/**
 * Sequences that a stream which lost messages leaves out: more than can be stored between two looks of the guard,
 * so that no position is given twice. An actor skips a command whose position it has passed.
 */
export const positionGap = 400_000

/** The same where each has to be stored and purged: 20,000 a second between two looks. */
const filledGap = 100_000
/** `cmd.gap.<n>`: matched by CMD and by no partition. */
const fillSubjects = 8
const fillAtOnce = (fillSubjects * mailboxLimit) / 2

/**
 * Makes an existing stream go on above every sequence that it may have given out before it was recreated or went
 * back. What it still holds is kept: in front of that only CMD, whose positions decide what is done, is filled up.
 */
export const liftStream = async (
  connection: NatsConnection,
  jsm: JetStreamManager,
  stream: string,
  seenSequence: number,
): Promise<void> => {
  const { state } = await jsm.streams.info(stream)
  if (state.messages === 0) {
    const target = seenSequence + positionGap
    if (state.last_seq < target) await jsm.streams.purge(stream, { seq: target + 1 })
    return
  }
  if (stream !== streams.CMD.name) return
  const publisher = new GroupPublisher(connection)
  for (let left = seenSequence + filledGap - state.last_seq; left > 0; left -= fillAtOnce) {
    const fill = Array.from({ length: Math.min(left, fillAtOnce) }, (_, i) =>
      publisher.publish(`cmd.gap.${i % fillSubjects}`, new Uint8Array(), []),
    )
    await Promise.all(fill)
    await jsm.streams.purge(stream, { filter: "cmd.gap.>" })
  }
}
