import type { OutboundMail } from "@maillm/schema/Message"

/** What every mail ends with. Below `-- `, so that clients leave it out of a reply (RFC 3676 §4.3). */
export const footer = "maillm · Reply to this mail to go on in this session."

/** The facts as shown: the link to the console is the last of them. */
export const shownFacts = (
  mail: OutboundMail,
): ReadonlyArray<{ readonly label: string; readonly value: string }> =>
  [...mail.facts, ...(webLink(mail.link) === null ? [] : [{ label: "Console", value: mail.link }])].map(
    ({ label, value }) => ({ label: oneLine(label), value: oneLine(value) }),
  )

/** Only what a browser opens as a page; null for anything else. */
export const webLink = (link: string): string | null => (/^https?:\/\/[^\s<>"]+$/i.test(link) ? link : null)

/** The plain text of a mail, which is the mail: outcome, answer in full, facts, link. Lines end in LF. */
export const mailText = (mail: OutboundMail): string => {
  const facts = shownFacts(mail).map(({ label, value }) => `${label}: ${value}`)
  const answer = cleanText(mail.answer).replace(/^-- $/gm, "--")
  return [
    oneLine(mail.outcome),
    ...(answer.trim() === "" ? [] : ["", answer.replace(/^\n+/, "").trimEnd()]),
    ...(facts.length === 0 ? [] : ["", ...facts]),
    "",
    `-- \n${footer}`,
    "",
  ].join("\n")
}

/** Without control characters other than tab and line feed, which mail has no use for and terminals obey. */
export const cleanText = (text: string): string =>
  text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")

/** For headers and headlines. */
export const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, " ").trim()
