import { RawNats } from "./RawNats.ts"
import { serveLoad } from "./serveLoad.ts"
import { keyCount } from "./turnLoad.ts"

/**
 * `node limitCaller.ts core|publish|batch <nats url>`: what a turn cannot do without, on bare sockets.
 * core: a request to another process and its reply. publish: one message stored under the expectation of its
 * subject's last sequence. batch: the same, all that wait together as one atomic batch, one batch in flight.
 */
const [mode = "", url = ""] = process.argv.slice(2)
const waiting = new Map<string, (data: string) => void>()
let asked = 0

const inbox = `_INBOX.${mode}${process.pid}`
const nats = await RawNats.connect(url, `${inbox}.*`, (subject, _replyTo, data) => {
  const answer = waiting.get(subject)
  waiting.delete(subject)
  answer?.(data)
})
const request = (send: (replyTo: string) => void) =>
  new Promise<string>((resolve) => {
    const replyTo = `${inbox}.${++asked}`
    waiting.set(replyTo, resolve)
    send(replyTo)
  })

const payload = "x".repeat(200)
const stream = `LIMIT_${mode}`
const free = Array.from({ length: keyCount }, (_, key) => ({ subject: `${stream}.${key}`, sequence: 0 }))
type Slot = (typeof free)[number]

const core = async () => {
  await request((replyTo) => nats.publish("echo", replyTo, payload))
  return 0
}

const expectation = ({ sequence }: Slot) => `Nats-Expected-Last-Subject-Sequence: ${sequence}\r\n`

/** Sequence of the acknowledgement, which says so first: `{"stream":"X", "seq":7}`. */
const stored = (data: string): number => {
  const sequence = /"seq":\s*(\d+)/.exec(data)?.[1]
  if (sequence === undefined) throw new Error(`not stored: ${data}`)
  return Number(sequence)
}

/** Each turn takes a subject that no other has in flight. */
const publish = async () => {
  const slot = free.shift()
  if (slot === undefined) throw new Error("more turns in flight than subjects")
  const ack = await request((replyTo) =>
    nats.publishWithHeaders(slot.subject, replyTo, expectation(slot), payload),
  )
  slot.sequence = stored(ack)
  free.push(slot)
  return 0
}

let gathered: Array<() => void> = []
let running = false
let batches = 0
const batch = async () => {
  await new Promise<void>((resolve) => {
    gathered.push(resolve)
    if (!running) void commit()
  })
  return 0
}

const commit = async () => {
  running = true
  await Promise.resolve()
  while (gathered.length > 0) {
    const members = gathered.splice(0, 1_000)
    const slots = free.splice(0, members.length)
    const id = `${process.pid}-${++batches}`
    const ack = await request((replyTo) =>
      slots.forEach((slot, i) => {
        const last = i === slots.length - 1
        const alone = slots.length === 1
        const headers = alone ? "" : `Nats-Batch-Id: ${id}\r\nNats-Batch-Sequence: ${i + 1}\r\n`
        const commits = last && !alone ? "Nats-Batch-Commit: 1\r\n" : ""
        nats.publishWithHeaders(
          slot.subject,
          last ? replyTo : "",
          `${expectation(slot)}${headers}${commits}`,
          payload,
        )
      }),
    )
    const sequence = stored(ack)
    slots.forEach((slot, i) => (slot.sequence = sequence - slots.length + 1 + i))
    free.push(...slots)
    for (const resolve of members) resolve()
    // Those who were answered may ask again before the next batch goes out.
    await new Promise((resolve) => setImmediate(resolve))
  }
  running = false
}

if (mode !== "core") {
  const declaration = { name: stream, subjects: [`${stream}.*`], storage: "file", allow_atomic: true }
  const answer = await request((replyTo) =>
    nats.publish(`$JS.API.STREAM.CREATE.${stream}`, replyTo, JSON.stringify(declaration)),
  )
  if (answer.includes('"error"')) throw new Error(answer)
}
const turns = { core, publish, batch }
if (mode !== "core" && mode !== "publish" && mode !== "batch") throw new Error(`no such limit: ${mode}`)
serveLoad(turns[mode], {}, false)
