/**
 * Every stream and bucket, declared once. Created at start when missing; when one exists with other settings
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

const gib = 1024 ** 3
const day = 86_400_000

/** Commands one actor's mailbox holds; the next is refused with 10077. */
export const mailboxLimit = 256

const base = {
  retention: "limits",
  discard: "new",
  discardNewPerSubject: false,
  maxMessagesPerSubject: -1,
  maxBytes: 16 * gib,
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
    allowAtomic: true,
  },
  EVT: {
    ...base,
    name: "EVT",
    subjects: ["evt.>"],
    maxBytes: 64 * gib,
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
    maxBytes: 1 * gib,
    duplicateWindowMillis: 120_000,
  },
  NODE: { ...base, name: "NODE", subjects: ["node.>"], retention: "workqueue", maxBytes: 4 * gib },
  JOBS: { ...base, name: "JOBS", subjects: ["job.>"], retention: "workqueue", maxBytes: 4 * gib },
  OUTBOX: { ...base, name: "OUTBOX", subjects: ["out.>"], retention: "workqueue", maxBytes: 4 * gib },
  DEAD: {
    ...base,
    name: "DEAD",
    subjects: ["dead.>"],
    discard: "old",
    maxBytes: 1 * gib,
    maxAgeMillis: 90 * day,
  },
} as const satisfies Record<string, StreamDeclaration>
export type StreamName = keyof typeof streams

/** KV buckets: history 1, file storage. */
export const buckets = {
  SNAP: { name: "SNAP", maxBytes: 8 * gib },
  OWN: { name: "OWN", maxBytes: 64 * 1024 ** 2 },
  NODES: { name: "NODES", maxBytes: 64 * 1024 ** 2 },
  /** Local part → user id. Keys are local parts with dots, all valid KV key characters. */
  DIRECTORY: { name: "DIRECTORY", maxBytes: 256 * 1024 ** 2 },
  /** Small durable marks of gateways: sent message ids, used sign-in tokens. */
  MARKS: { name: "MARKS", maxBytes: 1 * gib },
} as const
export type BucketName = keyof typeof buckets

/** Object store for raw mail, attachments, outputs. Objects are named by their SHA-256. */
export const blobBucket = { name: "BLOBS", maxBytes: 64 * gib } as const
