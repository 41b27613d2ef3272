import * as Schema from "effect/Schema"
import { commandSubject } from "@maillm/schema/Subjects"
import { Wake } from "../../src/runtime/CoreEffect.ts"
import type { Cluster } from "./Cluster.ts"
import type { Published, StoredMessage } from "./ModelStream.ts"
import { SimulatedProcess } from "./SimulatedProcess.ts"
import { epochStartMillis, millis, seconds } from "./World.ts"

const decodeWake = Schema.decodeUnknownSync(Wake)

/** Schedules of the TIMER stream and the relay that makes commands of them when they fire: WakeRelay's part. */
export class SimulatedTimers {
  readonly #cluster: Cluster
  readonly #process: SimulatedProcess
  /** Sequence of the schedule that stands on a subject: a later one replaces it. */
  readonly #standing = new Map<string, number>()
  #position = 0
  #waking = 0

  constructor(cluster: Cluster) {
    this.#cluster = cluster
    this.#process = new SimulatedProcess(cluster.world, "relay")
    cluster.streams.TIMER.onChange(() => this.#follow())
  }

  get idle() {
    return this.#standing.size === 0 && this.#waking === 0
  }

  #follow() {
    const { TIMER } = this.#cluster.streams
    for (const schedule of TIMER.messages) {
      if (schedule.sequence <= this.#position) continue
      this.#position = schedule.sequence
      TIMER.remove(this.#standing.get(schedule.subject) ?? 0)
      this.#standing.set(schedule.subject, schedule.sequence)
      this.#waitFor(schedule)
    }
  }

  #waitFor(schedule: StoredMessage) {
    const { world, streams } = this.#cluster
    const at = Date.parse(schedule.headers.get("Nats-Schedule")?.replace("@at ", "") ?? "")
    world.after(millis(at - epochStartMillis) - world.now, () => {
      if (this.#standing.get(schedule.subject) !== schedule.sequence) return
      if (!streams.TIMER.led) {
        world.after(seconds(1), () => this.#waitFor(schedule))
        return
      }
      streams.TIMER.remove(schedule.sequence)
      this.#standing.delete(schedule.subject)
      world.saw("timer fired")
      this.#waking++
      this.#wake(schedule)
    })
  }

  #wake(schedule: StoredMessage) {
    const { CMD } = this.#cluster.streams
    const [, , kind = "", id = ""] = schedule.subject.split(".")
    const { timer, generation } = decodeWake(schedule.data)
    const commandId = `timer/${timer}/${generation}`
    const command = { _tag: "TimerFired", timer, generation }
    const message = {
      subject: commandSubject(kind, id),
      data: JSON.stringify({ v: 1, commandId, sentAtMillis: 0, command }),
      headers: [["Nats-Msg-Id", `${kind}.${id}/${commandId}`]],
    } as const
    this.#cluster.request<Published>(
      this.#process,
      CMD,
      `wake ${commandId}`,
      (answer) => CMD.publish(message, answer),
      (published) => {
        if (published !== null && "sequence" in published) this.#waking--
        else this.#process.timer(seconds(1), () => this.#wake(schedule))
      },
    )
  }
}
