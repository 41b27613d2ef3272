import { isActionClass, isRememberable, mergePolicies } from "@maillm/schema/Policy"
import type { Policy, PolicyLayer } from "@maillm/schema/Policy"
import type { RequestSpec } from "@maillm/schema/UserActor"
import type { WorldContext } from "../world/Facts.ts"
import type { SessionState } from "./SessionState.ts"

/** What holds for a request: the installation's policy, overlaid by the account's and the session's layer. */
export const policyHere = (state: SessionState, request: RequestSpec, { facts }: WorldContext): Policy =>
  mergePolicies(facts.policy, request.policy ?? {}, state.policy)

/** The session's layer with one class allowed more; null where that may not be, or changes nothing. */
export const remembering = (state: SessionState, name: string): PolicyLayer | null =>
  !isActionClass(name) || !isRememberable(name) || state.policy.classes?.[name] === "allow"
    ? null
    : { ...state.policy, classes: { ...state.policy.classes, [name]: "allow" } }
