import { createHash } from "node:crypto"
import type { BlobRef } from "@maillm/schema/Message"

/** Larger ones are messages of their own: their sync is little beside writing them. */
export const packedBlobBytes = 32 * 1024
/** Bounds of one pack; the bytes are well below NATS' own default for a message, 1 MiB. */
const packBytes = 256 * 1024
const packMembers = 256
/** Packs that are remembered after they were read: 8 MiB at most. Mails are read about in the order they came in. */
const rememberedPacks = 32
/** What could not be sent by then is refused: while NATS says nothing, those before it take 5 s each. */
const waitMillis = 10_000

interface Pending {
  readonly ref: BlobRef
  readonly bytes: Uint8Array
  readonly since: number
  readonly resolve: (ref: BlobRef) => void
  readonly reject: (error: unknown) => void
}

export interface PackStore {
  /** Stores bytes durably by themselves, or finds them there. */
  readonly putOne: (sha256: string, bytes: Uint8Array) => Promise<void>
  /** The same for a pack, whose name is nobody's but a pack's. */
  readonly putPack: (name: string, bytes: Uint8Array) => Promise<void>
  /** Null when no pack has this name. */
  readonly getPack: (name: string) => Promise<Uint8Array | null>
}

/**
 * Small blobs that wait at the same time become one message, a pack, which costs one publish and one sync whatever their
 * number. A pack is named by the SHA-256 of its members' names; a member is found by its place in it, and known by its own
 * hash. A blob that waits alone is stored by itself.
 */
export class BlobPacks {
  readonly #store: PackStore
  readonly #read = new Map<string, Promise<Uint8Array | null>>()
  #waiting: Array<Pending> = []
  #inFlight = false
  #sending = false

  constructor(store: PackStore) {
    this.#store = store
  }

  /** Where the bytes are, once they are there. `ref` names them; at most `packedBlobBytes`. */
  put(ref: BlobRef, bytes: Uint8Array): Promise<BlobRef> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ref, bytes, since: performance.now(), resolve, reject })
      this.#sendSoon()
    })
  }

  /** The bytes at a place in a pack, unchecked, fewer where the pack ends before; null when there is no such pack. */
  async get(
    { offsetBytes, pack: name }: NonNullable<BlobRef["within"]>,
    sizeBytes: number,
  ): Promise<Uint8Array | null> {
    const pack = await this.#pack(name)
    return pack === null ? null : pack.slice(offsetBytes, offsetBytes + sizeBytes)
  }

  /** What one read of the sockets brings about goes into the same pack. */
  #sendSoon(): void {
    if (this.#sending) return
    this.#sending = true
    setImmediate(() => {
      this.#sending = false
      this.#refuseLate()
      if (this.#waiting.length > 0 && !this.#inFlight) void this.#send(this.#take())
    })
  }

  #refuseLate(): void {
    const late = performance.now() - waitMillis
    let count = 0
    while ((this.#waiting[count]?.since ?? Number.POSITIVE_INFINITY) <= late) count++
    for (const { reject } of this.#waiting.splice(0, count))
      reject(new Error(`it could not be sent within ${waitMillis / 1_000} s`))
  }

  #take(): ReadonlyArray<Pending> {
    let bytes = 0
    let count = 0
    for (const one of this.#waiting) {
      bytes += one.bytes.length
      if (count > 0 && (count >= packMembers || bytes > packBytes)) break
      count++
    }
    return this.#waiting.splice(0, count)
  }

  async #send(members: ReadonlyArray<Pending>): Promise<void> {
    this.#inFlight = true
    const distinct = new Map(members.map((member) => [member.ref.sha256, member.bytes]))
    try {
      const within = distinct.size === 1 ? null : await this.#putPack(distinct)
      if (within === null) for (const [sha256, bytes] of distinct) await this.#store.putOne(sha256, bytes)
      for (const { ref, resolve } of members) {
        const place = within?.get(ref.sha256)
        resolve(place === undefined ? ref : { ...ref, within: place })
      }
    } catch (error) {
      for (const { reject } of members) reject(error)
    } finally {
      this.#inFlight = false
      this.#sendSoon()
    }
  }

  async #putPack(members: ReadonlyMap<string, Uint8Array>) {
    const pack = createHash("sha256")
      .update([...members.keys()].join())
      .digest("hex")
    await this.#store.putPack(pack, Buffer.concat([...members.values()]))
    const places = new Map<string, NonNullable<BlobRef["within"]>>()
    let offsetBytes = 0
    for (const [member, bytes] of members) {
      places.set(member, { pack, offsetBytes })
      offsetBytes += bytes.length
    }
    return places
  }

  /** Asked for once by all who want a part of it. What was not found, or failed, is asked for again. */
  #pack(name: string): Promise<Uint8Array | null> {
    const known = this.#read.get(name)
    if (known !== undefined) {
      this.#read.delete(name)
      this.#read.set(name, known)
      return known
    }
    const reading = this.#store.getPack(name)
    this.#read.set(name, reading)
    const forget = () => {
      if (this.#read.get(name) === reading) this.#read.delete(name)
    }
    reading.then((pack) => pack === null && forget(), forget)
    for (const oldest of this.#read.keys()) {
      if (this.#read.size <= rememberedPacks) break
      this.#read.delete(oldest)
    }
    return reading
  }
}
