import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { SessionProtocol } from "@maillm/schema/ActorProtocol"
import type { ActorClient } from "@maillm/actors/client/ActorClient"
import type { Blobs } from "@maillm/actors/nats/Blobs"
import type { NodeId } from "@maillm/schema/Ids"
import type { BlobRef } from "@maillm/schema/Message"
import type { SessionCommand } from "@maillm/schema/SessionActor"
import type { RuntimeName, TurnOutcome, TurnResult } from "@maillm/schema/Turn"
import { transcriptText } from "../agent/transcriptText.ts"
import { readBytesIfThere } from "../files/atomicFile.ts"
import { defaultSize } from "../pane/tmuxArguments.ts"
import type { NodeFolder } from "../files/NodeFolder.ts"
import { readRecording } from "./Recording.ts"
import type { AgentTurn, TurnRecord } from "./TurnRecord.ts"
import { excerpt, readTurnText } from "./turnText.ts"

/** Tells session actors what became of their turns. */
export interface TurnReporter {
  readonly folder: NodeFolder
  readonly nodeId: NodeId
  readonly runtime: RuntimeName
  readonly actors: ActorClient["Service"]
  readonly blobs: Blobs["Service"]
}

const untilAccepted = Schedule.min([Schedule.exponential("200 millis"), Schedule.spaced("10 seconds")])
/** Of a longer text head and tail are stored. */
const blobLimitBytes = 32 * 1024 * 1024
/** About two minutes; then the result goes without its attachment. */
const blobRetries = 15

/** Returns once the command is stored. Repeats are harmless: the id is derived from the turn. */
const tell = (reporter: TurnReporter, turn: TurnRecord, what: "taken" | "ended", command: SessionCommand) =>
  reporter.actors.tell(SessionProtocol, turn.order.sessionId, `${turn.order.turnId}/${what}`, command).pipe(
    Effect.tapError((error) => Effect.logWarning(`turn ${turn.order.turnId}/${what}: ${error.message}`)),
    Effect.retry(untilAccepted),
    Effect.orDie,
    Effect.asVoid,
  )

export const tellTaken = (reporter: TurnReporter, turn: TurnRecord): Effect.Effect<void> =>
  turn.startedAtMillis === null
    ? Effect.void
    : tell(reporter, turn, "taken", {
        _tag: "TurnTaken",
        turnId: turn.order.turnId,
        nodeId: reporter.nodeId,
        runtime: reporter.runtime,
        startedAtMillis: turn.startedAtMillis,
      })

export const tellEnded = (
  reporter: TurnReporter,
  turn: TurnRecord,
  outcome: TurnOutcome,
): Effect.Effect<void> =>
  Effect.gen(function* () {
    const result = yield* resultOf(reporter, turn, outcome)
    yield* tell(reporter, turn, "ended", {
      _tag: "TurnEnded",
      turnId: turn.order.turnId,
      nodeId: reporter.nodeId,
      result,
    })
  })

const resultOf = (
  reporter: TurnReporter,
  turn: TurnRecord,
  outcome: TurnOutcome,
): Effect.Effect<TurnResult> =>
  Effect.gen(function* () {
    const endedAtMillis = turn.endedAtMillis ?? turn.acceptedAtMillis
    const times = { startedAtMillis: turn.startedAtMillis ?? endedAtMillis, endedAtMillis }
    if (turn.startedAtMillis === null) {
      return { outcome, outputText: "", outputBytes: 0, truncated: false, outputBlob: null, ...times }
    }
    const recording = yield* keepRecording(reporter, turn)
    const recorded = {
      ...(recording === null ? {} : { recording }),
      ...(turn.files === undefined ? {} : { files: turn.files.files }),
    }
    if (turn.agent !== undefined) {
      const told = yield* keepTranscript(reporter, turn)
      return { outcome, ...agentResult(turn, turn.agent), ...times, ...recorded, ...told }
    }
    const { sessionId, turnId } = turn.order
    const text = yield* Effect.promise(() =>
      readTurnText({
        headPath: reporter.folder.turnOutput(sessionId, turnId),
        tailPath: reporter.folder.turnTail(sessionId, turnId),
        tailOffset: turn.tailOffset,
        start: turn.offset,
        end: turn.endOffset,
        rows: defaultSize.rows,
      }),
    )
    const short = excerpt(text.whole)
    return {
      outcome,
      outputText: short ?? text.whole,
      outputBytes: text.outputBytes,
      truncated: short !== null || text.incomplete,
      outputBlob: short === null ? null : yield* keep(reporter, text.whole),
      ...times,
      ...recorded,
    }
  })

/** What the pane showed, as asciicast; null when nothing was recorded or it cannot be stored. */
const keepRecording = (reporter: TurnReporter, turn: TurnRecord): Effect.Effect<BlobRef | null> =>
  Effect.gen(function* () {
    const { sessionId, turnId } = turn.order
    const path = reporter.folder.turnRecording(sessionId, turnId)
    const bytes = yield* Effect.promise(() => readRecording(path))
    return bytes === null ? null : yield* keepBytes(reporter, bytes)
  })

/** The agent's own record of the turn, and its words; nothing where there is none. */
const keepTranscript = (reporter: TurnReporter, turn: TurnRecord) =>
  Effect.gen(function* () {
    const { sessionId, turnId } = turn.order
    const path = reporter.folder.turnTranscript(sessionId, turnId)
    const bytes = yield* Effect.promise(() => readBytesIfThere(path))
    if (bytes === null || bytes.length === 0) return {}
    const transcript = yield* keepBytes(reporter, bytes)
    return { transcriptText: transcriptText(bytes), ...(transcript === null ? {} : { transcript }) }
  })

/** An agent's terminal is redrawn all the time: what it says is its answer, or what the screen showed without one. */
const agentResult = (turn: TurnRecord, { answer, changes, compactions, screen, usage }: AgentTurn) => {
  const text = answer ?? screen
  const short = excerpt(text)
  return {
    outputText: short ?? text,
    outputBytes: Math.max(0, turn.endOffset - turn.offset),
    truncated: short !== null,
    outputBlob: null,
    ...(answer === null ? {} : { answer }),
    ...(usage === null ? {} : { usage }),
    ...(changes === undefined ? {} : { changes }),
    ...(compactions === undefined || compactions === 0 ? {} : { compactions }),
  }
}

const keep = (reporter: TurnReporter, text: string): Effect.Effect<BlobRef | null> =>
  keepBytes(reporter, Buffer.from(excerpt(text, blobLimitBytes) ?? text))

const keepBytes = (reporter: TurnReporter, bytes: Uint8Array): Effect.Effect<BlobRef | null> =>
  reporter.blobs.put(bytes).pipe(
    Effect.retry(untilAccepted.pipe(Schedule.upTo({ times: blobRetries }))),
    Effect.catch((error) =>
      Effect.logError(`a turn's output could not be stored: ${error.message}`).pipe(Effect.as(null)),
    ),
  )
