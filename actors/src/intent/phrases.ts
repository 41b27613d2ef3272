import { givenNames } from "./givenNames.ts"
import { vocabularies, type Vocabulary } from "./answerWords.ts"
import { tokenise, type Token } from "./tokenise.ts"

export type PhraseKind = keyof Vocabulary | "name"

/** A phrase of the tables, or a single token that is in none. Covers the tokens `from` up to, not with, `to`. */
export interface Phrase {
  readonly kind: PhraseKind | "other"
  /** It ends in thanks or the like ("no thanks"): a name may follow. */
  readonly polite: boolean
  readonly from: number
  readonly to: number
}

/** Where the languages differ on a phrase, the first of these counts: what is least like a yes. */
const precedence: ReadonlyArray<keyof Vocabulary> = [
  "hesitant",
  "no",
  "stop",
  "condition",
  "because",
  "weak",
  "polite",
  "ask",
  "fresh",
  "help",
  "status",
  "yes",
]

interface Entry {
  readonly norms: ReadonlyArray<string>
  readonly kind: PhraseKind
}

const longestPhrase = 64

/** Entries by their first word, the longest first. */
const entries: ReadonlyMap<string, ReadonlyArray<Entry>> = (() => {
  const kinds = new Map<string, Entry>()
  for (const kind of precedence) {
    for (const vocabulary of Object.values(vocabularies)) {
      for (const phrase of vocabulary[kind].split(", ")) {
        const norms = tokenise(phrase, longestPhrase).map((token) => token.norm)
        const key = norms.join(" ")
        if (!kinds.has(key)) kinds.set(key, { norms, kind })
      }
    }
  }
  for (const name of givenNames) if (!kinds.has(name)) kinds.set(name, { norms: [name], kind: "name" })
  const byFirst = new Map<string, Array<Entry>>()
  for (const entry of kinds.values()) {
    const first = entry.norms[0] ?? ""
    byFirst.set(first, [...(byFirst.get(first) ?? []), entry])
  }
  for (const list of byFirst.values()) list.sort((one, other) => other.norms.length - one.norms.length)
  return byFirst
})()

const isPolite = (entry: Entry | undefined): boolean => {
  const last = entry?.norms.at(-1) ?? ""
  return (
    entry?.kind === "polite" || entries.get(last)?.find(({ norms }) => norms.length === 1)?.kind === "polite"
  )
}

/** Reads a text as phrases, always the longest that begins at a word. */
export const readPhrases = (tokens: ReadonlyArray<Token>): ReadonlyArray<Phrase> => {
  const phrases: Array<Phrase> = []
  for (let from = 0; from < tokens.length;) {
    const entry = entries
      .get(tokens[from]?.norm ?? "")
      ?.find(({ norms }) => norms.every((norm, index) => tokens[from + index]?.norm === norm))
    const to = from + (entry?.norms.length ?? 1)
    phrases.push({ kind: entry?.kind ?? "other", polite: isPolite(entry), from, to })
    from = to
  }
  return phrases
}
