import { recentCommandLimit } from "./Snapshot.ts"

/** The commands an actor handled last, with the sequences of their records, oldest first. */
export class RecentCommands {
  #sequences = new Map<string, number>()

  /** The EVT sequence of the command's record; undefined when it is not among the recent ones. */
  sequenceOf(commandId: string): number | undefined {
    return this.#sequences.get(commandId)
  }

  add(commandId: string, sequence: number): void {
    this.#sequences.set(commandId, sequence)
    if (this.#sequences.size <= recentCommandLimit) return
    for (const oldest of this.#sequences.keys()) {
      this.#sequences.delete(oldest)
      break
    }
  }

  /** `sequences` may be missing in an old snapshot: then only the ids are known, with 0 for their places. */
  restore(ids: ReadonlyArray<string>, sequences: ReadonlyArray<number>): void {
    this.#sequences = new Map(ids.map((id, index) => [id, sequences[index] ?? 0]))
  }

  get ids(): ReadonlyArray<string> {
    return [...this.#sequences.keys()]
  }

  get sequences(): ReadonlyArray<number> {
    return [...this.#sequences.values()]
  }
}
