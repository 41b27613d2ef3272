import { uptime } from "node:os"
import * as Schema from "effect/Schema"
import type { ApprovalAsk, ApprovalDecision } from "@maillm/schema/Approval"
import { readFileIfThere, writeFileAtomically } from "../files/atomicFile.ts"
import { ApprovalAnswer, approvalIdOf, ApprovalEntry, isOpen, untold } from "./ApprovalEntry.ts"

const Book = Schema.Struct({
  v: Schema.Literal(1),
  entries: Schema.Array(ApprovalEntry),
  /** Answers whose questions have not been asked here: only after a crash, and then one or two. */
  early: Schema.Array(ApprovalAnswer),
})
type Book = typeof Book.Type
const json = Schema.fromJsonString(Book)
const decode = Schema.decodeUnknownSync(json)
const encode = Schema.encodeSync(json)

/** Closed and told entries that are remembered; open ones always are. */
const closedLimit = 100
/** A turn that asks more than this is denied: the file holds all of them. */
export const openLimit = 100
const earlyLimit = 50

export type Question = Omit<ApprovalAsk, "approvalId" | "turnId"> & {
  readonly turnId: ApprovalEntry["turnId"]
}

/** Milliseconds since the machine was started: setting its clock changes nothing, and asleep it goes on. */
export const uptimeMillis = () => uptime() * 1_000

/**
 * The durable approvals of one session on this node. Each method resolves once the change is on disk; changes happen
 * one after another, and `onChange` is told of each.
 */
export class ApprovalBook {
  /** Called after a change is on disk. */
  onChange: () => void = () => undefined
  /** By which waits are measured, ms. */
  readonly clock: () => number
  private readonly path: string
  private book: Book
  private last: Promise<unknown> = Promise.resolve()
  /** By `clock`: when waiting approvals end, and when entries changed last. */
  private readonly ends = new Map<string, number>()
  private readonly changes = new Map<string, number>()
  private readonly openedAt: number

  private constructor(path: string, book: Book, clock: () => number) {
    this.path = path
    this.book = book
    this.clock = clock
    this.openedAt = clock()
    for (const { ask, state } of book.entries) if (state === "pending") this.waitFrom(ask, Date.now())
  }

  static async open(path: string, clock: () => number = uptimeMillis): Promise<ApprovalBook> {
    const content = await readFileIfThere(path)
    return new ApprovalBook(
      path,
      content === null ? { v: 1, entries: [], early: [] } : decode(content),
      clock,
    )
  }

  /** How long ago an entry changed last, ms; of one that another process has left, as if that was when this one began. */
  sinceChange(approvalId: string): number {
    return this.clock() - (this.changes.get(approvalId) ?? this.openedAt)
  }

  get entries(): ReadonlyArray<ApprovalEntry> {
    return this.book.entries
  }

  get(approvalId: string): ApprovalEntry | undefined {
    return this.book.entries.find(({ ask }) => ask.approvalId === approvalId)
  }

  /** The approval of this question: the one that is there, or a new one; null when too many are open. */
  ask(question: Question): Promise<ApprovalEntry | null> {
    return this.serially(async () => {
      const { inputHash, turnId } = question
      const approvalId = approvalIdOf(turnId, inputHash, this.consumed(turnId, inputHash))
      const found = this.get(approvalId)
      if (found !== undefined) return found
      if (this.book.entries.filter(isOpen).length >= openLimit) return null
      const answer = this.book.early.find((early) => early.approvalId === approvalId) ?? null
      const entry: ApprovalEntry = {
        ask: { ...question, approvalId },
        turnId,
        state: answer === null ? "pending" : answered(answer.decision),
        answer,
        handedOut: false,
        detail: "",
        callId: null,
        changedAtMillis: Date.now(),
        told: { asked: false, answered: false, closed: false },
      }
      this.waitFrom(entry.ask, entry.ask.askedAtMillis)
      await this.write({ ...this.book, entries: [...this.book.entries, entry] })
      return entry
    })
  }

  /** The approvals of a question that were used up by now. */
  consumedBy(turnId: string, inputHash: string, callId: string): ApprovalEntry | undefined {
    return this.book.entries.find(
      (entry) =>
        entry.turnId === turnId &&
        entry.ask.inputHash === inputHash &&
        entry.state === "consumed" &&
        entry.callId === callId,
    )
  }

  /** An answer from outside. The first one counts; one to a question that was not asked here yet is kept. */
  answer(answer: ApprovalAnswer): Promise<void> {
    return this.serially(async () => {
      const found = this.get(answer.approvalId)
      if (found === undefined) {
        if (this.book.early.some((early) => early.approvalId === answer.approvalId)) return
        await this.write({ ...this.book, early: [...this.book.early, answer].slice(-earlyLimit) })
      } else if (found.state === "pending") {
        await this.change(found, { state: answered(answer.decision), answer })
      }
    })
  }

