/** Open connections by client address, and the deadline of each. Ids are those of smtp-server's sessions. */
export class ConnectionLimits {
  readonly #perAddress: number
  readonly #deadlineMillis: number
  readonly #counts = new Map<string, number>()
  readonly #open = new Map<string, { readonly address: string; readonly timer: NodeJS.Timeout }>()

  constructor(perAddress: number, deadlineMillis: number) {
    this.#perAddress = perAddress
    this.#deadlineMillis = deadlineMillis
  }

  /** False when this address has too many already. Otherwise `onDeadline` is called when its time is over. */
  open(id: string, address: string, onDeadline: () => void): boolean {
    const count = this.#counts.get(address) ?? 0
    if (count >= this.#perAddress) return false
    this.#counts.set(address, count + 1)
    const timer = setTimeout(onDeadline, this.#deadlineMillis)
    timer.unref()
    this.#open.set(id, { address, timer })
    return true
  }

  /** Safe to call for one that was never open. */
  close(id: string): void {
    const entry = this.#open.get(id)
    if (entry === undefined) return
    this.#open.delete(id)
    clearTimeout(entry.timer)
    const count = (this.#counts.get(entry.address) ?? 1) - 1
    if (count > 0) this.#counts.set(entry.address, count)
    else this.#counts.delete(entry.address)
  }
}
