import type { MessageRow } from "@maillm/schema/ReadModel"
import { eventually } from "./eventually.ts"
import type { LocalProcess } from "./LocalProcess.ts"

export interface AskingMail {
  readonly row: MessageRow
  readonly source: string
  /** Takes the answer. */
  readonly from: string
  readonly link: string
}

/**
 * The mail that asks an address whether it is the user's, as who reads there has it: without a relay nothing leaves, so
 * its source is kept.
 */
export const askingMail = async (maillm: LocalProcess, to: string): Promise<AskingMail> => {
  const row = await eventually(
    `the mail that asks ${to}`,
    async () =>
      (await maillm.messages("direction=out")).find(
        (mail) => mail.to === to && mail.proof === true && mail.state === "kept",
      ) ?? null,
  )
  const response = await fetch(`http://127.0.0.1:${maillm.ports.http}/api/messages/${row.id}/raw`, {
    headers: { authorization: `Bearer ${maillm.owner.token}` },
  })
  const source = (await response.text())
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  const from = /^From:[^<]*<(c\.[^>]+)>/im.exec(source)?.[1]
  const link = /https?:\/\/[^\s"<]+\/addresses\/confirm\/[\w.-]+/.exec(source)?.[0]
  if (from === undefined || link === undefined) throw new Error(`no mail that asks:\n${source}`)
  return { row, source, from, link }
}
