import { partitionCount, partitionOf } from "@maillm/schema/Subjects"
import { Counter } from "@maillm/actors/examples/counter"

/** Pause between two probes of a partition. */
const pauseMillis = 10

type Ask = (actor: string, commandId: string) => Promise<unknown>
type Questions = Readonly<Record<string, (question: Readonly<Record<string, unknown>>) => Promise<object>>>

/**
 * One actor in each partition, asked again and again; remembers when each partition first answered a command sent
 * after the moment in question. Times are milliseconds since 1970, comparable on one machine.
 */
export class Probes {
  readonly #ask: Ask
  readonly #answeredAt = Array.from({ length: partitionCount }, () => 0)
  #after = Number.POSITIVE_INFINITY
  #stop = false
  #running: Promise<unknown> = Promise.resolve()

  constructor(ask: Ask) {
    this.#ask = ask
  }

  readonly handlers: Questions = {
    "probes-start": async () => {
      this.#stop = false
      this.#running = Promise.all(this.#answeredAt.map((_, partition) => this.#loop(partition)))
      return {}
    },
    "probes-after": async ({ millis }) => {
      this.#answeredAt.fill(0)
      this.#after = Number(millis)
      return {}
    },
    "probes-seen": async () => ({ answeredAt: this.#answeredAt }),
    "probes-stop": async () => {
      this.#stop = true
      await this.#running
      return {}
    },
  }

  async #loop(partition: number) {
    const actor = actorIn(partition)
    for (let n = 0; !this.#stop; n++) {
      const sentAt = Date.now()
      // An answer that did not come in time is asked for again under the same id.
      while (!(await this.#asked(actor, `probe-${partition}-${sentAt}-${n}`)) && !this.#stop);
      if (sentAt >= this.#after && this.#answeredAt[partition] === 0) this.#answeredAt[partition] = Date.now()
      await new Promise((resolve) => setTimeout(resolve, pauseMillis))
    }
  }

  #asked(actor: string, commandId: string) {
    return this.#ask(actor, commandId).then(
      () => true,
      () => new Promise<boolean>((resolve) => setTimeout(() => resolve(false), pauseMillis)),
    )
  }
}

const actorIn = (partition: number): string => {
  for (let i = 0; ; i++) if (partitionOf(Counter.kind, `p${i}`) === partition) return `p${i}`
}
