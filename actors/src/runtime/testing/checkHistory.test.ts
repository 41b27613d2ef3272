import { describe, expect, it } from "vitest"
import { checkHistory } from "./checkHistory.ts"
import type { Rule } from "./checkHistory.ts"
import type { Attempt, CarriedOut, Commit, History } from "./History.ts"

const attempt = (index: number, changes: Partial<Attempt> = {}): Attempt => ({
  commandId: `c${index}`,
  actor: "counter.a",
  client: "one",
  index,
  sentAtMillis: index * 10,
  answeredAtMillis: index * 10 + 5,
  outcome: "acked",
  sequence: index * 3,
  reply: index,
  ...changes,
})

const commit = (index: number, changes: Partial<Commit> = {}): Commit => ({
  sequence: index * 2,
  actor: "counter.a",
  commandSequence: index * 3,
  commandId: `c${index}`,
  epoch: 7,
  previousSequence: index * 2 - 2,
  host: "h1",
  effectIds: [`counter.a/${index * 2}/0`],
  ...changes,
})

const carriedOut = (index: number, changes: Partial<CarriedOut> = {}): CarriedOut => ({
  receiver: "node n1",
  effectId: `counter.a/${index * 2}/0`,
  actor: "counter.a",
  epoch: 7,
  order: index,
  ...changes,
})

/** Three commands to one counter, each with an effect: nothing is wrong with it. */
const clean: History = {
  attempts: [attempt(1), attempt(2), attempt(3)],
  commits: [commit(1), commit(2), commit(3)],
  effects: [carriedOut(1), carriedOut(2), carriedOut(3)],
  finals: [{ client: "one", outcome: "acked" }],
}

/** A second client at a second actor, all of whose outcomes are unknown, and one refused. */
const unknown: History = {
  ...clean,
  attempts: [
    ...clean.attempts,
    attempt(4, {
      client: "two",
      actor: "counter.b",
      outcome: "unknown",
      answeredAtMillis: null,
      reply: null,
    }),
    attempt(5, {
      client: "two",
      actor: "counter.b",
      outcome: "unknown",
      answeredAtMillis: null,
      reply: null,
    }),
    attempt(6, {
      client: "two",
      actor: "counter.b",
      outcome: "refused",
      answeredAtMillis: null,
      reply: null,
    }),
  ],
  commits: [
    ...clean.commits,
    // The later one was stored first, the earlier one much later: nobody was told either.
    commit(5, { actor: "counter.b", previousSequence: 0, effectIds: [] }),
    commit(6, { actor: "counter.b", commandId: "c4", effectIds: [] }),
  ],
  finals: [...clean.finals, { client: "two", outcome: "acked" }],
}

/** A successor's effect that stands later in the stream and was quicker: the dead owner's is still good. */
const outOfOrder: History = {
  ...clean,
  commits: [commit(1), commit(2), commit(3, { epoch: 9 })],
  effects: [carriedOut(1), carriedOut(3, { epoch: 9 }), carriedOut(2)],
}

