import { type Policy, actionFor, ownActionFor } from "@maillm/schema/Policy"
import { findingsOf } from "./judgeCommand.ts"
import { wishesIn } from "./dangerousWishes.ts"
import { type JudgeContext, type Verdict, verdictOf } from "./Verdict.ts"

/** The longest text that is looked at, characters; what follows belongs to the prompt but is seen at the tool calls only. */
const textLimit = 65_536

/**
 * Whether a request may go to its driver unasked. With the driver `shell` the text is a script that the user wrote himself:
 * it is judged as one, more leniently as the policy's `ownRequests` says. For an agent the text is searched for wishes that
 * are dangerous whatever the agent makes of them; all else is judged when the agent calls its tools. Never fails.
 */
export const judgeRequest = (
  driver: string,
  text: string,
  context: JudgeContext,
  policy: Policy,
): Verdict => {
  if (driver === "shell") return verdictOf(findingsOf(text, context), (name) => ownActionFor(policy, name))
  return verdictOf(wishesIn(text.slice(0, textLimit)), (name) => actionFor(policy, name))
}
