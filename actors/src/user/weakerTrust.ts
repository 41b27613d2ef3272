import { actionClasses, defaultPolicy } from "@maillm/schema/Policy"
import type { PolicyLayer } from "@maillm/schema/Policy"
import type { MessageAction } from "./messageAction.ts"

/*
 * What a mail may do that is believed for a request and not for more: a trusted forwarder vouches for it, or the owner has
 * released it from quarantine.
 */

/** What it asks for is judged as an agent's doings are, not leniently as what the owner wrote himself. */
export const weakerPolicy = ({ classes, ownRequests }: PolicyLayer): PolicyLayer => ({
  ...(classes === undefined ? {} : { classes }),
  ownRequests: { ...ownRequests, ...asked(classes) },
})

/** It does not say yes to anything. */
export const weakerAction = (action: MessageAction): MessageAction =>
  action._tag === "Answer" && action.decision === "allow"
    ? {
        _tag: "Command",
        command: {
          _tag: "Say",
          outcome: "Your yes was not taken.",
          answer: `It is not proven that you wrote that mail, so it cannot allow anything. Answer ${action.approval.code} in the console, by the link in the mail that asks, or by a mail that no forwarder has passed on.`,
        },
      }
    : action

const asked = (classes: PolicyLayer["classes"]): NonNullable<PolicyLayer["ownRequests"]> =>
  Object.fromEntries(
    actionClasses.flatMap((name) => {
      const action = classes?.[name] ?? defaultPolicy.classes[name]
      return action === "allow" ? [] : [[name, action]]
    }),
  )
