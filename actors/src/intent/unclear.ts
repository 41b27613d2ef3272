import type { Message } from "@maillm/schema/Intent"

export type Unclear = Extract<Message, { readonly intent: "unclear" }>

export const unclear = (about: Unclear["about"], reason: string): Unclear => ({
  intent: "unclear",
  about,
  reason,
})

/** What to write to answer an approval. */
export const howToAnswer = (code: string | null): string =>
  `To answer an approval write nothing but "yes" or "no"${code === null ? " and its code" : `, such as "yes ${code}"`}; a reason may follow the no.`
