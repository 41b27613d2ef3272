import type { MsgHdrs } from "@nats-io/transport-node"
import type { DeadLetter } from "@maillm/schema/api/DeadApi"
import { deadSubject } from "@maillm/schema/Subjects"

/** What is put aside, and why. */
export interface PutAside {
  readonly stream: string
  readonly subject: string
  /** Sequence in `stream`. */
  readonly sequence: number
  readonly data: Uint8Array
  readonly reason: string
  /** When it was stored in `stream`, where that is known: a stream made anew counts from 1 again. */
  readonly storedAt?: Date
}

/** Headers of a message of DEAD. The body is the original one, byte for byte, unless it is cut. */
export const deadHeaders = {
  reason: "Maillm-Reason",
  subject: "Maillm-Subject",
  sequence: "Maillm-Sequence",
  /** Bytes of the original body, where only its beginning could be kept. */
  cutFrom: "Maillm-Cut-From",
} as const

/** First tokens of the subjects of the streams that letters may go back to. */
const firstTokens: Readonly<Record<string, string>> = {
  CMD: "cmd",
  OUTBOX: "out",
  JOBS: "job",
  NODE: "node",
}

const token = /^[A-Za-z0-9_-]{1,64}$/
const reasonLimit = 1_000
/** Of the reason, where the body leaves no room for more. */
const shortReason = 120

/**
 * The one message in DEAD that keeps something put aside; a repeat of it is dropped by its id. `roomBytes` is what
 * the server takes as one message, headers included.
 */
export const deadMessage = (aside: PutAside, roomBytes: number) => {
  const made = aside.storedAt === undefined ? "" : `/${aside.storedAt.getTime()}`
  const headersWith = (reason: string, cutFrom: number | null) => [
    ["Nats-Msg-Id", `dead/${aside.stream}/${aside.sequence}${made}`] as const,
    [deadHeaders.reason, reason.replace(/[\r\n]+/g, " ").slice(0, reasonLimit)] as const,
    [deadHeaders.subject, aside.subject] as const,
    [deadHeaders.sequence, String(aside.sequence)] as const,
    ...(cutFrom === null ? [] : [[deadHeaders.cutFrom, String(cutFrom)] as const]),
  ]
  const [kind, id] = lastTokens(aside.subject)
  const subject = deadSubject(aside.stream, kind, id)
  const { data, reason } = aside
  for (const words of [reason, reason.slice(0, shortReason)]) {
    const headers = headersWith(words, null)
    if (data.length + sizeOf(headers) <= roomBytes) return { subject, data, headers }
  }
  const headers = headersWith(reason.slice(0, shortReason), data.length)
  return { subject, data: data.subarray(0, Math.max(0, roomBytes - sizeOf(headers))), headers }
}

/** The two tokens that name a letter: an actor's kind and id, or what a work item is and for whom. */
const lastTokens = (subject: string) => {
  const [kind, id] = subject
    .split(".")
    .slice(-2)
    .map((part) => (token.test(part) ? part : "unknown"))
  return [kind ?? "unknown", id ?? "unknown"] as const
}

/** As the server counts them: `NATS/1.0`, a line each, an empty line. */
const sizeOf = (headers: ReadonlyArray<readonly [string, string]>) =>
  headers.reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value) + 4, 12)

/** A message of DEAD as it is read: `data` is null where only headers were asked for. */
export interface DeadMessage {
  readonly subject: string
  readonly seq: number
  readonly time: Date
  readonly header: MsgHdrs | undefined
  readonly data: Uint8Array | null
}

export interface ReadLetter {
  readonly letter: DeadLetter
  /** The original body, or its beginning; null where only headers were read. */
  readonly body: Uint8Array | null
}

/** The letter in a message; null when its headers alone do not tell, as in those of version 0.1.0. */
export const readDeadMessage = (message: DeadMessage): ReadLetter | null => {
  const { header, data } = message
  const subject = header?.get(deadHeaders.subject) ?? ""
  if (subject === "") return data === null ? null : readOldMessage(message, data)
  const cutFrom = Number(header?.get(deadHeaders.cutFrom) || Number.NaN)
  const bodyBytes = data?.length ?? Number(header?.get("Nats-Msg-Size") || 0)
  return {
    letter: letterOf(message, {
      subject,
      originalSequence: positive(Number(header?.get(deadHeaders.sequence))),
      reason: header?.get(deadHeaders.reason) ?? "",
      bodyBytes,
      cutFrom: positive(cutFrom),
    }),
    body: data,
  }
}

const letterOf = (
  { subject: place, seq, time }: DeadMessage,
  about: {
    readonly subject: string
    readonly originalSequence: number | null
    readonly reason: string
    readonly bodyBytes: number
    readonly cutFrom: number | null
  },
): DeadLetter => {
  const [, stream = "", kind = "unknown", id = "unknown"] = place.split(".")
  const { cutFrom, ...rest } = about
  return {
    sequence: seq,
    stream,
    kind,
    id,
    atMillis: time.getTime(),
    ...rest,
    reason: rest.reason.slice(0, 2_000),
    subject: rest.subject.slice(0, 512),
    refusal: refusalOf(stream, rest.subject, rest.bodyBytes, cutFrom),
  }
}

/** Why a letter cannot be put back, or null. */
const refusalOf = (stream: string, subject: string, bodyBytes: number, cutFrom: number | null) => {
  if (stream === "EVT") {
    return "It is a copy: the record itself is in EVT and is not lost. After an update that can read it, maillm readmodel rebuild folds it."
  }
  if (cutFrom !== null) {
    return `Only ${bodyBytes} of its ${cutFrom} bytes could be kept, as NATS took no larger message. Have it sent again from where it came.`
  }
  const first = firstTokens[stream]
  return first === undefined || !subject.startsWith(`${first}.`) ? "Where it stood is not known." : null
}

const positive = (value: number) => (Number.isSafeInteger(value) && value > 0 ? value : null)

const utf8 = new TextEncoder()

/** Letters of version 0.1.0: JSON around a command or record, or a work item whose id says its sequence. */
const readOldMessage = (message: DeadMessage, data: Uint8Array): ReadLetter => {
  const [, stream = "", kind = "", id = ""] = message.subject.split(".")
  const first = firstTokens[stream]
  if (first !== undefined && stream !== "CMD") {
    const sequence = /\/(\d+)$/.exec(message.header?.get("Nats-Msg-Id") ?? "")?.[1]
    const about = {
      subject: `${first}.${kind}.${id}`,
      originalSequence: positive(Number(sequence)),
      reason: message.header?.get(deadHeaders.reason) ?? "",
      bodyBytes: data.length,
      cutFrom: null,
    }
    return { letter: letterOf(message, about), body: data }
  }
  const { reason, seq, subject, data: inner, cutFrom } = fieldsOf(data)
  const body = utf8.encode(typeof inner === "string" ? inner : "")
  const about = {
    subject: typeof subject === "string" ? subject : "",
    originalSequence: positive(Number(seq)),
    reason: typeof reason === "string" ? reason : "",
    bodyBytes: body.length,
    cutFrom: positive(Number(cutFrom)),
  }
  return { letter: letterOf(message, about), body }
}

const fieldsOf = (data: Uint8Array): Readonly<Record<string, unknown>> => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(data).toString("utf8"))
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {}
  } catch {
    return {}
  }
}