  /** The dialog is about to be told that it is allowed, or did not get that. */
  handOut(approvalId: string, handedOut: boolean): Promise<void> {
    return this.serially(async () => {
      const found = this.get(approvalId)
      if (found?.state === "allowed") await this.change(found, { handedOut })
    })
  }

  /** What was allowed has begun, by the agent's call `callId`. False when it is not (any more) allowed. */
  consume(approvalId: string, callId: string | null, detail: string): Promise<boolean> {
    return this.serially(async () => {
      const found = this.get(approvalId)
      if (found?.state !== "allowed") return false
      await this.change(found, { state: "consumed", callId: callId?.slice(0, 200) ?? null, detail })
      return true
    })
  }

  /** The agent's call that had used it up, where that was seen later. */
  noteCall(approvalId: string, callId: string | null): Promise<void> {
    return this.serially(async () => {
      const found = this.get(approvalId)
      if (found?.state === "consumed") await this.change(found, { callId: callId?.slice(0, 200) ?? null })
    })
  }

  /** Denies what waited for `graceMillis` longer than it was to. */
  expire(graceMillis: number): Promise<void> {
    return this.serially(async () => {
      const since = this.clock() - graceMillis
      const late = this.book.entries.filter(
        ({ state, ask }) => state === "pending" && (this.ends.get(ask.approvalId) ?? since) <= since,
      )
      for (const entry of late) {
        const { approvalId } = entry.ask
        const answer = { approvalId, decision: "deny", by: "nobody", via: null, note: "" } as const
        await this.change(entry, { state: "denied", answer, detail: "nobody answered in time" })
      }
    })
  }

  /** The turn is over: nobody needs its answers any more. What its dialog was told to allow has begun, seen or not. */
  cancelTurn(turnId: string, detail: string): Promise<void> {
    return this.serially(async () => {
      for (const entry of this.book.entries.filter((one) => one.turnId === turnId && isOpen(one)))
        await this.change(
          entry,
          entry.state === "allowed" && entry.handedOut
            ? { state: "consumed", detail: "it was allowed in the dialog" }
            : { state: "cancelled", detail },
        )
    })
  }

  /** The first entry with something that the session actor has not been told. */
  nextUntold(): { readonly entry: ApprovalEntry; readonly what: "asked" | "answered" | "closed" } | null {
    for (const entry of this.book.entries) {
      const what = untold(entry)
      if (what !== null) return { entry, what }
    }
    return null
  }

  markTold(approvalId: string, what: "asked" | "answered" | "closed"): Promise<void> {
    return this.serially(async () => {
      const found = this.get(approvalId)
      if (found === undefined) return
      const told = { ...found.told, [what]: true }
      await this.write(forget(replace(this.book, { ...found, told })))
      for (const id of [...this.ends.keys(), ...this.changes.keys()])
        if (this.get(id) === undefined) {
          this.ends.delete(id)
          this.changes.delete(id)
        }
    })
  }

  /** Its time goes on from what is left of it at `nowMillis` of the host's clock, which is not asked again. */
  private waitFrom({ approvalId, askedAtMillis, expiresAtMillis }: ApprovalAsk, nowMillis: number) {
    const left = Math.min(expiresAtMillis - nowMillis, expiresAtMillis - askedAtMillis)
    this.ends.set(approvalId, this.clock() + left)
  }

  private consumed(turnId: string, inputHash: string): number {
    return this.book.entries.filter(
      (entry) => entry.turnId === turnId && entry.ask.inputHash === inputHash && entry.state === "consumed",
    ).length
  }

  private async change(entry: ApprovalEntry, fields: Partial<ApprovalEntry>) {
    this.changes.set(entry.ask.approvalId, this.clock())
    await this.write(replace(this.book, { ...entry, ...fields, changedAtMillis: Date.now() }))
  }

  private serially<A>(run: () => Promise<A>): Promise<A> {
    const next = this.last.then(run)
    this.last = next.catch(() => undefined)
    return next
  }

  private async write(book: Book) {
    await writeFileAtomically(this.path, encode(book))
    this.book = book
    this.onChange()
  }
}

const answered = (decision: ApprovalDecision) => (decision === "allow" ? "allowed" : "denied")

const replace = (book: Book, entry: ApprovalEntry): Book => ({
  ...book,
  entries: book.entries.map((one) => (one.ask.approvalId === entry.ask.approvalId ? entry : one)),
})

/**
 * Without the oldest of those that are closed and told; never of the turn that was asked last, for which what was
 * used up counts.
 */
const forget = (book: Book): Book => {
  const current = book.entries.at(-1)?.turnId
  const over = book.entries.filter(
    (entry) => !isOpen(entry) && untold(entry) === null && entry.turnId !== current,
  )
  const gone = new Set(over.slice(0, Math.max(0, over.length - closedLimit)))
  return gone.size === 0 ? book : { ...book, entries: book.entries.filter((entry) => !gone.has(entry)) }
}
