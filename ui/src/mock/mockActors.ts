import type { ActorsReport, PartitionRow } from "@maillm/schema/api/ActorsApi"
import type { DeadLetter, DeadLetterDetail, DeadUsage } from "@maillm/schema/api/DeadApi"

const oldest = (id: string, ageMillis: number): PartitionRow["oldest"] => ({
  kind: "session",
  id,
  sequence: 88_401,
  ageMillis,
  committed: false,
})

const partition = (index: number): PartitionRow => {
  const host = index % 3 === 0 ? "desk" : index % 11 === 4 ? "barn" : "atlas"
  const about = { partition: index, host, epoch: 1_204 + 3 * index, depth: 0, oldest: null }
  if (host === "barn") {
    return index === 4
      ? {
          ...about,
          depth: 12,
          oldest: oldest("s05kq4", 34_000),
          state: "stopped",
          meaning:
            "Its owner barn has not been heard of for 34 s: 12 commands wait and none is handled; another host takes it 8 s after its owner was last heard of.",
        }
      : { ...about, state: "free", meaning: "Its owner barn has not been heard of for 34 s; nothing waits." }
  }
  if (index === 9) {
    return {
      ...about,
      depth: 41,
      oldest: oldest("s02kq4", 21_000),
      state: "late",
      meaning:
        "session s02kq4 is not done with a command of 21 s ago. maillm actors inspect session s02kq4 says more.",
    }
  }
  return index === 17
    ? { ...about, depth: 2, oldest: oldest("s01kq4", 120), state: "ok", meaning: "" }
    : { ...about, state: "ok", meaning: "" }
}

export const mockActors = (now: number): ActorsReport => {
  const partitions = Array.from({ length: 32 }, (_, index) => partition(index))
  const held = (host: string) => partitions.filter((row) => row.host === host).length
  return {
    atMillis: now,
    state: "down",
    detail: "1 partition with 12 waiting commands and no live owner; 2 hosts live",
    partitions,
    hosts: [
      { id: "atlas", partitions: held("atlas"), beatAgeMillis: 1_100, alive: true },
      { id: "barn", partitions: held("barn"), beatAgeMillis: 34_000, alive: false },
      { id: "desk", partitions: held("desk"), beatAgeMillis: 600, alive: true },
    ],
    mailboxes: [
      { kind: "session", id: "s02kq4", partition: 9, waiting: 41, limit: 256 },
      { kind: "session", id: "s05kq4", partition: 4, waiting: 12, limit: 256 },
      { kind: "session", id: "s01kq4", partition: 17, waiting: 2, limit: 256 },
    ],
  }
}

const letter = (
  now: number,
  sequence: number,
  change: Partial<DeadLetter> & Pick<DeadLetter, "stream" | "subject" | "kind" | "id" | "reason">,
): DeadLetter => ({
  sequence,
  originalSequence: 88_000 + sequence,
  atMillis: now - (50 - sequence) * 700_000,
  bodyBytes: 412,
  refusal: null,
  ...change,
})

/** Dead letters that are there until they are retried or dropped. */
export const makeMockDead = (now: number) => {
  let letters = [
    letter(now, 49, {
      stream: "CMD",
      subject: "cmd.9.session.s02kq4",
      kind: "session",
      id: "s02kq4",
      reason: "its record has 4213887 bytes, and NATS takes 4190208; raise max_payload",
    }),
    letter(now, 46, {
      stream: "OUTBOX",
      subject: "out.email.u-ada",
      kind: "email",
      id: "u-ada",
      bodyBytes: 8_120,
      reason: "not a mail that this version can read",
    }),
    letter(now, 12, {
      stream: "EVT",
      subject: "evt.session.s05kq4",
      kind: "session",
      id: "s05kq4",
      reason: 'it does not decode: Expected "SessionOpened" | "RequestQueued", got "Unheard"',
      refusal:
        "It is a copy: the record itself is in EVT and is not lost. After an update that can read it, maillm readmodel rebuild folds it.",
    }),
  ]
  const body = '{"v":1,"commandId":"t4k2/ended","sentAtMillis":1795343000000,"command":{"_tag":"TurnEnded"}}'
  return {
    list: (limit: number): ReadonlyArray<DeadLetter> => letters.slice(0, limit),
    usage: (): DeadUsage => ({
      letters: letters.length,
      bytes: letters.length * 612_000,
      limitBytes: 64 * 1024 ** 2,
      keepMillis: 90 * 86_400_000,
      oldestAtMillis: letters.at(-1)?.atMillis ?? null,
    }),
    get: (sequence: number): DeadLetterDetail | null => {
      const found = letters.find((one) => one.sequence === sequence)
      return found === undefined ? null : { ...found, body, bodyCut: false }
    },
    take: (sequence: number): DeadLetter | null => {
      const found = letters.find((one) => one.sequence === sequence) ?? null
      letters = letters.filter((one) => one !== found)
      return found
    },
  }
}
