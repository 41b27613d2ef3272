import * as Effect from "effect/Effect"
import type { ProjectorStatus } from "../readmodel/ProjectorStatus.ts"

/** Waits at the same time; one more is answered at once that it has not come. */
const waitersMax = 10_000

interface Waiter {
  readonly sequence: number
  readonly done: () => void
}

/** Where the projector is, and who waits for it to get somewhere. */
export class Progress {
  private position = 0
  private end = 0
  private skippedCount = 0
  private error: string | null = null
  private readonly waiters = new Set<Waiter>()

  /** The model is folded up to `position`, of a stream that is known to reach to `end`. */
  moveTo(position: number, end: number) {
    this.position = position
    this.end = Math.max(position, end)
    for (const waiter of this.waiters) if (waiter.sequence <= position) waiter.done()
  }

  skip() {
    this.skippedCount++
  }

  fail(reason: string | null) {
    this.error = reason
  }

  readonly status = (): ProjectorStatus["Service"] => {
    const error = () => this.error
    return {
      position: () => this.position,
      lag: () => this.end - this.position,
      skipped: () => this.skippedCount,
      get lastError() {
        return error()
      },
      waitFor: (sequence, timeoutMillis) =>
        this.reached(sequence).pipe(
          Effect.timeoutOrElse({ duration: timeoutMillis, orElse: () => Effect.succeed(false) }),
        ),
    }
  }

  private reached(sequence: number) {
    return Effect.callback<boolean>((resume) => {
      if (sequence <= this.position) return resume(Effect.succeed(true))
      if (this.waiters.size >= waitersMax) return resume(Effect.succeed(false))
      const waiter: Waiter = {
        sequence,
        done: () => {
          this.waiters.delete(waiter)
          resume(Effect.succeed(true))
        },
      }
      this.waiters.add(waiter)
      return Effect.sync(() => this.waiters.delete(waiter))
    })
  }
}
