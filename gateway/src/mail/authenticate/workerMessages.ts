import type { DnsAnswer, RecordType } from "../../dns/DnsAnswer.ts"
import type { Authenticated, AuthenticationRules } from "./authenticateMail.ts"
import type { Sender } from "./examineMail.ts"

/** To a worker: a mail, or the answer to a question of its. */
export type ToWorker =
  | {
      readonly _tag: "Mail"
      readonly id: number
      readonly raw: Uint8Array
      readonly sender: Sender
      readonly rules: AuthenticationRules
    }
  | { readonly _tag: "Answer"; readonly question: number; readonly answer: DnsAnswer }

/** From a worker: what came out, or a question for the DNS, which the thread that has the network asks. */
export type FromWorker =
  | { readonly _tag: "Done"; readonly id: number; readonly result: Authenticated }
  | { readonly _tag: "Failed"; readonly id: number; readonly reason: string }
  | { readonly _tag: "Ask"; readonly question: number; readonly name: string; readonly type: RecordType }
