import { styleText } from "node:util"
import { createTransport } from "nodemailer"
import * as Schema from "effect/Schema"
import { RequestDetail } from "@maillm/schema/api/RequestsApi"
import { RequestRow } from "@maillm/schema/ReadModel"
import type { Running } from "./runLocal.ts"
import { StartFailure } from "./StartFailure.ts"

const replyMillis = 60_000
const subject = "How is the machine?"
const command = `uname -sr; nproc; uptime -p
for check in disk memory time; do echo "checking $check"; sleep 0.4; done
df -h / | tail -1; date -u`

const decodeDetail = Schema.decodeUnknownSync(RequestDetail)
const decodeRequests = Schema.decodeUnknownSync(Schema.Array(RequestRow))

/** Sends one real mail over SMTP, prints each step as it happens and the reply; answers how long it took, seconds. */
export const demoJourney = async (running: Running): Promise<number> => {
  const { owner } = running.folder
  console.log(letter("Mail", { From: owner.email, To: owner.address, Subject: subject }, command))
  const sentAt = Date.now()
  let before = sentAt
  const step = (atMillis: number, text: string) => {
    // The 250 travels back while the first steps are being done.
    const at = Math.max(before, atMillis)
    const since = at - before
    before = at
    const times = `${((at - sentAt) / 1_000).toFixed(2).padStart(7)} s  ${`+${since} ms`.padStart(8)}`
    console.log(`${styleText("dim", times)}  ${text}`)
  }
  const answer = await send(running)
  step(Date.now(), `SMTP says ${answer}`)
  const reply = await untilReply(running, step)
  const headers = { From: reply.from, To: reply.to, Subject: reply.subject, "In-Reply-To": reply.inReplyTo }
  console.log(letter("Reply", headers, reply.text.trimEnd()))
  return (before - sentAt) / 1_000
}

const send = async (running: Running): Promise<string> => {
  const { owner } = running.folder
  const transport = createTransport({
    host: running.settings.bind,
    port: running.smtpPort,
    secure: false,
    ignoreTLS: true,
  })
  try {
    return (await transport.sendMail({ from: owner.email, to: owner.address, subject, text: command }))
      .response
  } finally {
    transport.close()
  }
}

/** Follows the one request there is by the API, as any script would. */
const untilReply = async (running: Running, step: (atMillis: number, text: string) => void) => {
  const deadline = Date.now() + replyMillis
  let shown = 0
  while (Date.now() < deadline) {
    const [request] = decodeRequests(await api(running, "/api/requests?limit=1"))
    if (request !== undefined) {
      const { timeline, messages } = decodeDetail(await api(running, `/api/requests/${request.id}`))
      for (const row of timeline.slice(shown)) step(row.atMillis, row.summary)
      shown = timeline.length
      const reply = messages.find(
        ({ direction, state }) => direction === "out" && (state === "kept" || state === "delivered"),
      )
      if (reply !== undefined) return reply
    }
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
  throw new StartFailure(`no reply after ${replyMillis / 1_000} s`)
}

const api = async (running: Running, path: string): Promise<unknown> => {
  const response = await fetch(`${running.httpUrl}${path}`, {
    headers: { authorization: `Bearer ${running.folder.owner.token}` },
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok)
    throw new StartFailure(`GET ${path} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

/** A mail as a person would see it printed. */
const letter = (title: string, headers: Readonly<Record<string, string>>, text: string): string => {
  const lines = [
    ...Object.entries(headers).map(([name, value]) => styleText("dim", `${name}: ${value}`)),
    "",
    ...text.split("\n"),
  ]
  const rule = (corner: string, word: string) => styleText("cyan", `${corner}── ${word}`)
  return [
    "",
    rule("┌", title),
    ...lines.map((line) => `${styleText("cyan", "│")} ${line}`.trimEnd()),
    styleText("cyan", "└──"),
    "",
  ].join("\n")
}
