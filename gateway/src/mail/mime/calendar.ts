import type { MimePart } from "./mimeParts.ts"

/** Methods by which calendars talk to each other (RFC 5546 §1.4). PUBLISH is how a person sends a date. */
const exchanged = /^(?:request|reply|cancel|counter|declinecounter|refresh|add)$/i

/** Why a mail is a calendar's and no person's request, in words for the console; null for any other. */
export const calendarReason = (parts: ReadonlyArray<MimePart>): string | null => {
  for (const part of parts) {
    if (part.type !== "text/calendar" || part.disposition === "attachment") continue
    const said =
      part.parameters["method"] ??
      methodLine.exec(new TextDecoder().decode(part.bytes.subarray(0, 4_096)))?.[1]
    const method = said?.trim() ?? ""
    if (exchanged.test(method)) return `a meeting message (text/calendar, ${method.toUpperCase()})`
  }
  return null
}

const methodLine = /^METHOD:([A-Za-z]{1,20})[ \t]*\r?$/m
