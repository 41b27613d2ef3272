import { requestTextLimit } from "@maillm/schema/Message"
import type { Message } from "@maillm/schema/Intent"
import { approvalCodeOf, isPlainCode } from "./approvalCode.ts"
import { readPhrases, type Phrase } from "./phrases.ts"
import { tokenise, type Token } from "./tokenise.ts"
import { howToAnswer, unclear } from "./unclear.ts"
import { isSoftMark, judgeWhole, readWhole } from "./WholeAnswer.ts"

/** An answer is short; more than this, in UTF-16 code units or in words, is a text with something else in it. */
const answerLimit = 1_000
const answerWordLimit = 60
/** Up to so many words and marks a text that begins like an answer was probably meant as one. */
const attemptWordLimit = 24

/**
 * What a text without commands and quotes says in plain words, or null when it is a request. A yes only when there is
 * nothing else in it; a no also with a reason after it.
 */
export const readAnswer = (text: string): Message | null => {
  const head = text.slice(0, answerLimit)
  const tokens = tokenise(head, answerWordLimit + 1)
  const phrases = readPhrases(tokens)
  if (text.length <= answerLimit && tokens.length <= answerWordLimit) {
    const whole = readWhole(tokens, phrases, false)
    if (whole !== null) return judgeWhole(whole)
    const lookalike = readLookalike(tokens)
    if (lookalike) return unclear("answer", `It has letters that only look like a yes. ${howToAnswer(null)}`)
  }
  return readDenial(text, tokens, phrases) ?? readFresh(text, tokens, phrases) ?? readAttempt(tokens, phrases)
}

const kindAt = (phrases: ReadonlyArray<Phrase>, index: number): Phrase["kind"] | null =>
  phrases[index]?.kind ?? null

/** The first phrase that is no greeting and no mark. */
const skipGreeting = (tokens: ReadonlyArray<Token>, phrases: ReadonlyArray<Phrase>): number => {
  const index = phrases.findIndex(({ kind, from }, at) => {
    const token = tokens[from]
    if (kind === "polite" || (token !== undefined && isSoftMark(token))) return false
    return !(kind === "name" && at > 0 && kindAt(phrases, at - 1) === "polite")
  })
  return index === -1 ? phrases.length : index
}

const codeAt = (tokens: ReadonlyArray<Token>, phrase: Phrase | undefined): string | null => {
  const token = phrase?.kind === "other" ? tokens[phrase.from] : undefined
  return token !== undefined && isPlainCode(token.raw) ? approvalCodeOf(token.raw) : null
}

const isMark = (tokens: ReadonlyArray<Token>, phrase: Phrase | undefined, marks: RegExp): boolean =>
  phrase !== undefined && phrase.kind === "other" && marks.test(tokens[phrase.from]?.norm ?? "")

/** "No, use a branch": a no set off from what follows, which is its reason. */
const readDenial = (
  text: string,
  tokens: ReadonlyArray<Token>,
  phrases: ReadonlyArray<Phrase>,
): Message | null => {
  let at = skipGreeting(tokens, phrases)
  let code: string | null = null
  let parted = false
  let denied = false
  const skipMarks = () => {
    while (isMark(tokens, phrases[at], /^(?:[.,!;:…–—、。-]|\.\.\.)$/u)) {
      at += 1
      parted = true
    }
  }
  const takeCode = () => {
    const found = codeAt(tokens, phrases[at])
    if (found === null) return
    code = found
    at += 1
    parted = true
    skipMarks()
  }
  takeCode()
  while (kindAt(phrases, at) === "no" || (denied && kindAt(phrases, at) === "polite")) {
    at += 1
    denied = true
    parted = false
    skipMarks()
  }
  if (!denied) return null
  if (code === null) takeCode()
  const next = phrases[at]
  const token = next === undefined ? undefined : tokens[next.from]
  if (next === undefined || token === undefined) return null
  if (!parted && !token.first && next.kind !== "because") return null
  if (isMark(tokens, next, /^[?/¿]$/u)) return null
  if (codeAt(tokens, next) !== null || isYesClause(tokens, phrases, at))
    return unclear("answer", `It says more than a no. ${howToAnswer(code)}`)
  const note = text.slice(token.start).trim()
  return note.length > requestTextLimit
    ? unclear("answer", `The reason of a no may have ${requestTextLimit} characters.`)
    : { intent: "deny", code, note }
}

/** A yes that stands by itself: with a mark, a line's end, a code or the end of the text behind it. */
const isYesClause = (tokens: ReadonlyArray<Token>, phrases: ReadonlyArray<Phrase>, at: number): boolean => {
  if (kindAt(phrases, at) !== "yes") return false
  const next = phrases[at + 1]
  const token = next === undefined ? undefined : tokens[next.from]
  if (next === undefined || token === undefined || token.first) return true
  return token.kind === "mark" || next.kind !== "other" || codeAt(tokens, next) !== null
}

