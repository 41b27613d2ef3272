import { requestTextLimit } from "@maillm/schema/Message"
import type { FoldedRequest } from "./ReadModel.ts"

const wordsMax = 10
const wordLengthMax = 64
/** Of each end of a long answer: UTF-16 code units that are searched. All of it would take SQLite 100 ms to index. */
const answerEnd = 8_192

// oxlint-disable-next-line no-control-regex -- control characters are what is to be blanked
const controls = /[\u0000-\u001f\u007f]+/g

const plain = (text: string) => text.toWellFormed().toLowerCase().replaceAll(controls, " ")

/**
 * The words of a search as they are looked for: lower case, at most 10, each cut to 64 characters. A word is
 * found anywhere, also inside another. Nothing in them is a pattern.
 */
export const searchWords = (search: string): ReadonlyArray<string> =>
  plain(search.slice(0, 1_000))
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, wordsMax)
    .map((word) => word.slice(0, wordLengthMax).toWellFormed())

/** Of a transcript's words. */
const transcriptEnd = 16_384

const endsOf = (text: string, end: number) =>
  text.length <= 2 * end ? text : `${text.slice(0, end)}\n${text.slice(-end)}`

/**
 * What a request is found by: title, text, answer and the agent's transcript; of a long answer its first and last 8 Ki, of a
 * transcript 16 Ki.
 */
export const searchText = ({ title, text, answer, transcriptText = "" }: FoldedRequest): string => {
  const ends = `${endsOf(answer, answerEnd)}\n${endsOf(transcriptText, transcriptEnd)}`
  return plain(`${title}\n${text.slice(0, requestTextLimit)}\n${ends}`)
}
