/** What a package of the workspace may import. */
export interface DependencyRule {
  /** Prefixes of the workspace's own modules. */
  readonly own: ReadonlyArray<string>
  /** The only foreign packages; any that its package.json lists, unless given. */
  readonly foreign?: ReadonlyArray<string>
}

const actorsForOthers = [
  "@maillm/actors/nats/",
  "@maillm/actors/client/",
  "@maillm/actors/readmodel/",
  "@maillm/actors/policy/",
]

/** The direction of dependencies: down this list never up, and of the actors only what others may speak to. */
export const dependencyRules: Readonly<Record<string, DependencyRule>> = {
  schema: { own: [], foreign: ["effect"] },
  // Its examples import it as others would.
  actors: { own: ["@maillm/schema/", "@maillm/actors/"] },
  gateway: { own: ["@maillm/schema/", ...actorsForOthers] },
  "node-agent": { own: ["@maillm/schema/", ...actorsForOthers] },
  ui: { own: ["@maillm/schema/"] },
  deploy: { own: ["@maillm/"] },
}
