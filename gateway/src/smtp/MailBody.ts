import { createHash } from "node:crypto"
import type { Hash } from "node:crypto"

const carriageReturn = 0x0d
const lineFeed = 0x0a

/** Bytes of mails that are being received, over all connections. */
export interface ByteBudget {
  readonly limitBytes: number
  usedBytes: number
}

/**
 * The bytes of one mail as they arrive. It keeps them only while it may: once it cannot be accepted it only
 * counts, so a refused mail costs no memory. The hash is of the bytes as received.
 */
export class MailBody {
  readonly #budget: ByteBudget
  readonly #limitBytes: number
  readonly #hash: Hash = createHash("sha256")
  #chunks: Array<Uint8Array> = []
  #keptBytes = 0
  #previous = 0
  #problem: "BareLineEnd" | "NoRoom" | "TooLarge" | null = null

  constructor(limitBytes: number, budget: ByteBudget) {
    this.#limitBytes = limitBytes
    this.#budget = budget
  }

  /** Why it cannot be accepted; the first reason found, null when nothing is wrong so far. */
  get problem() {
    return this.#problem
  }

  push(chunk: Uint8Array): void {
    if (this.#problem !== null) return
    if (hasBareLineEnd(this.#previous, chunk)) return this.#refuse("BareLineEnd")
    if (this.#keptBytes + chunk.length > this.#limitBytes) return this.#refuse("TooLarge")
    if (this.#budget.usedBytes + chunk.length > this.#budget.limitBytes) return this.#refuse("NoRoom")
    this.#budget.usedBytes += chunk.length
    this.#keptBytes += chunk.length
    this.#previous = chunk[chunk.length - 1] ?? this.#previous
    this.#hash.update(chunk)
    this.#chunks.push(chunk)
  }

  /** All bytes and their SHA-256 in hex; to be called once, at the end. */
  finish(): { readonly bytes: Uint8Array; readonly sha256: string } {
    if (this.#problem === null && this.#previous === carriageReturn) this.#refuse("BareLineEnd")
    return { bytes: Buffer.concat(this.#chunks, this.#keptBytes), sha256: this.#hash.digest("hex") }
  }

  /** Gives the memory back to the budget. Safe to call twice. */
  release(): void {
    this.#budget.usedBytes -= this.#keptBytes
    this.#keptBytes = 0
    this.#chunks = []
  }

  #refuse(problem: "BareLineEnd" | "NoRoom" | "TooLarge"): void {
    this.#problem = problem
    this.release()
  }
}

/**
 * A CR without its LF, or an LF without its CR. Mail servers disagree on what such a line end means, which is
 * what SMTP smuggling lives on (CVE-2023-51764), and no honest one sends it (RFC 5321 §2.3.8).
 */
const hasBareLineEnd = (previous: number, chunk: Uint8Array): boolean => {
  if (previous === carriageReturn && chunk.length > 0 && chunk[0] !== lineFeed) return true
  for (let i = chunk.indexOf(lineFeed); i !== -1; i = chunk.indexOf(lineFeed, i + 1)) {
    if ((i === 0 ? previous : chunk[i - 1]) !== carriageReturn) return true
  }
  const last = chunk.length - 1
  for (
    let i = chunk.indexOf(carriageReturn);
    i !== -1 && i < last;
    i = chunk.indexOf(carriageReturn, i + 1)
  ) {
    if (chunk[i + 1] !== lineFeed) return true
  }
  return false
}
