import { describe, test } from "vitest"
import { heldOutFour } from "./fixtures/corpus/heldOutFour.ts"
import { heldOutOne } from "./fixtures/corpus/heldOutOne.ts"
import { heldOutThree } from "./fixtures/corpus/heldOutThree.ts"
import { heldOutTwo } from "./fixtures/corpus/heldOutTwo.ts"
import { replySamples } from "./fixtures/corpus/replySamples.ts"
import type { Sample } from "./fixtures/corpus/Sample.ts"
import { specialSamples } from "./fixtures/corpus/specialSamples.ts"
import { trickySamples } from "./fixtures/corpus/trickySamples.ts"
import { parseMail } from "./parseMail.ts"

/** Blanks and empty lines made equal; what else differs is a fault. */
const normal = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim().replace(/\s+/g, " "))
    .filter((line) => line !== "")
    .join("\n")

const faultOf = async ({ raw, newest, quoted = [], signature }: Sample): Promise<string | null> => {
  const result = await parseMail(raw, "maillm.localhost")
  if (result._tag === "Unreadable") return result.reason
  const { mail } = result
  if (normal(mail.newestText) !== normal(newest)) return `newest: ${JSON.stringify(mail.newestText)}`
  const missing = quoted.find((text) => !normal(mail.quotedText).includes(normal(text)))
  if (missing !== undefined) return `not quoted: ${missing}`
  const flat = (text: string) => normal(text).replaceAll("\n", " ")
  if (signature !== undefined && flat(mail.signature) !== flat(signature)) {
    return `signature: ${JSON.stringify(mail.signature)}`
  }
  return null
}

describe.each([
  ["replies", replySamples],
  ["between quotes, forwards", specialSamples],
  ["look-alikes and signatures", trickySamples],
  ["held out, first", heldOutOne],
  ["held out, second", heldOutTwo],
  ["held out, third", heldOutThree],
  ["held out, fourth", heldOutFour],
])("corpus: %s", (_name, samples) => {
  test.each(samples.map((sample) => [sample.name, sample] as const))("%s", async (_name, sample) => {
    const fault = await faultOf(sample)
    if (fault !== null) throw new Error(fault)
  })
})
