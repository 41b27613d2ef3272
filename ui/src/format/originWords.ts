import type { MailOrigin, RelayedMail } from "@maillm/schema/MailOrigin"
import type { StateWord } from "./words.ts"

/** Who vouches for a mail, in a sentence. */
export const originSentence = (origin: MailOrigin): string => {
  if (origin._tag === "Submitted")
    return origin.way === "signed-in"
      ? "Handed in over SMTP, by whoever signed in."
      : "Handed in on this machine, by no other mail server."
  return {
    proven: `Written by ${origin.author}: a signature of its domain covers all of it.`,
    forwarded: `Written by ${origin.author}, as a forwarder says that you trust. It may ask for something, and allow nothing.`,
    unproven: "Nobody can say who wrote it.",
  }[origin.standing]
}

const tones: Readonly<Record<string, StateWord["tone"]>> = {
  pass: "done",
  none: "idle",
  neutral: "idle",
  softfail: "waiting",
  temperror: "waiting",
}

/** A method's result, as a state. */
export const checkWord = (result: string): StateWord => ({ word: result, tone: tones[result] ?? "failed" })

export const checksOf = ({ arc, dkim, dmarc, spf }: RelayedMail) =>
  [
    { name: "SPF", about: "the server that sent it", check: spf },
    { name: "DKIM", about: "signatures on it", check: dkim },
    { name: "DMARC", about: "what its author's domain asks for", check: dmarc },
    { name: "ARC", about: "what forwarders say", check: arc },
  ] as const
