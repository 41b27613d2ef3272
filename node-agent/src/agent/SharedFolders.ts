/** Which turns work in the same folder at the same time, as far as this process has seen. */
export class SharedFolders {
  /** Turns by the user and folder that they work in. */
  private readonly working = new Map<string, Set<string>>()
  private readonly shared = new Set<string>()

  /** The turn works there from now on. Once more is harmless. */
  begin(userId: string, folder: string, turnId: string) {
    const key = keyOf(userId, folder)
    const turns = this.working.get(key) ?? new Set()
    turns.add(turnId)
    this.working.set(key, turns)
    if (turns.size > 1) for (const other of turns) this.shared.add(other)
  }

  /** The turn has ended; answers whether another one worked there meanwhile. */
  end(userId: string, folder: string, turnId: string): boolean {
    const key = keyOf(userId, folder)
    const turns = this.working.get(key)
    turns?.delete(turnId)
    if (turns?.size === 0) this.working.delete(key)
    return this.shared.delete(turnId)
  }
}

const keyOf = (userId: string, folder: string) => `${userId}\0${folder}`
