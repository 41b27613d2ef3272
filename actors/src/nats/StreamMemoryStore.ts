import { randomUUID } from "node:crypto"
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs"
import type { JetStreamManager } from "@nats-io/jetstream"
import { headers as newHeaders } from "@nats-io/transport-node"
import type { NatsConnection } from "@nats-io/transport-node"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { buckets } from "@maillm/schema/Streams"
import { mergeMemories, StreamMemory } from "./StreamMarks.ts"
import { isStreamNotFound } from "./Streams.ts"

const bucketStream = `KV_${buckets.GUARD.name}`
const subject = `$KV.${buckets.GUARD.name}.streams`
const format = Schema.fromJsonString(StreamMemory)
const decode = Schema.decodeUnknownResult(format)
const encode = Schema.encodeSync(format)

/**
 * Where the memory of the streams is kept. The bucket GUARD is for all hosts, and tells of the loss or the return of
 * any stream but itself. A file beside, where one is given, also tells when the whole of NATS was lost, was put back
 * from an old copy with GUARD in it, or is another server. Each is written anew when only it was lost.
 */
export class StreamMemoryStore {
  readonly #connection: NatsConnection
  readonly #jsm: JetStreamManager
  readonly #file: string | null
  #inFile = ""

  constructor(connection: NatsConnection, jsm: JetStreamManager, file: string | null) {
    this.#connection = connection
    this.#jsm = jsm
    this.#file = file
  }

  /** The memory, and the sequence that a write of the bucket must expect. Null when nothing is remembered. */
  async read(): Promise<{ readonly memory: StreamMemory | null; readonly revision: number }> {
    const [inBucket, inFile] = [await this.#readBucket(), this.#readFile()]
    const memory =
      inBucket.memory === null || inFile === null
        ? (inBucket.memory ?? inFile)
        : mergeMemories(inFile, inBucket.memory)
    return { memory, revision: inBucket.revision }
  }

  /** Stores it when nobody else has stored since `revision` was read; rejects otherwise. */
  async write(memory: StreamMemory, revision: number): Promise<void> {
    const headers = newHeaders()
    headers.set("Nats-Expected-Last-Subject-Sequence", String(revision))
    const reply = await this.#connection.request(subject, encode(memory), { headers, timeout: 5_000 })
    const answer = reply.json<{ error?: { description?: string } }>()
    if (answer.error !== undefined) throw new Error(`bucket GUARD: ${answer.error.description}`)
  }

  static empty(): StreamMemory {
    return { v: 1, installation: randomUUID(), accepted: 0, streams: {} }
  }

  async #readBucket() {
    try {
      // From the leader: a follower may answer with less.
      const message = await this.#jsm.streams.getMessage(bucketStream, { last_by_subj: subject })
      if (message === null) return { memory: null, revision: 0 }
      return { memory: decoded("bucket GUARD", message.string()), revision: message.seq }
    } catch (error) {
      if (isStreamNotFound(error)) return { memory: null, revision: 0 }
      throw error
    }
  }

  #readFile(): StreamMemory | null {
    if (this.#file === null) return null
    try {
      return decoded(this.#file, readFileSync(this.#file, "utf8"))
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
      throw error
    }
  }

  /** Keeps it in the file too, where there is one. */
  writeFile(memory: StreamMemory) {
    const text = encode(memory)
    if (this.#file === null || text === this.#inFile) return
    const next = `${this.#file}.next`
    const file = openSync(next, "w", 0o600)
    try {
      writeSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(next, this.#file)
    this.#inFile = text
  }
}

const decoded = (place: string, text: string): StreamMemory => {
  const result = decode(text)
  if (Result.isSuccess(result)) return result.success
  throw new Error(`${place} holds no memory of streams that this version can read`)
}
