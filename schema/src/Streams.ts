/**
 * Every stream and bucket, declared once. Created at start when missing (the server reserves `maxBytes` on its disk, so they are small; -1 takes what the disk has); when one exists with other settings
 * the start is refused with the difference (actors/nats/Streams.ts). Sizes in bytes, times in milliseconds.
 */
export interface StreamDeclaration {
  readonly name: string
  readonly subjects: ReadonlyArray<string>
  readonly retention: "limits" | "workqueue"
  readonly discard: "new" | "old"
  readonly discardNewPerSubject: boolean
  readonly maxMessagesPerSubject: number
  readonly maxBytes: number
  readonly maxAgeMillis: number
  readonly duplicateWindowMillis: number
  readonly denyDelete: boolean
  readonly allowDirect: boolean
  readonly allowRollup: boolean
  readonly allowSchedules: boolean
  readonly allowAtomic: boolean
}

const mib = 1024 ** 2
const day = 86_400_000

/** Commands one actor's mailbox holds; the next is refused with 10077. */
export const mailboxLimit = 256

const base = {
  retention: "limits",
  discard: "new",
  discardNewPerSubject: false,
  maxMessagesPerSubject: -1,
  maxBytes: -1,
  maxAgeMillis: 0,
  duplicateWindowMillis: day,
  denyDelete: false,
  allowDirect: false,
  allowRollup: false,
  allowSchedules: false,
  allowAtomic: false,
} as const

export const streams = {
  CMD: {
    ...base,
    name: "CMD",
    subjects: ["cmd.>"],
    discardNewPerSubject: true,
    maxMessagesPerSubject: mailboxLimit,
    maxBytes: 1024 * mib,
    allowAtomic: true,
  },
  EVT: {
    ...base,
    name: "EVT",
    subjects: ["evt.>"],
    denyDelete: true,
    duplicateWindowMillis: 120_000,
    allowAtomic: true,
  },
  TIMER: {
    ...base,
    name: "TIMER",
    subjects: ["sched.>", "wake.>"],
    allowSchedules: true,
    allowRollup: true,
    // The server refuses schedules with discard new; without a bound in bytes nothing is ever discarded.
    discard: "old",
    duplicateWindowMillis: 120_000,
  },
  NODE: { ...base, name: "NODE", subjects: ["node.>"], retention: "workqueue", maxBytes: 256 * mib },
  JOBS: { ...base, name: "JOBS", subjects: ["job.>"], retention: "workqueue", maxBytes: 64 * mib },
  OUTBOX: { ...base, name: "OUTBOX", subjects: ["out.>"], retention: "workqueue", maxBytes: 512 * mib },
  DEAD: {
    ...base,
    name: "DEAD",
    subjects: ["dead.>"],
    discard: "old",
    maxBytes: 64 * mib,
    maxAgeMillis: 90 * day,
  },
} as const satisfies Record<string, StreamDeclaration>
export type StreamName = keyof typeof streams

export interface BucketDeclaration {
  readonly name: string
  readonly maxBytes: number
  /** Entries that were not written for so long are gone; absent: never. */
  readonly maxAgeMillis?: number
}

/** KV buckets: history 1, file storage. -1: bounded by the disk only. */
export const buckets = {
  SNAP: { name: "SNAP", maxBytes: -1 },
  OWN: { name: "OWN", maxBytes: 16 * mib },
  NODES: { name: "NODES", maxBytes: 16 * mib },
  /** Local part → user id. Keys are local parts with dots, all valid KV key characters. */
  DIRECTORY: { name: "DIRECTORY", maxBytes: 64 * mib },
  /** Small durable marks of gateways: sent message ids, used sign-in tokens. */
  MARKS: { name: "MARKS", maxBytes: 128 * mib },
  /**
   * What receivers remember of actors' epochs (actors/nats/FenceStore.ts), some 200 bytes for each session with an
   * answer in the last 30 days: little beside its journal, so it has no bound of its own.
   */
  FENCE: { name: "FENCE", maxBytes: -1, maxAgeMillis: 30 * day },
  /** The node that each session's pane is on (node-agent/order/SessionPlaces.ts): some 150 bytes a session. */
  PLACES: { name: "PLACES", maxBytes: -1 },
  /** What is remembered of every other stream (actors/nats/StreamGuard.ts), so that none begins anew unnoticed: one key. */
  GUARD: { name: "GUARD", maxBytes: mib },
} as const satisfies Record<string, BucketDeclaration>
export type BucketName = keyof typeof buckets
export const bucketNames = [
  "SNAP",
  "OWN",
  "NODES",
  "DIRECTORY",
  "MARKS",
  "FENCE",
  "PLACES",
  "GUARD",
] as const satisfies ReadonlyArray<BucketName>

/** Object store for raw mail, attachments, outputs. Objects are named by their SHA-256. */
export const blobBucket = { name: "BLOBS", maxBytes: -1 } as const
