import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import * as Schema from "effect/Schema"
import { EpochMillis, text, TurnId, UserId } from "@maillm/schema/Ids"
import { AgentFault } from "@maillm/schema/Turn"
import type { Usage } from "@maillm/schema/Turn"
import { readFileIfThere, writeFileAtomically } from "../files/atomicFile.ts"
import type { ModelFault } from "./modelFault.ts"
import { microUsd } from "./prices.ts"
import type { CallUsage } from "./prices.ts"

/** What the proxy knows of a turn. */
export interface TurnFacts {
  /** Null when nothing was counted. */
  readonly usage: Usage | null
  /** The last call that failed, if none succeeded after it. */
  readonly fault: ModelFault | null
}

const modelLimit = 10
const writeEveryMillis = 1_000

const count = Schema.Int
const Tally = Schema.Struct({
  input: count,
  output: count,
  cacheRead: count,
  cacheWrite: count,
  /** 10⁻¹² US dollars; null once something without a known price was counted. */
  costPicoUsd: Schema.NullOr(count),
  models: Schema.Array(text(100)).check(Schema.isMaxLength(modelLimit)),
})
type Tally = typeof Tally.Type

const Record = Schema.Struct({
  v: Schema.Literal(1),
  userId: UserId,
  token: Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{43}$/)),
  turn: Schema.NullOr(
    Schema.Struct({
      turnId: TurnId,
      ended: Schema.Boolean,
      tally: Schema.NullOr(Tally),
      fault: Schema.NullOr(
        Schema.Struct({
          kind: AgentFault.fields.kind,
          message: text(1_000),
          resetAtMillis: Schema.NullOr(EpochMillis),
        }),
      ),
    }),
  ),
  /** Counted while no turn was open: a person typed in the terminal, or the agent went on by itself. */
  between: Schema.NullOr(Tally),
})
type Record = typeof Record.Type
const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Record))
const encode = Schema.encodeSync(Schema.fromJsonString(Record))

/** One session's token, and what its calls of the model came to. On disk, so that it outlives the node agent. */
export class SessionModel {
  private readonly path: string
  private record: Record
  private timer: NodeJS.Timeout | null = null
  private writing: Promise<void> = Promise.resolve()
  private closed = false
  /** Calls under way. */
  calls = 0

  private constructor(path: string, record: Record) {
    this.path = path
    this.record = record
  }

  /** As an earlier node agent left it, or null. */
  static async load(path: string): Promise<SessionModel | null> {
    const content = await readFileIfThere(path)
    return content === null ? null : new SessionModel(path, decode(content))
  }

  static async create(path: string, userId: UserId): Promise<SessionModel> {
    const token = randomBytes(32).toString("base64url")
    const session = new SessionModel(path, { v: 1, userId, token, turn: null, between: null })
    await session.write()
    return session
  }

  get userId(): UserId {
    return this.record.userId
  }

  get token(): string {
    return this.record.token
  }

  /** In constant time. */
  fits(token: string): boolean {
    return timingSafeEqual(digest(token), digest(this.record.token))
  }

  /** The former token is worth nothing any more. */
  async renew(userId: UserId): Promise<void> {
    this.record = { ...this.record, userId, token: randomBytes(32).toString("base64url") }
    await this.write()
  }

  /** From now on calls count for this turn. Once more for the same turn, also after a restart, changes nothing. */
  async begin(turnId: TurnId): Promise<void> {
    if (this.record.turn?.turnId === turnId) return
    const turn = { turnId, ended: false, tally: this.record.between, fault: null }
    this.record = { ...this.record, turn, between: null }
    await this.write()
  }

  /** The facts of the last turn that was begun; the same again when it has ended before. */
  async end(): Promise<TurnFacts> {
    const { turn } = this.record
    if (turn === null) return { usage: null, fault: null }
    if (!turn.ended) {
      this.record = { ...this.record, turn: { ...turn, ended: true } }
      await this.write()
    }
    return { usage: turn.tally === null ? null : usageOf(turn.tally), fault: turn.fault }
  }

  /** A call was answered; `usage` is null when the answer said nothing about tokens. */
  answered(usage: CallUsage | null, picoUsd: number | null) {
    this.counted(usage, picoUsd)
    this.change((turn) => ({ ...turn, fault: null }))
  }

  /** What a call cost that was not answered to its end. */
  counted(usage: CallUsage | null, picoUsd: number | null) {
    const { turn, between } = this.record
    if (turn === null || turn.ended) this.record = { ...this.record, between: sum(between, usage, picoUsd) }
    else this.record = { ...this.record, turn: { ...turn, tally: sum(turn.tally, usage, picoUsd) } }
    this.writeSoon()
  }

  failed(fault: ModelFault) {
    this.change((turn) => ({ ...turn, fault }))
  }

  /** Writes what is not written yet. Nothing is counted afterwards. */
  async close(): Promise<void> {
    if (this.timer !== null) await this.write()
    this.closed = true
    await this.writing
  }

  private change(change: (turn: NonNullable<Record["turn"]>) => NonNullable<Record["turn"]>) {
    const { turn } = this.record
    if (turn === null || turn.ended) return
    this.record = { ...this.record, turn: change(turn) }
    this.writeSoon()
  }

  private writeSoon() {
    if (this.closed) return
    this.timer ??= setTimeout(() => {
      // What could not be written is written with the next change or at the end.
      this.write().catch(() => undefined)
    }, writeEveryMillis).unref()
  }

  private write(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    const next = this.writing.then(() => writeFileAtomically(this.path, encode(this.record)))
    this.writing = next.catch(() => undefined)
    return next
  }
}

const digest = (token: string) => createHash("sha256").update(token).digest()

const nothing: Tally = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, costPicoUsd: 0, models: [] }

const sum = (tally: Tally | null, usage: CallUsage | null, picoUsd: number | null): Tally => {
  const so = tally ?? nothing
  const costPicoUsd =
    so.costPicoUsd === null || picoUsd === null
      ? null
      : Math.min(Number.MAX_SAFE_INTEGER, so.costPicoUsd + picoUsd)
  if (usage === null) return { ...so, costPicoUsd }
  const known = usage.model === "" || so.models.includes(usage.model) || so.models.length >= modelLimit
  return {
    input: so.input + usage.input,
    output: so.output + usage.output,
    cacheRead: so.cacheRead + usage.cacheRead,
    cacheWrite: so.cacheWrite + usage.cacheWrite,
    costPicoUsd,
    models: known ? so.models : [...so.models, usage.model],
  }
}

const usageOf = (tally: Tally): Usage => ({
  inputTokens: tally.input,
  outputTokens: tally.output,
  cacheReadTokens: tally.cacheRead,
  cacheWriteTokens: tally.cacheWrite,
  costMicroUsd: tally.costPicoUsd === null ? null : microUsd(tally.costPicoUsd),
  models: tally.models,
})
