import { clientNetwork, isLoopback } from "./clientAddress.ts"
import { RateLimit } from "./RateLimit.ts"
import type { SmtpLimits } from "./SmtpLimits.ts"
import { SmtpReply } from "./SmtpReply.ts"

type Limits = Pick<
  SmtpLimits,
  "connections" | "connectionsPerMinute" | "connectionsPerNetwork" | "rememberedClients"
>

/** How many connections are open, in all and by network, and how often each network comes. */
export class ConnectionLimits {
  readonly #limits: Limits
  readonly #rate: RateLimit
  readonly #counts = new Map<string, number>()
  #open = 0

  constructor(limits: Limits) {
    this.#limits = limits
    this.#rate = new RateLimit(limits.connectionsPerMinute, limits.rememberedClients)
  }

  get open(): number {
    return this.#open
  }

  /** Counts a connection until it is given to `close`; or says why it is not wanted, and counts nothing. */
  admit(address: string, nowMillis: number): SmtpReply | null {
    if (this.#open >= this.#limits.connections)
      return new SmtpReply(421, "4.3.2 Too many connections, try again in a moment")
    const network = clientNetwork(address)
    const count = this.#counts.get(network) ?? 0
    if (count >= this.#limits.connectionsPerNetwork)
      return new SmtpReply(421, "4.7.0 Too many connections from your address, try again later")
    const seconds = isLoopback(address) ? 0 : this.#rate.take(network, nowMillis)
    if (seconds > 0)
      return new SmtpReply(421, `4.7.0 Your address connects too often, try again in ${seconds} s`)
    this.#counts.set(network, count + 1)
    this.#open++
    return null
  }

  close(address: string): void {
    const network = clientNetwork(address)
    const count = (this.#counts.get(network) ?? 1) - 1
    if (count > 0) this.#counts.set(network, count)
    else this.#counts.delete(network)
    this.#open--
  }
}
