import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { consumeWork } from "@maillm/actors/nats/WorkConsumer"
import type { Verdict, WorkItem } from "@maillm/actors/nats/WorkConsumer"
import { SessionProtocol } from "@maillm/schema/ActorProtocol"
import type { FetchedPath, FetchFilesJob } from "@maillm/schema/Files"
import { JobItem } from "@maillm/schema/Record"
import { fetchesOf } from "@maillm/schema/Subjects"
import type { NodeId } from "@maillm/schema/Ids"
import type { PaneRuntime } from "../container/PaneRuntime.ts"
import type { Sessions } from "../turn/Sessions.ts"
import { AskedFiles } from "../workspace/AskedFiles.ts"

/** Messages whose files are read at the same time; each has one file in memory. */
const concurrency = 2
/** Then what cannot be read is told as such. */
const attempts = 5
const longestWaitMillis = 30_000

const decodeItem = Schema.decodeUnknownExit(Schema.fromJsonString(JobItem))

/**
 * Reads files that messages ask for, without a turn and beside one that runs. A job is off the queue once the session's
 * actor has the answer, under an id that follows from the request; read again, it is told again and counts once.
 */
export const fetchFiles = (nodeId: NodeId, runtime: PaneRuntime, sessions: Sessions) =>
  consumeWork({
    stream: "JOBS",
    durable: `fetch-${nodeId}`,
    filter: fetchesOf(nodeId),
    ackWaitMillis: 30_000,
    concurrency,
    fenced: true,
    handle: (item) => fetchOne(item, nodeId, runtime, sessions),
  })

const fetchOne = (item: WorkItem, nodeId: NodeId, runtime: PaneRuntime, sessions: Sessions) =>
  Effect.gen(function* () {
    const decoded = decodeItem(Buffer.from(item.data).toString())
    if (Exit.isFailure(decoded) || decoded.value.job._tag !== "FetchFiles")
      return { deadBecause: "not a job that this version can read" } satisfies Verdict
    const { job } = decoded.value
    const blobs = yield* Blobs
    const files = new AskedFiles(runtime, blobs, job, sessions.workFolder(job.sessionId, job.userId))
    const last = item.attempt >= attempts
    const again = { againAfterMillis: Math.min(longestWaitMillis, 500 * 4 ** Math.min(item.attempt, 5)) }
    const paths = yield* Effect.tryPromise(() => files.all()).pipe(
      Effect.catch(({ cause }) => {
        const why = cause instanceof Error ? cause.message : String(cause)
        return Effect.logWarning(`files for request ${job.requestId}, attempt ${item.attempt}: ${why}`).pipe(
          Effect.as(last ? unread(job, why) : null),
        )
      }),
    )
    if (paths === null) return again satisfies Verdict
    const actors = yield* ActorClient
    const { requestId, sessionId } = job
    return yield* actors
      .tell(SessionProtocol, sessionId, `${requestId}/files`, {
        _tag: "FilesFetched",
        requestId,
        nodeId,
        paths,
      })
      .pipe(
        Effect.as<Verdict>("done"),
        Effect.catch((error) =>
          Effect.logWarning(`files for request ${requestId}: ${error.message}`).pipe(
            Effect.as<Verdict>(again),
          ),
        ),
      )
  })

const unread = ({ paths }: FetchFilesJob, why: string): ReadonlyArray<FetchedPath> =>
  paths.map((path) => ({ _tag: "Refused", path, reason: `it could not be read: ${why}`.slice(0, 400) }))
