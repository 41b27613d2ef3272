import * as Schema from "effect/Schema"
import { describe, expect, it } from "vitest"
import {
  Policy,
  PolicyLayer,
  actionClasses,
  actionFor,
  defaultPolicy,
  mergePolicies,
  ownActionFor,
} from "./Policy.ts"

describe("the layers of a policy", () => {
  it("lets a narrower layer be stricter", () => {
    const merged = mergePolicies(
      defaultPolicy,
      { classes: { read: "ask" } },
      { classes: { "git-push": "deny" } },
    )
    expect(actionFor(merged, "read")).toBe("ask")
    expect(actionFor(merged, "git-push")).toBe("deny")
    expect(actionFor(merged, "workspace-write")).toBe("allow")
  })

  it("lets a narrower layer be laxer than an ask, never than a deny", () => {
    const merged = mergePolicies(
      defaultPolicy,
      { classes: { privilege: "deny" } },
      { classes: { privilege: "allow", publish: "allow" } },
    )
    expect(actionFor(merged, "privilege")).toBe("deny")
    expect(actionFor(merged, "publish")).toBe("allow")
  })

  it("holds a deny against what the user writes himself", () => {
    const merged = mergePolicies(
      defaultPolicy,
      { classes: { "network-egress": "deny" } },
      { ownRequests: { "network-egress": "allow" } },
    )
    expect(ownActionFor(merged, "network-egress")).toBe("deny")
    expect(ownActionFor(defaultPolicy, "network-egress")).toBe("allow")
    expect(ownActionFor(defaultPolicy, "privilege")).toBe("ask")
  })

  it("makes the user's own commands stricter along with the agent's", () => {
    const merged = mergePolicies(defaultPolicy, { classes: { "network-egress": "ask" } })
    expect(ownActionFor(merged, "network-egress")).toBe("ask")
  })

  it("answers for every class, and no layer names one that there is not", () => {
    expect(Object.keys(defaultPolicy.classes)).toHaveLength(actionClasses.length)
    expect(Schema.decodeUnknownSync(Policy)(defaultPolicy)).toEqual(defaultPolicy)
    expect(() => Schema.decodeUnknownSync(PolicyLayer)({ classes: { reed: "allow" } })).toThrow(/reed/)
    expect(() => Schema.decodeUnknownSync(PolicyLayer)({ classes: { read: "maybe" } })).toThrow()
  })
})
