import { SOME, UNKNOWN } from "./paths.ts"
import type { Output } from "./Shell.ts"

const limit = 65_536

/** As many lines as nobody starts a program for at once. */
export const manyLines = 2_000

export const unknownOutput: Output = { text: UNKNOWN, network: false, decoded: false }
export const noOutput: Output = { text: "", network: false, decoded: false }

export const textOutput = (text: string): Output =>
  text.length > limit ? unknownOutput : { text, network: false, decoded: false }

/** Names that cannot be known, such as those that `find` prints: each below `folder`, without `..`. */
export const namesBelow = (folder: string): Output =>
  textOutput(`${folder.replace(/\/+$/, "") || "/"}/${SOME}`)

/** Numbers, dates, hashes: one word that is no path and no option. */
export const plainOutput: Output = textOutput(SOME)

/** The same, changed by a program that we do not follow. */
export const changed = (output: Output | undefined): Output =>
  output === undefined || output.text === ""
    ? unknownOutput
    : { ...output, text: output.text === SOME ? SOME : UNKNOWN }

export const decodedOutput = (text: string, from: Output | undefined): Output => ({
  text: text.length > limit ? UNKNOWN : text,
  network: from?.network ?? false,
  decoded: true,
})

/** Both, one after the other, as of `cat a b`. */
export const joined = (outputs: ReadonlyArray<Output>): Output => {
  const text = outputs.map((output) => output.text).join("")
  return {
    text: text.length > limit ? UNKNOWN : text,
    network: outputs.some(({ network }) => network),
    decoded: outputs.some(({ decoded }) => decoded),
  }
}
