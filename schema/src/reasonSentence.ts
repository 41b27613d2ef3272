/**
 * Why an approval is asked, as a sentence of its own. The policy's reasons are what follows on "it" ("deletes files …");
 * agents' own are sentences.
 */
export const reasonSentence = (reason: string): string => {
  const said = reason.trim()
  if (said === "") return ""
  const sentence = /^\p{Ll}/u.test(said) ? `It ${said}` : said
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`
}