/** "New session: fix the tests". */
const readFresh = (
  text: string,
  tokens: ReadonlyArray<Token>,
  phrases: ReadonlyArray<Phrase>,
): Message | null => {
  const at = skipGreeting(tokens, phrases)
  const colon = phrases[at + 1]
  const rest = phrases[at + 2]
  if (kindAt(phrases, at) !== "fresh" || rest === undefined || !isMark(tokens, colon, /^[:：]$/u)) return null
  const start = tokens[rest.from]?.start ?? text.length
  return { intent: "new", text: text.slice(start), driver: null, repo: null }
}

/**
 * A text that is meant as an answer, as far as one can see, but is none: with a condition, a number or a question to
 * its yes, or with a code beside it. Saying so is better than giving it to the agent as its next task.
 */
const readAttempt = (tokens: ReadonlyArray<Token>, phrases: ReadonlyArray<Phrase>): Message | null => {
  if (tokens.length > attemptWordLimit) return null
  const words = phrases.filter(({ from }) => {
    const token = tokens[from]
    return token !== undefined && !isSoftMark(token)
  })
  const kinds = words.map(({ kind }) => kind)
  const answers = (kind: Phrase["kind"] | undefined) => kind === "yes" || kind === "no"
  const coded = words.findIndex(
    (phrase, index) =>
      codeAt(tokens, phrase) !== null && (answers(kinds[index - 1]) || answers(kinds[index + 1])),
  )
  if (coded !== -1)
    return unclear(
      "answer",
      `There is more in it than an answer. ${howToAnswer(codeAt(tokens, words[coded]))}`,
    )
  const wavers = ({ kind }: Phrase) => kind === "condition" || kind === "no" || kind === "hesitant"
  const counts = ({ kind, from }: Phrase) =>
    kind === "other" && /^(?:[?/&]|\p{N}.*)$/u.test(tokens[from]?.norm ?? "")
  const start = kinds.findIndex((kind) => kind !== "polite")
  const first = kinds[start]
  const after = words.slice(start).find(({ kind }) => kind !== "yes" && kind !== "polite" && kind !== "weak")
  const marked = words.every(({ kind, from }) => kind !== "other" || tokens[from]?.kind === "mark")
  const doubtful =
    (marked && kinds.includes("yes")) ||
    (first === "yes" && after !== undefined && (wavers(after) || counts(after))) ||
    (tokens.length <= 6 && kinds.includes("yes") && (kinds.includes("no") || kinds.includes("hesitant")))
  if (doubtful) return unclear("answer", `It is not a plain yes or no. ${howToAnswer(null)}`)
  if (first === "yes" && isSigned(tokens, words))
    return unclear("answer", `It holds words that may be a name. ${howToAnswer(null)}`)
  return first === "stop" &&
    tokens.length <= 12 &&
    isMark(tokens, phraseAfter(phrases, words[start]), /^[,!.–—-]$/u)
    ? unclear("command", "It says stop, and more. To stop what runs, write nothing but: stop")
    : null
}

const phraseAfter = (phrases: ReadonlyArray<Phrase>, phrase: Phrase | undefined): Phrase | undefined =>
  phrases.find(({ from }) => from === phrase?.to)

/** Whether all that is left beside a yes is a name at its end, which could as well be something else. */
const isSigned = (tokens: ReadonlyArray<Token>, words: ReadonlyArray<Phrase>): boolean => {
  const known = words.findLastIndex(({ kind }) => kind === "yes" || kind === "polite" || kind === "weak") + 1
  const rest = words.slice(known)
  return (
    rest.length <= 2 &&
    words.slice(0, known).every(({ kind }) => kind === "yes" || kind === "polite" || kind === "weak") &&
    rest.every(({ kind, from }) => kind === "name" || /^\p{Lu}/u.test(tokens[from]?.raw ?? ""))
  )
}

/** Cyrillic and Greek letters that look like Latin ones. */
const lookalikes: ReadonlyMap<string, string> = new Map(
  ["аa", "еe", "оo", "рp", "сc", "уy", "хx", "іi", "ѕs", "јj", "ԁd", "кk", "мm", "тt", "нh", "вb", "гr"]
    .concat(["αa", "εe", "οo", "ρp", "υy", "κk", "νv", "ιi", "τt", "χx", "γy"])
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
)

/** Whether a text would be a yes if its letters were what they look like, or had no strokes and dots. */
const readLookalike = (tokens: ReadonlyArray<Token>): boolean => {
  let changed = false
  const plain = tokens.map((token) => {
    const bare = (word: string) =>
      Array.from(
        word.normalize("NFD").replace(/\p{M}/gu, ""),
        (letter) => lookalikes.get(letter) ?? letter,
      ).join("")
    const norm = bare(token.norm)
    changed ||= norm !== token.norm
    return { ...token, norm, raw: norm === token.norm ? token.raw : bare(token.raw.toLowerCase()) }
  })
  if (!changed) return false
  const whole = readWhole(plain, readPhrases(plain), false)
  return whole !== null && judgeWhole(whole)?.intent === "approve"
}
