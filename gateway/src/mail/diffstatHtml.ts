import { escapeHtml } from "./escapeHtml.ts"
import { boxed } from "./htmlParts.ts"
import { monospace } from "./markdown.ts"

/** As the session's actor writes a changed file: mark, path, lines. */
const filePattern = /^([AMDR]) (.+) {2}(\+\d+ -\d+|binary)$/

/** What a turn changed: a row for each file, so that on a phone a long path does not run into the next one. */
export const diffstatHtml = (lines: string): string => {
  if (lines === "") return ""
  const rows = lines.split("\n").map((line) => fileRow(line) ?? wholeRow(line))
  const table = `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="width:100%;font-family:${monospace};font-size:12px;line-height:1.5">${rows.join("")}</table>`
  return `<p class="label" style="margin:20px 0 6px;font-size:13px;color:#4d5461">Changed</p>\n${boxed(table, "0 0 14px", "10px 14px")}`
}

const cell = "vertical-align:top;padding:1px 0"

const fileRow = (line: string): string | null => {
  const [, mark = "", path = "", count = ""] = filePattern.exec(line) ?? []
  if (mark === "") return null
  return (
    `<tr><td width="18" style="${cell}">${mark}</td>` +
    `<td dir="ltr" style="${cell};overflow-wrap:anywhere;word-break:break-word">${escapeHtml(path)}</td>` +
    `<td align="right" style="${cell};padding-left:14px;white-space:nowrap">${escapeHtml(count)}</td></tr>`
  )
}

const wholeRow = (line: string): string =>
  `<tr><td colspan="3" style="${cell};white-space:pre-wrap;overflow-wrap:anywhere">${escapeHtml(line)}</td></tr>`
