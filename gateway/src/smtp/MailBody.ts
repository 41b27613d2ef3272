import { createHash } from "node:crypto"
import type { Hash } from "node:crypto"
import { MailLines } from "./MailLines.ts"
import type { LineProblem } from "./MailLines.ts"
import type { LineLimits } from "./SmtpLimits.ts"

/** Bytes of mails that are being received, over all connections. */
export interface ByteBudget {
  readonly limitBytes: number
  usedBytes: number
}

export interface BodyLimits {
  readonly mailBytes: number
  readonly lines: LineLimits
}

export type BodyProblem = LineProblem | "NoRoom" | "TooLarge"

/** A mail of which so much is there is written into one buffer of the size that its sender has declared. */
const declaredFromBytes = 256 * 1024
/** And so large a part of it: who only declares gets no room for it. */
const declaredFromShare = 1 / 8

/**
 * The bytes of one mail as they arrive. It keeps them only while it may: once it cannot be accepted it only
 * counts, so a refused mail costs no memory. The hash is of the bytes as received. A large mail whose size was declared
 * (RFC 1870) is not held a second time to be joined; a declaration that is wrong costs that, and nothing else.
 */
export class MailBody {
  readonly #budget: ByteBudget
  readonly #limitBytes: number
  readonly #lines: MailLines
  readonly #hash: Hash = createHash("sha256")
  readonly #declaredBytes: number
  #chunks: Array<Uint8Array> = []
  /** Holds the first `#keptBytes`; the system gives it memory as it is written. */
  #whole: Buffer | null = null
  #keptBytes = 0
  #receivedBytes = 0
  #problem: BodyProblem | null = null

  constructor(limits: BodyLimits, budget: ByteBudget, declaredBytes = 0) {
    this.#declaredBytes = declaredBytes
    this.#limitBytes = limits.mailBytes
    this.#lines = new MailLines(limits.lines)
    this.#budget = budget
  }

  /**
   * Why it cannot be accepted; the first reason found, null when nothing is wrong so far. That it is too large is said
   * rather than that its lines or header are: no other line ends would mend it.
   */
  get problem() {
    return this.#problem
  }

  push(chunk: Uint8Array): void {
    this.#receivedBytes += chunk.length
    if (this.#receivedBytes > this.#limitBytes && this.#problem !== "BareLineEnd")
      return this.#refuse("TooLarge")
    if (this.#problem !== null) return
    const problem = this.#lines.push(chunk)
    if (problem !== null) return this.#refuse(problem)
    if (this.#budget.usedBytes + chunk.length > this.#budget.limitBytes) return this.#refuse("NoRoom")
    this.#budget.usedBytes += chunk.length
    this.#hash.update(chunk)
    this.#keep(chunk)
    this.#keptBytes += chunk.length
  }

  /** All bytes and their SHA-256 in hex; to be called once, at the end. */
  finish(): { readonly bytes: Uint8Array; readonly sha256: string } {
    const problem = this.#problem === null ? this.#lines.finish() : null
    if (problem !== null) this.#refuse(problem)
    const bytes = this.#whole?.subarray(0, this.#keptBytes) ?? Buffer.concat(this.#chunks, this.#keptBytes)
    // Storing takes a while, and the mail is not to be held twice meanwhile.
    this.#forget()
    return { bytes, sha256: this.#hash.digest("hex") }
  }

  /** Gives the memory back to the budget. Safe to call twice. */
  release(): void {
    this.#budget.usedBytes -= this.#keptBytes
    this.#keptBytes = 0
    this.#forget()
  }

  #keep(chunk: Uint8Array): void {
    const needed = this.#keptBytes + chunk.length
    const enough = Math.max(declaredFromBytes, this.#declaredBytes * declaredFromShare)
    if (this.#whole === null && needed > enough && needed <= this.#declaredBytes) {
      this.#whole = Buffer.allocUnsafe(Math.min(this.#declaredBytes, this.#limitBytes))
      let at = 0
      for (const kept of this.#chunks) {
        this.#whole.set(kept, at)
        at += kept.length
      }
      this.#chunks = []
    }
    if (this.#whole !== null && needed > this.#whole.length) {
      this.#chunks = [this.#whole.subarray(0, this.#keptBytes)]
      this.#whole = null
    }
    if (this.#whole === null) this.#chunks.push(chunk)
    else this.#whole.set(chunk, this.#keptBytes)
  }

  #forget(): void {
    this.#chunks = []
    this.#whole = null
  }

  #refuse(problem: BodyProblem): void {
    this.#problem = problem
    this.release()
  }
}
