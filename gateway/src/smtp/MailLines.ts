import type { LineLimits } from "./SmtpLimits.ts"

const carriageReturn = 0x0d
const lineFeed = 0x0a
const received = "received:"

export type LineProblem = "BareLineEnd" | "HeaderTooLarge" | "LineTooLong" | "TooManyHops"

/** Checks the lines of one mail as its bytes arrive, in whatever pieces. */
export class MailLines {
  readonly #limits: LineLimits
  #previous = 0
  /** Bytes of the line under way, its CR included. */
  #lineBytes = 0
  #inHeader = true
  #headerBytes = 0
  #headerLines = 0
  #hops = 0
  /** How the header line under way begins, no longer than `received`. */
  #start = ""

  constructor(limits: LineLimits) {
    this.#limits = limits
  }

  /** The first problem in the bytes so far, null when there is none. Not to be called again after a problem. */
  push(chunk: Uint8Array): LineProblem | null {
    if (chunk.length === 0) return null
    if (this.#hasBareCarriageReturn(chunk)) return "BareLineEnd"
    let from = 0
    for (let i = chunk.indexOf(lineFeed); i !== -1; i = chunk.indexOf(lineFeed, from)) {
      if ((i === 0 ? this.#previous : chunk[i - 1]) !== carriageReturn) return "BareLineEnd"
      if (this.#inHeader) this.#readStart(chunk, from, i)
      const bytes = this.#lineBytes + i - from - 1
      if (bytes > this.#limits.lineBytes) return "LineTooLong"
      if (this.#inHeader) this.#endHeaderLine(bytes)
      this.#lineBytes = 0
      from = i + 1
    }
    if (this.#inHeader) this.#readStart(chunk, from, chunk.length)
    this.#lineBytes += chunk.length - from
    this.#previous = chunk[chunk.length - 1] ?? 0
    return this.#excess()
  }

  /** A CR at the very end has no LF any more. */
  finish(): LineProblem | null {
    return this.#previous === carriageReturn ? "BareLineEnd" : null
  }

  /**
   * A CR without its LF; an LF without its CR is seen where lines end. Mail servers disagree on what such a line end
   * means, which is what SMTP smuggling lives on (CVE-2023-51764), and no honest one sends it (RFC 5321 §2.3.8).
   */
  #hasBareCarriageReturn(chunk: Uint8Array): boolean {
    if (this.#previous === carriageReturn && chunk[0] !== lineFeed) return true
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

  #readStart(chunk: Uint8Array, from: number, to: number): void {
    const missing = received.length - this.#start.length
    for (let i = from; i < Math.min(to, from + missing); i++)
      this.#start += String.fromCharCode(chunk[i] ?? 0)
  }

  #endHeaderLine(bytes: number): void {
    this.#headerBytes += bytes + 2
    this.#headerLines++
    if (bytes === 0) this.#inHeader = false
    if (this.#start.toLowerCase() === received) this.#hops++
    this.#start = ""
  }

  #excess(): LineProblem | null {
    const { headerBytes, headerLines, hops, lineBytes } = this.#limits
    // The CR of a line that is not over yet may have been counted.
    if (this.#lineBytes > lineBytes + 1) return "LineTooLong"
    if (this.#hops > hops) return "TooManyHops"
    const bytes = this.#headerBytes + (this.#inHeader ? this.#lineBytes : 0)
    return bytes > headerBytes || this.#headerLines > headerLines ? "HeaderTooLarge" : null
  }
}
