import type { OutboundMail } from "@maillm/schema/Message"
import type { VisiblePiece } from "@maillm/schema/visibleText"
import {
  cleanText,
  diffstatLines,
  oneLine,
  questionWords,
  shownFacts,
  webLink,
} from "@maillm/actors/readmodel/replyText"
import { filesHtml, picturesHtml } from "./filesHtml.ts"
import type { MailPicture } from "./filesHtml.ts"
import { diffstatHtml } from "./diffstatHtml.ts"
import { escapeHtml } from "./escapeHtml.ts"
import { boxed, button, page } from "./htmlParts.ts"
import { footerOf } from "./mailText.ts"
import { markdownHtml, monospace, preformatted } from "./markdown.ts"

const sans =
  "'Source Sans 3',-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

/** Only what inline styles cannot say. Gmail drops a style sheet over 8 KB. */
const styleSheet = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (max-width:480px){.page{padding:20px 16px 28px!important}.outcome{font-size:19px!important}}
@media (prefers-color-scheme:dark){
body,.ground{background:#131519!important}
.page,.outcome,.answer,.value{color:#e9ebef!important}
.label,.foot{color:#aab0bc!important}
.box,.code{background:#1f232a!important;color:#e9ebef!important}
.escape{background:#2d220c!important;color:#f2b84b!important}
.rule{border-color:#393e48!important}
.answer th,.answer .cell,.answer hr,.answer blockquote{border-color:#393e48!important}
.answer a,.value a{color:#a79dff!important}
.button{background:#6459dd!important}
.button-link{color:#ffffff!important}
}`

/** The words of `mailText`, well set: 320 pixels wide and up, light and dark, nothing fetched from anywhere. */
export const mailHtml = (
  mail: OutboundMail,
  pictures: ReadonlyArray<MailPicture> = [],
): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(oneLine(mail.subject))}</title>
<style>${styleSheet}</style>
</head>
<body style="margin:0;padding:0;background:#ffffff">
${page(
  `${mail.question === undefined ? answerHtml(mail, pictures) : questionHtml(mail, mail.question)}<p class="foot rule" style="margin:26px 0 0;padding:14px 0 0;border-top:1px solid #e3e5ea;font-size:13px;color:#4d5461">${escapeHtml(footerOf(mail))}</p>`,
  sans,
)}
</body>
</html>
`

const headline = (words: string) =>
  `<p class="outcome" style="margin:0 0 18px;font-size:21px;line-height:1.3;font-weight:600;letter-spacing:-0.01em">${escapeHtml(words)}</p>\n`

const answerHtml = (mail: OutboundMail, pictures: ReadonlyArray<MailPicture>) => {
  const answer = cleanText(mail.answer)
  const body = mail.answerFormat === "terminal" ? preformatted(answer) : markdownHtml(answer)
  return [
    headline(oneLine(mail.outcome)),
    answer.trim() === "" ? "" : `<div class="answer" dir="auto">${body}</div>\n`,
    picturesHtml(pictures),
    diffstatHtml(diffstatLines(mail.diffstat ?? "")),
    filesHtml(mail.files),
    factsHtml(mail),
    buttonHtml(webLink(mail.link), mail.proof === true ? "Confirm in the console" : "Open in the console"),
  ].join("")
}

const factsHtml = (mail: OutboundMail) => {
  const facts = shownFacts({ ...mail, link: "" })
  if (facts.length === 0) return ""
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><td class="label" style="padding:3px 20px 3px 0;color:#4d5461;vertical-align:top;white-space:nowrap">${escapeHtml(label)}</td>` +
      `<td class="value" style="padding:3px 0;vertical-align:top;font-variant-numeric:tabular-nums">${escapeHtml(value)}</td></tr>`,
  )
  return `<table cellpadding="0" cellspacing="0" style="margin:20px 0 0;border-collapse:collapse;font-size:14px;line-height:1.45">${rows.join("")}</table>\n`
}

const buttonHtml = (link: string | null, label: string) =>
  link === null ? "" : button(escapeHtml(link), label)

const paragraph = (words: string, style = "") =>
  words === "" ? "" : `<p style="margin:0 0 14px;${style}">${escapeHtml(words)}</p>\n`

const quiet = (words: string) =>
  words === ""
    ? ""
    : `<p class="label" style="margin:0 0 14px;font-size:13px;color:#4d5461">${escapeHtml(words)}</p>\n`

const pieceHtml = ({ text, isEscape }: VisiblePiece) =>
  isEscape
    ? `<span class="escape" style="background:#fdf1da;color:#875000">${escapeHtml(text)}</span>`
    : escapeHtml(text)

/** What will run, letter by letter from left to right, why it was stopped, how to answer; nothing else. */
const questionHtml = (mail: OutboundMail, question: NonNullable<OutboundMail["question"]>) => {
  const words = questionWords(mail.outcome, question, mail.createdAtMillis)
  return [
    headline(words.headline),
    quiet(words.place),
    boxed(
      `<pre dir="ltr" style="margin:0;font-family:${monospace};font-size:13px;line-height:1.55;white-space:pre-wrap;` +
        `overflow-wrap:anywhere;direction:ltr;unicode-bidi:bidi-override">${words.command.map(pieceHtml).join("")}</pre>`,
    ),
    paragraph(words.cutNote, "font-weight:600"),
    paragraph(words.why === "" ? "" : `Why it was stopped: ${words.why}`),
    paragraph(words.answerByMail, "font-weight:600"),
    quiet(words.answerByCode),
    buttonHtml(words.link, "Or answer here"),
    `<p class="label" style="margin:22px 0 0;font-size:13px;color:#4d5461">${escapeHtml(words.expiry)}</p>\n`,
  ].join("")
}