const planted: ReadonlyArray<readonly [name: string, rule: Rule, history: History]> = [
  [
    "an acked command that no record has",
    "lost",
    {
      ...clean,
      attempts: [...clean.attempts, attempt(4, { reply: null })],
    },
  ],
  [
    "one command in two records",
    "twice",
    { ...clean, commits: [...clean.commits, commit(4, { commandId: "c3", effectIds: [] })] },
  ],
  [
    "a record of a command that nobody sent",
    "unexpected",
    { ...clean, commits: [...clean.commits, commit(4, { effectIds: [] })] },
  ],
  [
    "a record of a command that was refused",
    "unexpected",
    {
      ...clean,
      attempts: [...clean.attempts, attempt(4, { outcome: "refused", answeredAtMillis: null, reply: null })],
      commits: [...clean.commits, commit(4, { effectIds: [] })],
    },
  ],
  [
    "a record in another actor's journal",
    "unexpected",
    {
      ...clean,
      attempts: [...clean.attempts, attempt(4, { actor: "counter.b", reply: null })],
      commits: [...clean.commits, commit(4, { effectIds: [] })],
    },
  ],
  [
    "nothing but errors",
    "liveness",
    {
      attempts: [attempt(1, { outcome: "unknown", answeredAtMillis: null, reply: null })],
      commits: [],
      effects: [],
      finals: clean.finals,
    },
  ],
  ["no operation at all", "liveness", { attempts: [], commits: [], effects: [], finals: [] }],
  [
    "a client that still fails after the heal",
    "liveness",
    { ...clean, finals: [...clean.finals, { client: "one", outcome: "unknown" }] },
  ],
  ["a client without operations after the heal", "liveness", { ...clean, finals: [] }],
  [
    "commands of an actor out of the mailbox's order",
    "order",
    { ...clean, commits: [commit(1), commit(2, { commandSequence: 99 }), commit(3)] },
  ],
  [
    "commands of one client out of its order",
    "order",
    {
      ...clean,
      attempts: [attempt(1, { reply: null }), attempt(2, { reply: null }), attempt(3)],
      commits: [commit(1, { commandId: "c2" }), commit(2, { commandId: "c1" }), commit(3)],
    },
  ],
  [
    "a record that does not follow the one before",
    "chain",
    { ...clean, commits: [commit(1), commit(2, { previousSequence: 0 }), commit(3)] },
  ],
  [
    "an older epoch after a newer one",
    "epoch",
    { ...clean, commits: [commit(1, { epoch: 6 }), commit(2), commit(3, { epoch: 6 })] },
  ],
  [
    "an answer that is not the count",
    "counter",
    { ...clean, attempts: [attempt(1), attempt(2), attempt(3, { reply: 2 })] },
  ],
  [
    "an operation that began after another was answered and comes before it",
    "real-time",
    {
      ...clean,
      attempts: [
        attempt(1, { reply: null }),
        attempt(2, { reply: null, client: "two", sentAtMillis: 1, answeredAtMillis: 2 }),
        attempt(3),
      ],
      finals: [...clean.finals, { client: "two", outcome: "acked" }],
    },
  ],
  [
    "an effect of an older owner after a newer one's",
    "stale-effect",
    {
      ...clean,
      commits: [commit(1), commit(2, { epoch: 6 }), commit(3)].map((entry) => ({ ...entry, epoch: 6 })),
      effects: [carriedOut(1), carriedOut(2), carriedOut(3, { epoch: 6 })],
    },
  ],
  [
    "a record's effect handed on by an owner older than it",
    "stale-effect",
    { ...clean, effects: [carriedOut(1, { epoch: 6 }), carriedOut(2), carriedOut(3)] },
  ],
  [
    "an effect carried out twice",
    "effect-twice",
    { ...clean, effects: [...clean.effects, carriedOut(3, { order: 4 })] },
  ],
  [
    "an effect that no record asks for",
    "unexpected-effect",
    { ...clean, effects: [...clean.effects, carriedOut(4)] },
  ],
  [
    "an effect under another actor's name",
    "unexpected-effect",
    { ...clean, effects: [carriedOut(1), carriedOut(2), carriedOut(3, { actor: "counter.b" })] },
  ],
  [
    "a record whose effect was never carried out",
    "missing-effect",
    { ...clean, effects: [carriedOut(1), carriedOut(2)] },
  ],
]

const rulesOf = (history: History) => [...new Set(checkHistory(history).map(({ rule }) => rule))]

describe("checkHistory", () => {
  it.each([
    ["of one client", clean],
    ["with outcomes that nobody knows", unknown],
    ["whose receiver works out of order", outOfOrder],
  ])("finds nothing in a clean history %s", (_, history) => {
    expect(checkHistory(history)).toEqual([])
  })

  it.each(planted)("%s breaks exactly the rule %s", (_, rule, history) => {
    expect(rulesOf(history)).toEqual([rule])
  })

  it("judges 20,000 commands of one client in well under a minute", { timeout: 20_000 }, () => {
    const indexes = Array.from({ length: 20_000 }, (_, i) => i + 1)
    const history: History = {
      attempts: indexes.map((index) => attempt(index)),
      commits: indexes.map((index) => commit(index)),
      effects: indexes.map((index) => carriedOut(index)),
      finals: clean.finals,
    }
    expect(checkHistory(history)).toEqual([])
  })
})
