import * as Schema from "effect/Schema"

/**
 * What an action of an agent is, from harmless to grave: of several things that one command does, the last in this list
 * among those with the strictest answer names it.
 */
export const actionClasses = [
  "read",
  "agent-tool",
  "git-local",
  "git-fetch",
  "temporary-files",
  "workspace-write",
  "delete-in-workspace",
  "process",
  "network-local",
  "container",
  "project-script",
  "install-project",
  "read-outside-workspace",
  "unknown",
  "inline-code",
  "database-write",
  "network-egress",
  "git-push",
  "publish",
  "install-system",
  "write-outside-workspace",
  "obfuscated",
  "git-history",
  "wipe-workspace",
  "delete-outside-workspace",
  "infrastructure",
  "database-destroy",
  "anti-forensics",
  "persistence",
  "code-from-network",
  "credentials",
  "resource",
  "system",
  "privilege",
  "disk",
] as const

export const ActionClass = Schema.Literals(actionClasses)
export type ActionClass = typeof ActionClass.Type

/**
 * Whether a yes to one action of the class may be made to hold for the rest of its session. Not for what destroys, leaks or
 * escalates: there every single action is looked at.
 */
export const isRememberable = (name: ActionClass): boolean =>
  actionClasses.indexOf(name) < actionClasses.indexOf("obfuscated")

/** `ask` makes an approval of it; `deny` refuses without asking. */
export const PolicyAction = Schema.Literals(["allow", "ask", "deny"])
export type PolicyAction = typeof PolicyAction.Type

const SomeActions = Schema.Record(Schema.String, PolicyAction).check(
  Schema.makeFilter((actions: Readonly<Record<string, PolicyAction>>) => {
    const stranger = Object.keys(actions).find((name) => !isActionClass(name))
    return stranger === undefined ? undefined : `there is no class ${JSON.stringify(stranger.slice(0, 100))}`
  }),
)

/** Whether there is a class of that name. */
export const isActionClass = (name: string): name is ActionClass =>
  actionClasses.some((known) => known === name)

/**
 * A layer of the policy: what an installation, a user or a session wants otherwise than the layer around it. Classes that
 * it does not name stay as they are.
 */
export const PolicyLayer = Schema.Struct({
  /** By class, what happens with an agent's action. */
  classes: Schema.optionalKey(SomeActions),
  /** By class, what happens with a command that the user wrote himself (driver `shell`), where it differs. */
  ownRequests: Schema.optionalKey(SomeActions),
})
export type PolicyLayer = typeof PolicyLayer.Type

/** The whole policy that an action is judged by: every class has an answer. */
export const Policy = Schema.Struct({
  classes: Schema.Record(ActionClass, PolicyAction),
  /** Answers for commands that the user wrote himself; a class not named here has that of `classes`. */
  ownRequests: SomeActions,
})
export type Policy = typeof Policy.Type

const allowedByDefault: ReadonlySet<ActionClass> = new Set([
  "read",
  "agent-tool",
  "git-local",
  "git-fetch",
  "temporary-files",
  "workspace-write",
  "delete-in-workspace",
  "process",
  "network-local",
  "container",
  "project-script",
  "install-project",
])

/** What holds where nobody said otherwise: ordinary work in the workspace is allowed, all else asks. */
export const defaultPolicy: Policy = {
  classes: recordOf((name) => (allowedByDefault.has(name) ? "allow" : "ask")),
  ownRequests: {
    unknown: "allow",
    "inline-code": "allow",
    "network-egress": "allow",
    "read-outside-workspace": "allow",
    "database-write": "allow",
    "git-push": "allow",
  },
}

/**
 * The policy of an installation, overlaid by a user's and a session's layer, in that order. A narrower layer may always be
 * stricter; it may be laxer only where the wider ones do not deny.
 */
export const mergePolicies = (base: Policy, ...layers: ReadonlyArray<PolicyLayer>): Policy =>
  layers.reduce<Policy>(
    (wide, layer) => ({
      classes: recordOf((name) => narrowed(wide.classes[name], layer.classes?.[name])),
      ownRequests: mergeOwn(wide, layer),
    }),
    base,
  )

/** What the policy says to a class. */
export const actionFor = (policy: Policy, name: ActionClass): PolicyAction => policy.classes[name]

/** What the policy says to a class when the user wrote the command himself: never laxer than a `deny`. */
export const ownActionFor = (policy: Policy, name: ActionClass): PolicyAction =>
  narrowed(policy.classes[name], policy.ownRequests[name])

const narrowed = (wide: PolicyAction, narrow: PolicyAction | undefined): PolicyAction =>
  narrow === undefined || wide === "deny" ? wide : narrow

const mergeOwn = (wide: Policy, layer: PolicyLayer): Policy["ownRequests"] => {
  const merged: Record<string, PolicyAction> = { ...wide.ownRequests }
  for (const name of actionClasses) {
    const stricter = layer.classes?.[name]
    const own = layer.ownRequests?.[name]
    const before = merged[name]
    if (own !== undefined) merged[name] = before === "deny" ? "deny" : own
    // What a narrower layer asks or denies in general holds for the user's own commands too, unless it says so itself.
    else if (before !== undefined && stricter !== undefined && strictness(stricter) > strictness(before))
      merged[name] = stricter
  }
  return merged
}

const strictness = (action: PolicyAction): number => ["allow", "ask", "deny"].indexOf(action)

function recordOf(action: (name: ActionClass) => PolicyAction): Record<ActionClass, PolicyAction> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every class is a key, which fromEntries does not say
  return Object.fromEntries(actionClasses.map((name) => [name, action(name)])) as Record<
    ActionClass,
    PolicyAction
  >
}
