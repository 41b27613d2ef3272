import * as Schema from "effect/Schema"
import { text } from "./Ids.ts"

/** One method's finding: its result in the word of RFC 8601 §2.7 (`pass`, `fail`, `none`, `temperror` …), and why. */
export const MailCheck = Schema.Struct({ result: text(32), detail: text(500) })
export type MailCheck = typeof MailCheck.Type

/** SHA-256, the first 128 bits in lower-case hex, of something by which a mail is known again. */
const Mark = Schema.String.check(Schema.isPattern(/^[0-9a-f]{32}$/))

/** What was found out about who sent a mail that came over other mail servers, at the time it came. */
export const RelayedMail = Schema.TaggedStruct("Relayed", {
  /**
   * `proven`: a signature of the author's own domain covers all of it (docs/decisions/0017).
   * `forwarded`: a trusted forwarder says so, by ARC; good for requests, not for a yes.
   * `unproven`: anybody may have written it; `reasons` says why it is not proven.
   */
  standing: Schema.Literals(["proven", "forwarded", "unproven"]),
  /** The one author it names, domain in lower case; empty when it does not name exactly one. */
  author: text(320),
  reasons: Schema.Array(text(500)).check(Schema.isMaxLength(20)),
  spf: MailCheck,
  dkim: MailCheck,
  dmarc: MailCheck,
  arc: MailCheck,
  /** Of its signatures and its Message-ID: a mail that shares one with a former mail is a repeat of it. */
  marks: Schema.Array(Mark).check(Schema.isMaxLength(20)),
})
export type RelayedMail = typeof RelayedMail.Type

/** How a mail came, and so who vouches for its sender. */
export const MailOrigin = Schema.Union([
  /** Handed in on this machine by no mail server, or by somebody who signed in: the sender is who the envelope says. */
  Schema.TaggedStruct("Submitted", { way: Schema.Literals(["this-machine", "signed-in"]) }),
  RelayedMail,
])
export type MailOrigin = typeof MailOrigin.Type
