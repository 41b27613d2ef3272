import { webLink } from "@maillm/actors/readmodel/replyText"
import { formatBytes } from "@maillm/schema/formatBytes"
import type { MailFiles } from "@maillm/schema/Message"
import { visibleText } from "@maillm/schema/visibleText"
import { escapeHtml } from "./escapeHtml.ts"

/** A picture that is a part of the mail; `index` is its place among the files. */
export interface MailPicture {
  readonly index: number
  readonly name: string
  readonly cid: string
}

/** Pictures of the mail itself, each below the other with its name; on white, for many are drawn for that. */
export const picturesHtml = (pictures: ReadonlyArray<MailPicture>): string =>
  pictures
    .map(({ cid, name }) => {
      const shown = escapeHtml(visibleText(name))
      return (
        `<p style="margin:16px 0 4px"><img src="cid:${escapeHtml(cid)}" alt="${shown}" style="display:block;max-width:100%;height:auto;border:0;background:#ffffff"></p>\n` +
        `<p class="label" style="margin:0 0 14px;font-size:13px;color:#4d5461;overflow-wrap:anywhere">${shown}</p>\n`
      )
    })
    .join("")

const heading = (words: string) =>
  `<p class="label" style="margin:20px 0 4px;font-size:13px;color:#4d5461">${words}</p>\n`

const line = (inner: string) =>
  `<p class="value" style="margin:0 0 4px;font-size:14px;line-height:1.45;overflow-wrap:anywhere">${inner}</p>\n`

/** Which files came along, and which did not, why, and where they are. */
export const filesHtml = (files: MailFiles | undefined): string => {
  const attached = (files?.attached ?? []).map(({ name, sizeBytes }) =>
    line(
      `${escapeHtml(visibleText(name))} <span class="label" style="color:#4d5461">${formatBytes(sizeBytes)}</span>`,
    ),
  )
  const left = (files?.left ?? []).map(({ link, name, reason }) => {
    const href = webLink(link)
    const where =
      href === null ? "" : ` · <a href="${escapeHtml(href)}" style="color:#5346cf">in the console</a>`
    return line(`${escapeHtml(visibleText(name))}: ${escapeHtml(visibleText(reason))}${where}`)
  })
  return [
    ...(attached.length === 0 ? [] : [heading("Attached"), ...attached]),
    ...(left.length === 0 ? [] : [heading("Not attached"), ...left]),
  ].join("")
}
