import { dirname } from "node:path"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { ReadModel, ReadModelFailed } from "./ReadModel.ts"
import type { Applied, Position } from "./ReadModel.ts"
import {
  countByState,
  selectApprovals,
  selectMessages,
  selectRequests,
  selectTimeline,
} from "./sqlite/lists.ts"
import { documents, oneRow, pageOf, storedRows } from "./sqlite/readRows.ts"
import { isDamaged, ReadModelFile } from "./sqlite/ReadModelFile.ts"
import { writeRows } from "./sqlite/writeRows.ts"
import { reasonOf } from "./storedRow.ts"

/** Opens the file; a damaged one is moved aside and replaced by an empty one. */
const openFile = Effect.fnUntraced(function* (path: string) {
  const open = Effect.try({ try: () => ReadModelFile.open(path), catch: (cause) => cause })
  return yield* open.pipe(
    Effect.catch((cause) => (isDamaged(cause) ? replaceFile(path, cause) : Effect.fail(cause))),
    Effect.mapError(
      (cause) =>
        new ReadModelFailed({
          operation: "open",
          reason: `${path}: ${reasonOf(cause)}. Make ${dirname(path)} writable and give it room, or set MAILLM_DATA_DIR to another folder.`,
        }),
    ),
  )
})

const replaceFile = Effect.fnUntraced(function* (path: string, cause: unknown) {
  const now = yield* Clock.currentTimeMillis
  const [aside, file] = yield* Effect.try({
    try: () => [ReadModelFile.setAside(path, now), ReadModelFile.open(path)] as const,
    catch: (second) => second,
  })
  yield* Effect.logWarning(
    `The read model ${path} is damaged (${reasonOf(cause)}). It was moved to ${aside} and is folded again from the streams; nothing is lost.`,
  )
  return file
})

const readPosition = (file: ReadModelFile): Position => {
  const row = file.prepare("SELECT sequence, stream_created, generation FROM position").get()
  return {
    sequence: Number(row?.["sequence"]),
    streamCreated: String(row?.["stream_created"]),
    generation: String(row?.["generation"]),
  }
}

const make = Effect.fnUntraced(function* (path: string) {
  let file = yield* openFile(path)
  yield* Effect.addFinalizer(() => Effect.sync(() => file.close()))

  /** Runs against the file. Damage found on the way replaces it, so that the projector starts over. */
  const run = <A>(operation: string, use: (file: ReadModelFile) => A) => {
    const attempt = Effect.try({ try: () => use(file), catch: (cause) => cause })
    return attempt.pipe(
      Effect.catch((cause) =>
        isDamaged(cause)
          ? Effect.sync(() => file.close()).pipe(
              Effect.andThen(replaceFile(path, cause)),
              Effect.tap((opened) => Effect.sync(() => void (file = opened))),
              Effect.andThen(attempt),
            )
          : Effect.fail(cause),
      ),
      Effect.mapError((cause) => new ReadModelFailed({ operation, reason: reasonOf(cause) })),
    )
  }

  return ReadModel.of({
    ...reads(run),
    apply: (sequence, streamCreated, changes, generation) =>
      run("apply", (file) =>
        file.transaction((): Applied => {
          const at = readPosition(file)
          if (generation !== undefined && generation !== at.generation) return "reset"
          if (sequence <= at.sequence) return "behind"
          writeRows(file, sequence, changes)
          file.prepare("UPDATE position SET sequence = ?, stream_created = ?").run(sequence, streamCreated)
          return "applied"
        }),
      ),
    reset: run("reset", (file) => file.empty()),
  })
})

type Run = <A>(operation: string, use: (file: ReadModelFile) => A) => Effect.Effect<A, ReadModelFailed>

const reads = (run: Run): Omit<ReadModel["Service"], "apply" | "reset"> => ({
  position: run("position", readPosition),
  stored: (ids) => run("stored", (file) => storedRows(file, ids)),
  user: (id) => run("user", (file) => oneRow(file, "users", documents.users, id)),
  users: run("users", (file) =>
    file
      .prepare("SELECT doc FROM users ORDER BY created_at, id")
      .all()
      .map((row) => documents.users(row["doc"])),
  ),
  request: (id) => run("request", (file) => oneRow(file, "requests", documents.requests, id)),
  requests: (filter) => run("requests", (file) => selectRequests(file, filter)),
  session: (id) => run("session", (file) => oneRow(file, "sessions", documents.sessions, id)),
  sessions: (userId, page) =>
    run("sessions", (file) =>
      pageOf(file, "sessions", "updated_at", page, [["user_id = ?", userId]], documents.sessions),
    ),
  message: (id) => run("message", (file) => oneRow(file, "messages", documents.messages, id)),
  messages: (filter) => run("messages", (file) => selectMessages(file, filter)),
  approval: (id) => run("approval", (file) => oneRow(file, "approvals", documents.approvals, id)),
  approvals: (filter) => run("approvals", (file) => selectApprovals(file, filter)),
  timeline: (of) => run("timeline", (file) => selectTimeline(file, of)),
  audit: (userId, page) =>
    run("audit", (file) =>
      pageOf(file, "timeline", "position", page, [["user_id = ?", userId]], documents.timeline),
    ),
  requestCounts: run("requestCounts", countByState),
})

/**
 * The read model in one SQLite file, for one process. It is a copy of what the streams say: a file of another
 * version is emptied, a damaged one is moved aside, and both are folded again.
 */
export class SqliteReadModel {
  /** `path` of the file, made with its folder when missing; `:memory:` keeps nothing. */
  static readonly layer = (path: string) => Layer.effect(ReadModel, make(path))
}
