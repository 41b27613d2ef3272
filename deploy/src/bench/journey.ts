import * as Schema from "effect/Schema"
import { MessageRow, RequestRow, TimelineRow } from "@maillm/schema/ReadModel"
import { eventually } from "../testing/eventually.ts"
import { LocalProcess } from "../testing/LocalProcess.ts"
import { sendMail } from "../testing/sendMail.ts"
import type { BenchReport, BenchRow } from "./BenchReport.ts"
import { quantile } from "./BenchReport.ts"

const mailsEach = 60
const warmUp = 5

const decodeDetail = Schema.decodeUnknownSync(
  Schema.Struct({
    request: RequestRow,
    timeline: Schema.Array(TimelineRow),
    messages: Schema.Array(MessageRow),
  }),
)

/** Steps of the journey: from the event before (or the 250) to the event of this type. */
const steps = [
  ["MailAccepted", "250 → mail read, sender trusted"],
  ["TurnOrdered", "→ turn ordered"],
  ["TurnTaken", "→ prompt taken by the shell"],
  ["TurnEnded", "→ command ended and reported"],
  ["ReplySent", "→ reply in the outbox"],
] as const

interface Journey {
  readonly total: number
  readonly steps: ReadonlyArray<number>
}

/** Mail accepted by SMTP → reply kept in the outbox, one mail after another, with the time of each step. */
export const run = async (): Promise<BenchReport> => {
  const maillm = new LocalProcess()
  try {
    await maillm.start()
    const fresh: Array<Journey> = []
    const same: Array<Journey> = []
    let answer: MessageRow | null = null
    for (let n = 0; n < mailsEach + warmUp; n++) {
      const opened = await journey(maillm, maillm.owner.address, `new-${n}`, "")
      const continued = await journey(
        maillm,
        opened.reply.from,
        `same-${n}`,
        (answer ?? opened.reply).internetMessageId,
      )
      answer = continued.reply
      if (n < warmUp) continue
      fresh.push(opened.journey)
      same.push(continued.journey)
    }
    return {
      name: "journey",
      rows: [...rowsOf("new session", fresh), ...rowsOf("reply in a session", same)],
      notes: [
        "one mail at a time; the command is `true`; runtime host; nats-server with sync_interval: always; times by the events' own clock (1 ms)",
        "a new session pays for a new pane: tmux and bash start",
      ],
    }
  } finally {
    await maillm.dispose()
  }
}

const journey = async (maillm: LocalProcess, to: string, name: string, inReplyTo: string) => {
  const messageId = `<${name}@bench.test>`
  await sendMail({
    port: maillm.ports.smtp,
    from: maillm.owner.email,
    to,
    subject: name,
    text: "true",
    messageId,
    ...(inReplyTo === "" ? {} : { inReplyTo }),
  })
  const acceptedAt = Date.now()
  const reply = await eventually("the reply", async () => {
    const messages = await maillm.messages("direction=out&limit=5")
    return messages.find((message) => message.inReplyTo === messageId && message.state === "kept") ?? null
  })
  const { timeline } = decodeDetail(await maillm.api(`/api/requests/${reply.requestId ?? ""}`))
  const at = (type: string) => timeline.findLast((row) => row.type === type)?.atMillis ?? Number.NaN
  let before = acceptedAt
  const taken = steps.map(([type]) => {
    const time = at(type)
    const step = time - before
    before = time
    return Math.max(0, step)
  })
  return { reply, journey: { total: before - acceptedAt, steps: taken } }
}

const rowsOf = (kind: string, journeys: ReadonlyArray<Journey>): Array<BenchRow> => {
  const row = (name: string, values: ReadonlyArray<number>, q: number): BenchRow => ({
    case: `${kind}: ${name}, p${q * 100}`,
    unit: "ms",
    ours: quantile(values, q),
    peers: {},
    limit: null,
  })
  const totals = journeys.map(({ total }) => total)
  return [
    row("250 → reply", totals, 0.5),
    row("250 → reply", totals, 0.99),
    ...steps.map(([, name], i) =>
      row(
        name,
        journeys.map((one) => one.steps[i] ?? Number.NaN),
        0.5,
      ),
    ),
  ]
}
