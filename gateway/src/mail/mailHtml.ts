import type { OutboundMail } from "@maillm/schema/Message"
import { escapeHtml } from "./escapeHtml.ts"
import { markdownHtml, preformatted } from "./markdown.ts"
import { cleanText, footer, oneLine, shownFacts, webLink } from "./mailText.ts"

const sans =
  "'Source Sans 3',-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

/** Only what inline styles cannot say. Gmail drops a style sheet over 8 KB. */
const styleSheet = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (max-width:480px){.page{padding:20px 16px 28px!important}.outcome{font-size:19px!important}}
@media (prefers-color-scheme:dark){
body,.ground{background:#15181c!important}
.page,.outcome,.answer,.value{color:#e4e7eb!important}
.label,.foot{color:#98a2ad!important}
.box,.code{background:#20252b!important;color:#e4e7eb!important}
.rule{border-color:#343b43!important}
.answer th,.answer td,.answer hr,.answer blockquote{border-color:#343b43!important}
.answer a,.value a{color:#7fb8f5!important}
.button{background:#7fb8f5!important;color:#0d1620!important}
}`

/** The words of `mailText`, well set: 320 pixels wide and up, light and dark, nothing fetched from anywhere. */
export const mailHtml = (mail: OutboundMail): string => {
  const answer = cleanText(mail.answer)
  const body = mail.answerFormat === "terminal" ? preformatted(answer) : markdownHtml(answer)
  return `<!DOCTYPE html>
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
<table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" style="background:#ffffff">
<tr><td align="left">
<div class="page" style="max-width:728px;padding:28px 28px 36px;font-family:${sans};font-size:15px;line-height:1.55;color:#1b2026;overflow-wrap:anywhere">
<p class="outcome" style="margin:0 0 18px;font-size:21px;line-height:1.3;font-weight:600;letter-spacing:-0.01em">${escapeHtml(oneLine(mail.outcome))}</p>
${answer.trim() === "" ? "" : `<div class="answer" dir="auto">${body}</div>`}
${factsHtml(mail)}${buttonHtml(mail)}<p class="foot rule" style="margin:26px 0 0;padding:14px 0 0;border-top:1px solid #e3e6ea;font-size:13px;color:#626c77">${escapeHtml(footer)}</p>
</div>
</td></tr>
</table>
</body>
</html>
`
}

const factsHtml = (mail: OutboundMail) => {
  const facts = shownFacts({ ...mail, link: "" })
  if (facts.length === 0) return ""
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><td class="label" style="padding:3px 20px 3px 0;color:#626c77;vertical-align:top;white-space:nowrap">${escapeHtml(label)}</td>` +
      `<td class="value" style="padding:3px 0;vertical-align:top;font-variant-numeric:tabular-nums">${escapeHtml(value)}</td></tr>`,
  )
  return `<table cellpadding="0" cellspacing="0" style="margin:20px 0 0;border-collapse:collapse;font-size:14px;line-height:1.45">${rows.join("")}</table>\n`
}

const buttonHtml = (mail: OutboundMail) => {
  const link = webLink(mail.link)
  return link === null
    ? ""
    : `<p style="margin:22px 0 0"><a class="button" href="${escapeHtml(link)}" style="display:inline-block;padding:9px 16px;background:#0b5cad;color:#ffffff;border-radius:6px;font-size:14px;font-weight:600;text-decoration:none">Open in the console</a></p>\n`
}
