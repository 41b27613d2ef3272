import { headers } from "@nats-io/transport-node"
import type { NatsConnection } from "@nats-io/transport-node"
import { paneChunkLimitBytes, paneHeaders } from "@maillm/schema/Pane"
import { paneOutput } from "@maillm/schema/Subjects"

/** Bytes are held this long for more to come, unless none went out for as long. */
const coalesceMillis = 10
/** Bytes that may be on their way to NATS and not confirmed; above this, output is skipped. */
const inFlightLimitBytes = 1_048_576

/**
 * Publishes one pane's bytes. When NATS takes them slower than the pane makes them, bytes are skipped: viewers see the
 * offset jump and ask for a new snapshot. Memory stays bounded.
 */
export class OutputPublisher {
  private pending: Array<Buffer> = []
  private pendingBytes = 0
  private pendingOffset = 0
  private timer: NodeJS.Timeout | null = null
  private lastAt = 0
  private inFlightBytes = 0

  private readonly connection: NatsConnection
  private readonly sessionId: string
  private readonly generation: string
  private readonly mayPublish: () => boolean

  /** Bytes are also skipped while `mayPublish` says no. */
  constructor(connection: NatsConnection, sessionId: string, generation: string, mayPublish: () => boolean) {
    this.mayPublish = mayPublish
    this.connection = connection
    this.sessionId = sessionId
    this.generation = generation
  }

  offer(offset: number, bytes: Buffer) {
    if (this.inFlightBytes + bytes.length > inFlightLimitBytes) {
      this.flush()
      return
    }
    if (this.pendingBytes > 0 && this.pendingOffset + this.pendingBytes !== offset) this.flush()
    if (this.pendingBytes + bytes.length > paneChunkLimitBytes) this.flush()
    if (this.pendingBytes === 0) this.pendingOffset = offset
    this.pending.push(bytes)
    this.pendingBytes += bytes.length
    const sinceLast = performance.now() - this.lastAt
    if (this.pendingBytes >= paneChunkLimitBytes || sinceLast >= coalesceMillis) this.flush()
    else this.timer ??= setTimeout(() => this.flush(), coalesceMillis - sinceLast)
  }

  /** Sends what is held. */
  flush() {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    if (this.pendingBytes === 0) return
    const size = this.pendingBytes
    const about = headers()
    about.set(paneHeaders.offset, String(this.pendingOffset))
    about.set(paneHeaders.generation, this.generation)
    const payload = Buffer.concat(this.pending)
    this.pending = []
    this.pendingBytes = 0
    this.lastAt = performance.now()
    if (this.connection.isClosed() || !this.mayPublish()) return
    this.connection.publish(paneOutput(this.sessionId), payload, { headers: about })
    this.inFlightBytes += size
    const arrived = () => {
      this.inFlightBytes -= size
    }
    this.connection.flush().then(arrived, arrived)
  }
}
