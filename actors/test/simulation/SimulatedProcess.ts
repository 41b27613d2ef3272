import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as Logger from "effect/Logger"
import * as Random from "effect/Random"
import * as References from "effect/References"
import * as Scheduler from "effect/Scheduler"
import { epochStartMillis } from "./World.ts"
import type { World } from "./World.ts"

/**
 * One process: its fibers run on the world's time, and stop when it is killed or paused. A killed one never runs
 * again and nothing of it reaches anybody; a paused one finds its timers due and its input waiting afterwards.
 */
export class SimulatedProcess {
  readonly name: string
  readonly world: World
  readonly context: Context.Context<never>
  #alive = true
  #running = false
  #paused = false
  /** What happened to it while it was paused. */
  #due: Array<() => void> = []
  #input: Array<() => void> = []
  readonly #ready: Array<() => void> = []
  /** How far its wall clock is from the world's, milliseconds. */
  wallOffsetMillis = 0

  constructor(world: World, name: string) {
    this.world = world
    this.name = name
    this.context = Context.empty().pipe(
      Context.add(Scheduler.Scheduler, this.#scheduler()),
      Context.add(Clock.Clock, this.#clock()),
      Context.add(Random.Random, world.random),
      Context.add(Logger.CurrentLoggers, new Set(world.traced ? [this.#logger()] : [])),
      Context.add(References.MinimumLogLevel, world.traced ? "Info" : "None"),
    )
  }

  get alive() {
    return this.#alive
  }

  get paused() {
    return this.#paused
  }

  /** Starts a program in this process. Answers how to end it in order. */
  fork<A>(program: Effect.Effect<A>): () => void {
    let fiber: Fiber.Fiber<A> | null = null
    this.receive(() => {
      fiber = Effect.runForkWith(this.context)(program)
      fiber.addObserver((exit) => {
        if (Exit.isFailure(exit) && !Cause.hasInterruptsOnly(exit.cause)) {
          this.world.fail("crashed", `${this.name}: ${Cause.pretty(exit.cause)}`)
        }
      })
    })
    return () => this.receive(() => fiber?.interruptUnsafe())
  }

  /** Something from outside reaches the process. */
  receive(run: () => void): void {
    if (!this.#alive) return
    if (this.#paused) this.#input.push(run)
    else this.#enter(run)
  }

  kill(): void {
    this.world.note(() => `${this.name} killed`)
    this.world.saw("killed")
    this.#alive = false
    this.#ready.length = 0
  }

  pause(): void {
    if (!this.#alive || this.#paused) return
    this.world.note(() => `${this.name} paused`)
    this.world.saw("paused")
    this.#paused = true
  }

  /** Timers that are due and input that has waited run in an order that nobody knows, each of them in its own. */
  resume(): void {
    if (!this.#paused) return
    this.world.note(() => `${this.name} goes on`)
    this.#paused = false
    const [due, input] = [this.#due, this.#input]
    this.#due = []
    this.#input = []
    const whole = this.world.random.chance(0.5) ? [...input, ...due] : [...due, ...input]
    this.#enter(() => undefined)
    for (const run of whole) this.receive(run)
  }

  /** Does something after a while by this process's clock. Answers how to prevent it. */
  timer(delay: number, run: () => void): () => void {
    let live = true
    const cancel = this.world.after(delay, () => {
      const fire = () => {
        if (live) run()
      }
      if (!this.#alive) return
      if (this.#paused) this.#due.push(fire)
      else this.#enter(fire)
    })
    return () => {
      live = false
      cancel()
    }
  }

  #enter(run: () => void) {
    if (this.#running) {
      this.#ready.push(run)
      return
    }
    this.#running = true
    run()
    // What was paused in the middle goes on from here.
    while (!this.#paused && this.#alive) {
      const task = this.#ready.shift()
      if (task === undefined) break
      task()
    }
    this.#running = false
  }

  #scheduler(): Scheduler.Scheduler {
    const budget = new Scheduler.MixedScheduler("sync")
    const scheduleTask = (task: () => void) => {
      this.#ready.push(task)
      // A task that comes from outside of a run of this process would otherwise wait for its next event.
      if (!this.#running) this.world.after(0, () => this.receive(() => undefined))
    }
    return {
      executionMode: "async",
      shouldYield: (fiber) => budget.shouldYield(fiber),
      makeDispatcher: () => ({ scheduleTask, flush: () => undefined }),
    }
  }

  #clock(): Clock.Clock {
    const { world } = this
    const wallMillis = () => epochStartMillis + Math.floor(world.now / 1_000) + this.wallOffsetMillis
    const monotonicNanos = () => BigInt(world.now) * 1_000n
    const wallNanos = () => BigInt(wallMillis()) * 1_000_000n
    return {
      currentTimeMillisUnsafe: wallMillis,
      currentTimeMillis: Effect.sync(wallMillis),
      currentTimeNanosUnsafe: wallNanos,
      currentTimeNanos: Effect.sync(wallNanos),
      monotonicTimeNanosUnsafe: monotonicNanos,
      monotonicTimeNanos: Effect.sync(monotonicNanos),
      sleep: (duration) => {
        const waitMillis = Duration.toMillis(duration)
        if (!Number.isFinite(waitMillis)) return Effect.never
        return Effect.callback<void>((resume) => {
          const cancel = this.timer(waitMillis * 1_000, () => resume(Effect.void))
          return Effect.sync(cancel)
        })
      },
    }
  }

  #logger() {
    return Logger.make(({ message, logLevel }) => {
      const words = Array.isArray(message) ? message.map(String).join(" ") : String(message)
      this.world.note(() => `${this.name} ${logLevel}: ${words}`)
    })
  }
}
