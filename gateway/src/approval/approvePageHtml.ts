import type { ApprovalState } from "@maillm/schema/Approval"
import { agentName } from "@maillm/schema/agentName"
import type { ApprovalRow, RequestRow, SessionRow } from "@maillm/schema/ReadModel"
import { reasonSentence } from "@maillm/schema/reasonSentence"
import { visiblePieces, visibleText } from "@maillm/schema/visibleText"
import { momentOf, timeLeft } from "@maillm/actors/readmodel/momentWords"
import { escapeHtml } from "../mail/escapeHtml.ts"
import { decidedBy, decisionOf } from "./approvalWords.ts"
import { approveStyles } from "./approveStyles.ts"

/** What the page of an approval is made from. Only what concerns the approval: whoever has the link sees it. */
export interface ApprovePage {
  readonly row: ApprovalRow
  readonly request: RequestRow | null
  readonly session: SessionRow | null
  /** The account's own address; empty when it is not known. */
  readonly userEmail: string
  readonly now: number
  /** True right after an answer whose outcome is not known yet. */
  readonly justStored: boolean
}

type Tone = "waiting" | "done" | "failed" | "idle"

const glyphs: Readonly<Record<Tone, string>> = {
  waiting:
    '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M6.6 5.7v4.6M9.4 5.7v4.6" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/>',
  done: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M5.2 8.3l2 2 3.7-4.3" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>',
  failed:
    '<rect x="2.2" y="2.2" width="11.6" height="11.6" rx="3.2" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/>',
  idle: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M5.5 8h5" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/>',
}

const badge = (tone: Tone, word: string) =>
  `<p class="badge" data-tone="${tone}"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">${glyphs[tone]}</svg>${escapeHtml(word)}</p>`

/** Hostile text on one line. */
const shown = (text: string) => `<span class="others">${escapeHtml(visibleText(text))}</span>`

const documentOf = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="same-origin">
<title>${escapeHtml(title)} · maillm</title>
<style>${approveStyles}</style>
</head>
<body>
<main>
<p class="brand"><svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true"><rect width="32" height="32" rx="8"/><path d="M8 11l6 5-6 5M17 21.5h7"/></svg>maillm</p>
<article class="card">
${body}
</article>
</main>
</body>
</html>
`

/** A page that only says something. */
export const noticePage = (title: string, text: string) =>
  documentOf(title, `<h1>${escapeHtml(title)}</h1>\n<p class="quiet">${escapeHtml(text)}</p>`)

interface Words {
  readonly tone: Tone
  readonly word: string
  readonly title: string
}

export const approvePageHtml = (page: ApprovePage): string => {
  const { row, now } = page
  const isOver = row.state === "pending" && now >= row.expiresAtMillis
  const state: ApprovalState = isOver ? "expired" : row.state
  const { tone, word, title } = page.justStored
    ? ({ tone: "waiting", word: "Answer stored", title: "Your answer is stored" } as const)
    : wordsOf(state, asker(page), row)
  const isOpen = state === "pending" && !page.justStored
  return documentOf(
    title,
    [
      badge(tone, word),
      `<div class="lead">\n<h1>${escapeHtml(title)}</h1>\n${leadOf(page, state)}\n</div>`,
      commandFigure(row),
      factsList(page, isOpen),
      ...(isOpen ? [answerForm] : []),
    ].join("\n"),
  )
}

const asker = ({ request, session }: ApprovePage) => {
  const driver = request?.driver ?? session?.driver
  return driver === undefined || driver === "shell" ? "Your session" : agentName(driver)
}

const wordsOf = (state: ApprovalState, who: string, { kind }: ApprovalRow): Words => {
  switch (state) {
    case "pending":
      return {
        tone: "waiting",
        word: "Waiting for you",
        title: kind === "request" ? "May this request begin?" : `${who} wants to run this`,
      }
    case "allowed":
    case "consumed":
      return { tone: "done", word: "Allowed", title: "This was allowed" }
    case "denied":
      return { tone: "failed", word: "Denied", title: "This was denied" }
    case "expired":
      return { tone: "idle", word: "Expired", title: "This has expired" }
    case "cancelled":
      return { tone: "idle", word: "Withdrawn", title: "No answer is needed any more" }
  }
}

const leadOf = ({ row, justStored }: ApprovePage, state: ApprovalState) => {
  if (justStored) {
    return `<p class="quiet">It has not been carried out yet. <a href="">Look again</a> in a few seconds to see what became of it.</p>`
  }
  if (state === "pending") return `<p class="quiet">${shown(reasonSentence(row.reason))}</p>`
  const note = row.note === "" ? "" : `\n<p class="quiet">Note: ${shown(row.note)}</p>`
  const isAnswer = state === "allowed" || state === "consumed" || state === "denied"
  const what = isAnswer ? decidedBy(row).replace(/^b/, "B") : decisionOf({ ...row, state })
  return `<p class="quiet">${shown(`${what}.`)}</p>${note}`
}

const commandFigure = ({ kind, tool, command, cwd }: ApprovalRow) => {
  const pieces = visiblePieces(command)
  const text = pieces.map((piece) =>
    piece.isEscape ? `<span class="escape">${escapeHtml(piece.text)}</span>` : escapeHtml(piece.text),
  )
  const where = cwd === "" ? "" : `<span>in <span class="mono">${shown(cwd)}</span></span>`
  const hint = pieces.some((piece) => piece.isEscape)
    ? `\n<p class="small">Marked are characters that cannot be seen, written as escapes.</p>`
    : ""
  return `<figure>
<figcaption><b>${kind === "request" ? "Request" : shown(tool)}</b>${where}</figcaption>
<pre>${text.join("")}</pre>
</figure>${hint}`
}

const factsList = ({ row, request, userEmail, now }: ApprovePage, isOpen: boolean) => {
  const channel = request === null ? "" : request.channel === "email" ? ", by email" : ", in the console"
  const facts: ReadonlyArray<readonly [string, string]> = [
    ["Request", shown(row.title)],
    ...(userEmail === "" ? [] : [["From", `${shown(userEmail)}${channel}`] as const]),
    ...(isOpen ? [] : [["Reason", shown(reasonSentence(row.reason))] as const]),
    ["Stopped", escapeHtml(momentOf(row.askedAtMillis))],
    ...(isOpen
      ? [
          [
            "Expires",
            escapeHtml(`${momentOf(row.expiresAtMillis)}, in ${timeLeft(row.expiresAtMillis - now)}`),
          ] as const,
          ["Code", `<span class="mono">${escapeHtml(row.code)}</span>`] as const,
        ]
      : []),
  ]
  return `<dl>\n${facts.map(([label, value]) => `<dt>${label}</dt><dd>${value}</dd>`).join("\n")}\n</dl>`
}

const answerForm = `<form method="post" accept-charset="utf-8">
<label>Note to the agent, optional<textarea name="note" rows="2" maxlength="1000" autocomplete="off"></textarea></label>
<div class="answers">
<button class="allow" name="decision" value="allow">Allow once</button>
<button name="decision" value="deny">Deny</button>
</div>
<p class="small">Allowing is good for exactly this, once. Without an answer it is denied when the time is up.</p>
</form>`
