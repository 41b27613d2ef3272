import type { Message } from "@maillm/schema/Intent"
import { approvalCodeOf, isPlainCode } from "./approvalCode.ts"
import type { Phrase, PhraseKind } from "./phrases.ts"
import type { Token } from "./tokenise.ts"
import { howToAnswer, unclear } from "./unclear.ts"

/** What is in a text that is nothing but phrases of the tables, codes, ids and harmless marks. */
export interface WholeAnswer {
  readonly has: (kind: PhraseKind) => boolean
  readonly codes: ReadonlySet<string>
  readonly targets: ReadonlyArray<string>
  readonly question: boolean
  /** A no stands right before the stop, with nothing between: "don't stop". */
  readonly negatedStop: boolean
}

const soft = /^(?:[.,!¡;:…·~–—、。،-]|\.\.\.|[-‒―‐]|!!)$/u
/** Around a code, as people and mail programs set it off; anywhere else they quote, and a quote is no answer. */
const fence = /^[[\](){}"'`“”‘’«»*#_]$/u
/** Our ids of requests and sessions (`deriveId`). */
const idPattern = /^[rs][a-z2-7]{10}$/

export const isSoftMark = (token: Token): boolean => token.kind === "mark" && soft.test(token.norm)

/** Codes that a token can be; every one of four to eight characters when `explicit`, plain ones otherwise. */
const codeOf = (token: Token, explicit: boolean): string | null => {
  const word = token.raw.normalize("NFKC")
  return explicit || isPlainCode(word) ? approvalCodeOf(word) : null
}

/** Reads it so, or null when there is anything else in it. */
export const readWhole = (
  tokens: ReadonlyArray<Token>,
  phrases: ReadonlyArray<Phrase>,
  explicit: boolean,
): WholeAnswer | null => {
  const kinds = new Set<PhraseKind>()
  const codes = new Set<string>()
  const targets: Array<string> = []
  let question = false
  let negatedStop = false
  let before: Phrase["kind"] | null = null
  let negates = false
  const isCodeAt = (index: number): boolean => {
    const token = tokens[index]
    return token !== undefined && token.kind === "word" && codeOf(token, explicit) !== null
  }
  for (const { kind, polite, from, to } of phrases) {
    const token = tokens[from]
    if (token === undefined) return null
    if (kind === "condition" || kind === "because") return null
    if (kind === "other") {
      const code = token.kind === "word" ? codeOf(token, explicit) : null
      if (code !== null) codes.add(code)
      else if (idPattern.test(token.norm)) targets.push(token.norm)
      else if (token.norm === "?" || token.norm === "¿") question = true
      else if (!isSoftMark(token) && !(fence.test(token.norm) && (isCodeAt(from - 1) || isCodeAt(to))))
        return null
      negates = false
      if (code === null) {
        // A sign-off may follow a dash: "yes - Bob".
        if (isSoftMark(token) && before !== "polite") before = /[-–—]/u.test(token.norm) ? "polite" : null
        continue
      }
    } else if (kind === "name") {
      // "Yes, Bob" may be anything, and "Bob: yes" is what somebody else said.
      if (before !== "polite" && before !== "name" && !(token.first && from > 0)) return null
    } else {
      if (kind === "stop" && negates) negatedStop = true
      kinds.add(kind)
    }
    negates = kind === "no"
    before = polite ? "polite" : kind
  }
  return { has: (kind) => kinds.has(kind), codes, targets, question, negatedStop }
}

/** What such a text says; null when it is for the agent after all ("continue"). */
export const judgeWhole = (answer: WholeAnswer): Message | null => {
  const { has, codes, targets, question } = answer
  const [code = null] = codes
  if (codes.size > 1) return unclear("answer", `There is more than one code in it. ${howToAnswer(code)}`)
  if (has("stop")) return judgeStop(answer)
  if (has("hesitant")) {
    return has("yes") || has("no") || code !== null
      ? unclear("answer", `It says neither yes nor no. ${howToAnswer(code)}`)
      : unclear("answer", `It does not say what to do. ${howToAnswer(null)}`)
  }
  if (has("yes") && has("no")) return unclear("answer", `It says both yes and no. ${howToAnswer(code)}`)
  if (has("status") && !has("no") && code === null) return { intent: "status" }
  if (has("help") && !has("no") && code === null) return { intent: "help" }
  if (has("yes") || has("no")) {
    if (question || has("ask"))
      return unclear("answer", `It asks, where an answer was due. ${howToAnswer(code)}`)
    if (targets.length > 0) return unclear("answer", `An id is no code of an approval. ${howToAnswer(null)}`)
    if (has("fresh")) return unclear("answer", `It asks for a new session too. ${howToAnswer(code)}`)
    return has("yes") ? { intent: "approve", code } : { intent: "deny", code, note: null }
  }
  if (code !== null) return unclear("answer", `It holds a code, but neither yes nor no. ${howToAnswer(code)}`)
  if (has("fresh")) return { intent: "new", text: "", driver: null, repo: null }
  if (has("weak") || targets.length > 0) return null
  if (question && !has("ask")) return { intent: "help" }
  return unclear("nothing", "There is nothing to act on in it. Write what you want done.")
}

const judgeStop = ({ has, codes, targets, question, negatedStop }: WholeAnswer): Message =>
  negatedStop ||
  has("hesitant") ||
  has("status") ||
  codes.size > 0 ||
  targets.length > 1 ||
  (question && !has("ask"))
    ? unclear("command", "It is not clear whether to stop. To stop what runs, write nothing but: stop")
    : { intent: "stop", target: targets[0] ?? null }
