import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { styleText } from "node:util"
import { createTransport } from "nodemailer"
import * as Schema from "effect/Schema"
import { MessageRow, RequestRow, TimelineRow } from "@maillm/schema/ReadModel"
import { endPanes } from "./endPanes.ts"
import { readSettings } from "./readSettings.ts"
import { runLocal } from "./runLocal.ts"
import type { Running } from "./runLocal.ts"
import { StartFailure } from "./StartFailure.ts"

const replyMillis = 60_000
const command = `echo "Hello from $(uname -sn), $(date -u +%H:%M) UTC"
for step in 1 2 3; do echo "step $step of 3"; sleep 0.3; done`

const Detail = Schema.Struct({
  request: RequestRow,
  timeline: Schema.Array(TimelineRow),
  messages: Schema.Array(MessageRow),
})
const decodeDetail = Schema.decodeUnknownSync(Detail)
const decodeRequests = Schema.decodeUnknownSync(Schema.Array(RequestRow))

const api = async (running: Running, path: string): Promise<unknown> => {
  const response = await fetch(`${running.httpUrl}${path}`, {
    headers: { authorization: `Bearer ${running.folder.owner.token}` },
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok)
    throw new StartFailure(`GET ${path} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

/** Sends one real mail over SMTP, shows each step as it happens, and the reply. */
const journey = async (running: Running): Promise<MessageRow> => {
  const { owner } = running.folder
  const startedAt = Date.now()
  const step = (at: number, text: string) =>
    console.log(`  ${styleText("dim", `${((at - startedAt) / 1000).toFixed(2).padStart(6)} s`)}  ${text}`)

  console.log(`\nA mail from ${owner.email} to ${owner.address}:\n`)
  console.log(command.replace(/^/gm, "    "))
  console.log()
  const transport = createTransport({
    host: "127.0.0.1",
    port: running.smtpPort,
    secure: false,
    ignoreTLS: true,
  })
  const sent = await transport.sendMail({
    from: owner.email,
    to: owner.address,
    subject: "Say hello",
    text: command,
  })
  transport.close()
  step(Date.now(), `SMTP answered: ${sent.response}`)

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
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new StartFailure(`no reply after ${replyMillis / 1000} s`)
}

const show = (reply: MessageRow) => {
  console.log("\nThe reply:\n")
  for (const line of [
    `From: ${reply.from}`,
    `To: ${reply.to}`,
    `Subject: ${reply.subject}`,
    `In-Reply-To: ${reply.inReplyTo}`,
  ]) {
    console.log(`    ${styleText("dim", line)}`)
  }
  console.log()
  console.log(reply.text.trimEnd().replace(/^/gm, "    "))
  console.log()
}

const main = async () => {
  const folder = mkdtempSync(join(tmpdir(), "maillm-demo-"))
  const settings = readSettings(
    {
      ...process.env,
      MAILLM_DATA_DIR: folder,
      MAILLM_HTTP_PORT: "0",
      MAILLM_SMTP_PORT: "0",
      MAILLM_SMTP_RELAY: "",
    },
    folder,
  )
  const clean = () => {
    endPanes(folder)
    rmSync(folder, { recursive: true, force: true })
  }
  let running: Running | null = null
  const abort = () => {
    void (running?.stop() ?? Promise.resolve()).finally(() => {
      clean()
      process.exit(130)
    })
  }
  process.once("SIGINT", abort)
  process.once("SIGTERM", abort)
  try {
    console.log(`Starting maillm on free ports in a temporary folder …`)
    running = await runLocal(settings, (line) => console.log(line))
    console.log(
      `Ready: console ${running.httpUrl}, SMTP on ${running.smtpPort}, runtime ${running.node.runtime} (${running.node.runtimeReason})`,
    )
    show(await journey(running))
    console.log(
      styleText("green", "The reply arrived in the thread. `npm start` keeps maillm running for you."),
    )
  } finally {
    await running?.stop()
    clean()
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof StartFailure ? `The demo failed: ${error.message}` : error)
    process.exit(1)
  },
)
