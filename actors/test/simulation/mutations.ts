/** A fault that a change of the code could bring in, as a replacement of text in a copy of it. */
export interface Mutation {
  readonly name: string
  /** Why the text stands where it does, if that is not obvious. */
  readonly changes: ReadonlyArray<{ readonly file: string; readonly from: string; readonly to: string }>
}

const cell = "src/runtime/LiveActor.ts"
const decider = "src/runtime/CommandDecider.ts"
const model = "test/simulation/ModelActorStore.ts"

/**
 * Every one of these must be found by the simulation. Where production code stands behind a port that the simulation
 * has its own side of (the store, the sender), that side is changed.
 */
export const mutations: ReadonlyArray<Mutation> = [
  {
    name: "a commit carries no expectation",
    changes: [
      {
        file: model,
        from: `headers: [["Nats-Expected-Last-Subject-Sequence", String(expectedSeq)]]`,
        to: `headers: expectedSeq < 0 ? [["x", "y"]] : []`,
      },
    ],
  },
  {
    name: "the source is answered before its command is stored",
    changes: [
      {
        file: "test/simulation/SimulatedClient.ts",
        from: `sent.outcome = "unknown"`,
        to: `sent.outcome = "acked"`,
      },
    ],
  },
  {
    // The ids of recent commands are a second guard behind the position: with it, a repeat changes nothing.
    name: "a command is handled whatever its position",
    changes: [
      { file: cell, from: "delivered.seq > this.#commandSeq", to: "delivered.seq > 0" },
      {
        file: decider,
        from: "present.recent.sequenceOf(commandId) !== undefined",
        to: "present.recent.ids.length < 0",
      },
    ],
  },
  {
    name: "a command is handled whatever its id",
    changes: [
      {
        file: decider,
        from: "present.recent.sequenceOf(commandId) !== undefined",
        to: "present.recent.ids.length < 0",
      },
    ],
  },
  {
    // There is no record that only says that an owner begins: who finds a higher epoch in the journal lets go.
    name: "an owner goes on behind a record of a higher epoch",
    changes: [{ file: cell, from: "record.epoch > owner.epoch", to: "record.epoch < 0" }],
  },
  {
    name: "receivers ignore the epoch",
    changes: [
      {
        file: "src/nats/EpochFence.ts",
        from: "seen.epoch > epoch && seen.sequence < sequence",
        to: "seen.epoch < 0 && seen.sequence < sequence - epoch",
      },
    ],
  },
  {
    name: "an effect carries the epoch of the host that hands it on",
    changes: [{ file: cell, from: "String(committed.epoch)", to: "String(this.#parts.owner.epoch)" }],
  },
  {
    name: "a host is taken for dead after 0 s",
    changes: [{ file: "src/runtime/LeaseTable.ts", from: "expireMillis: 8_000", to: "expireMillis: 0" }],
  },
  {
    name: "a commit without an answer is taken for done",
    changes: [
      {
        file: cell,
        from: "onFailure: () =>",
        to: `onFailure: (failure) => failure._tag === "StoreFailed" ? Effect.succeed(this.#accept(prepared, this.#evtSeq + 1)) :`,
      },
    ],
  },
  {
    name: "a snapshot is believed whatever its hash",
    changes: [
      {
        file: "src/runtime/Snapshot.ts",
        from: "stored.sha256 !== digest(",
        to: `stored.sha256 === "" + digest(`,
      },
    ],
  },
  {
    name: "a commit carries a message id",
    changes: [
      {
        file: model,
        from: `headers: [["Nats-Expected-Last-Subject-Sequence", String(expectedSeq)]]`,
        to: `headers: [["Nats-Expected-Last-Subject-Sequence", String(expectedSeq)], ["Nats-Msg-Id", JSON.parse(data).commandId]]`,
      },
    ],
  },
  {
    name: "a command is released before its effects are handed on",
    changes: [
      {
        file: cell,
        from: "if (committed.effects.length > 0) yield* this.#handOn(committed)",
        to: "if (committed.effects.length > 0) yield* Effect.forkDetach(this.#handOn(committed))",
      },
    ],
  },
]
