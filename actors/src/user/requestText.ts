import { requestTextLimit } from "@maillm/schema/Message"

/** Why a text cannot be a request, in words for its sender; null when it can. */
export const textRefusal = (text: string): string | null => {
  if (text.trim() === "") return "There is no text to act on. Write what you want done and send it again."
  if (text.length > requestTextLimit) {
    return `The text has ${text.length} characters; a request may have ${requestTextLimit}. Shorten it, or attach the rest as a file.`
  }
  return null
}

/** Of `RequestSpec.title`, in UTF-16 code units: less than twice the characters, for emoji take two. */
const titleUnits = 200

/** A mail's subject without reply and forward marks, or the first line of the text; at most 120 characters. */
export const requestTitle = (subject: string, text: string): string => {
  const bare = subject
    .replace(/^(\s*(re|fwd?|aw|wg|sv|vs|antw|tr|rif|odp|回复|答复|转发)(\[\d+\])?\s*[:：])+/iu, "")
    .trim()
  const line =
    bare === "" ? (text.split("\n").find((candidate) => candidate.trim() !== "") ?? "(no text)").trim() : bare
  const characters = Array.from(line.replace(/[\p{Cc}\p{Cf}]/gu, " "))
  if (characters.length <= 120 && line.length <= titleUnits) return characters.join("")
  let title = ""
  for (const character of characters.slice(0, 119)) {
    if (title.length + character.length >= titleUnits) break
    title += character
  }
  return `${title}…`
}
