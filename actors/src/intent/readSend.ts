import type { Message } from "@maillm/schema/Intent"
import { filesLimit, pathLimit } from "@maillm/schema/Files"
import { unclear } from "./unclear.ts"

/** Longest text that is read as a list of files. */
const listLimit = 8_000

const quoted = /^"([^"\n]+)"|^'([^'\n]+)'|^`([^`\n]+)`|^“([^”\n]+)”|^„([^“”\n]+)[“”]|^«\s?([^»\n]+?)\s?»/u

/**
 * What follows `/send`: paths apart by blanks, commas or lines; one with a blank in it stands in quotes. Every other
 * character means itself.
 */
export const readSend = (body: string): Message => {
  const list = body.trim()
  if (list === "") return unclear("command", "Write the file's path after /send: /send docs/report.pdf.")
  if (list.length > listLimit)
    return unclear("command", `What follows /send has more than ${listLimit} characters.`)
  const paths: Array<string> = []
  let rest = list
  while (rest !== "") {
    const match = quoted.exec(rest)
    const word = match?.[0] ?? /^[^\s,]+/u.exec(rest)?.[0] ?? ""
    const path = (match === null ? word : (match.slice(1).find((part) => part !== undefined) ?? "")).trim()
    if (path !== "" && !paths.includes(path)) paths.push(path)
    rest = rest.slice(word.length).replace(/^[\s,]+/u, "")
  }
  if (paths.length === 0)
    return unclear("command", "Write the file's path after /send: /send docs/report.pdf.")
  if (paths.length > filesLimit)
    return unclear("command", `/send names ${paths.length} files; one message may ask for ${filesLimit}.`)
  if (paths.some((path) => path.length > pathLimit))
    return unclear("command", `A path after /send has more than ${pathLimit} characters.`)
  return { intent: "send", paths, casual: false }
}

/**
 * A request for files in everyday words. Each form holds the beginning and the end of a whole message; between them are
 * one or more files and nothing else. "Send report.pdf" without a "me" is left out: it may mean anybody.
 */
const forms: ReadonlyArray<readonly [before: RegExp, after: RegExp]> = [
  [
    /^(?:(?:hi|hello|hey)[,!]?\s+)?(?:please\s+|pls\s+)?(?:can|could|would|will)?\s?(?:you\s+)?(?:please\s+)?(?:send|mail|e-?mail)\s+(?:me|us)\s+/iu,
    /(?:\s+(?:by|via|per)\s+e?-?mail|\s+as\s+(?:an?\s+)?attachments?)?(?:,?\s+(?:please|pls|thanks|thank you|thx))?$/iu,
  ],
  [
    /^(?:(?:hallo|hi)[,!]?\s+)?(?:bitte\s+)?(?:kannst du |könntest du )?(?:bitte\s+)?(?:schick(?:e|st)?|send(?:e|est)?|mail(?:e)?)\s+(?:mir|uns)\s+(?:bitte\s+(?:mal\s+)?)?/iu,
    /(?:\s+(?:per|als)\s+(?:e-?mail|mail|anhang))?(?:\s+zu)?(?:,?\s+(?:bitte|danke))?$/iu,
  ],
  [
    /^(?:stp\s+|svp\s+)?(?:envoie|envoyez)[- ](?:moi|nous)\s+/iu,
    /(?:\s+par\s+e?-?mail)?(?:,?\s+(?:stp|svp|merci|s'il (?:te|vous) pla[iî]t))?$/iu,
  ],
  [
    /^(?:por favor,?\s+)?(?:envíame|enviame|mándame|mandame)\s+/iu,
    /(?:\s+por\s+(?:correo|email))?(?:,?\s+(?:por favor|gracias))?$/iu,
  ],
  [
    /^(?:per favore,?\s+)?(?:mandami|inviami)\s+/iu,
    /(?:\s+per\s+e?-?mail)?(?:,?\s+(?:per favore|grazie))?$/iu,
  ],
  [
    /^(?:por favor,?\s+)?(?:me\s+(?:envie|envia|mande|manda)|(?:envie|envia|mande|manda)-me)\s+/iu,
    /(?:\s+por\s+e-?mail)?(?:,?\s+(?:por favor|obrigad[oa]))?$/iu,
  ],
  [
    /^(?:stuur|mail)\s+(?:mij|me)\s+/iu,
    /(?:\s+per\s+e?-?mail)?(?:,?\s+(?:alsjeblieft|alstublieft|graag))?$/iu,
  ],
]

const article =
  /^(?:the|my|our|your|die|der|das|den|le|la|les|l'|el|los|las|il|lo|i|gli|o|a|os|as|de|het)\s+|^l['’](?=\S)/iu
const noun = /^(?:files?|datei(?:en)?|fichiers?|archivos?|ficheiros?|arquivos?|bestand(?:en)?)\s+/iu
const between = /\s*,\s*(?:(?:and|und|et|y|e|en)\s+)?|\s+(?:and|und|et|y|e|en|&)\s+/iu

/**
 * A name that people give files, with an extension or of the few that have none. No address of a web page, a mailbox or
 * a number; what has a slash may still be one of a web page, and then there is no such file and the agent gets it.
 */
const looksLikeFile = (word: string): boolean =>
  word.length <= 200 &&
  !/^[a-z][a-z0-9+.-]*:|^www\.|@|\.\.\.|…/iu.test(word) &&
  (/^(?:[\p{L}\p{M}\p{N}_.()+~=-]+\/){0,20}[\p{L}\p{M}\p{N}_()+~=-][\p{L}\p{M}\p{N}_.()+~=-]*\.(?=[a-z0-9]*[a-z])[a-z0-9]{1,8}$/iu.test(
    word,
  ) ||
    /^(?:[\p{L}\p{M}\p{N}_.()+~=-]+\/){0,20}(?:Makefile|Dockerfile|README|LICENSE|CHANGELOG|Containerfile)$/u.test(
      word,
    ))

/** In quotes a name may have blanks. */
const looksLikeQuoted = (path: string): boolean =>
  path.length <= 200 &&
  !/[\p{Cc}\p{Cf}<>|*?"]|:\/\//u.test(path) &&
  /[^\s/.][^/]*\.[a-z0-9]{1,8}$/iu.test(path)

/** "Send me report.pdf", when that is all; null for anything else, which is the agent's. */
export const readCasualSend = (text: string): Message | null => {
  const line = text.trim()
  if (line.length > 500 || /[\n\r\u2028\u2029]/u.test(line)) return null
  const bare = line.replace(/\s*[.!?]+$/u, "")
  for (const [before, after] of forms) {
    const start = before.exec(bare)?.[0]
    if (start === undefined) continue
    const list = bare.slice(start.length).replace(after, "")
    const paths = list.split(between).map(fileOf)
    if (paths.length <= filesLimit && paths.every((path) => path !== null))
      return { intent: "send", paths: [...new Set(paths)], casual: true }
  }
  return null
}

const fileOf = (word: string): string | null => {
  const plain = word.trim().replace(article, "").replace(noun, "").trim()
  const inQuotes = quoted.exec(plain)
  if (inQuotes !== null && inQuotes[0] === plain) {
    const path = inQuotes.slice(1).find((part) => part !== undefined) ?? ""
    return looksLikeQuoted(path) ? path : null
  }
  return looksLikeFile(plain) ? plain : null
}
