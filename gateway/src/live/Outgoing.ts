/** Bytes that may wait for a socket that reads slowly; what comes on top is dropped and told. */
export const outgoingLimitBytes = 1024 * 1024

/** The part of engine.io's socket that says when it has handed on what waited. */
interface Connection {
  readonly on: (event: "drain", listener: () => void) => unknown
}

/**
 * Bytes given to a socket that its transport has not taken yet. The transport takes all that waits at once
 * (engine.io's `drain`), and takes nothing while the kernel's buffer is full, so this grows only for a reader
 * that is too slow.
 */
export class Outgoing {
  #waitingBytes = 0
  readonly #whenDrained = new Set<() => void>()

  constructor(connection: Connection) {
    connection.on("drain", () => {
      this.#waitingBytes = 0
      const callbacks = [...this.#whenDrained]
      this.#whenDrained.clear()
      for (const callback of callbacks) callback()
    })
  }

  /** Counts and sends when there is room; false when there is not, and nothing is sent. */
  send(bytes: number, emit: () => void): boolean {
    if (this.#waitingBytes + bytes > outgoingLimitBytes) return false
    this.#waitingBytes += bytes
    emit()
    return true
  }

  /** Calls back once, when the transport has taken what waits. */
  onceDrained(callback: () => void): void {
    this.#whenDrained.add(callback)
  }
}
