import * as Schema from "effect/Schema"
import { NodeId, RequestId, SessionId, text, UserId } from "./Ids.ts"
import { BlobRef } from "./Message.ts"

/** Files that go out with one answer, and pictures beside them; also the most that one message asks for. */
export const filesLimit = 20
export const picturesLimit = 8
/** Of one file, and of all of one answer together: bytes that are kept in BLOBS. */
export const fileLimitBytes = 25 * 1024 * 1024
export const filesLimitBytes = 100 * 1024 * 1024
/** Of a picture that a turn has made; a larger one is a file like any other. */
export const pictureLimitBytes = 2 * 1024 * 1024
/** Longest path that is asked for, in UTF-16 code units. */
export const pathLimit = 1_000

/** A file that goes out with an answer. */
export const SentFile = Schema.Struct({
  /** Safe to show and to write anywhere. */
  name: text(255),
  /** Of the short list in `fileType.ts`, by the content where that says it; else `application/octet-stream`. */
  type: text(255),
  blob: BlobRef,
  /** `outbox`: put there during the turn; `changes`: a picture that the turn made or changed; `asked`: asked for by its path. */
  from: Schema.Literals(["outbox", "changes", "asked"]),
})
export type SentFile = typeof SentFile.Type

/** A file that does not go out, and why, in words for a person. */
export const LeftFile = Schema.Struct({ name: text(255), reason: text(400) })
export type LeftFile = typeof LeftFile.Type

/** What goes out with an answer besides its words. */
export const Files = Schema.Struct({
  sent: Schema.Array(SentFile).check(Schema.isMaxLength(filesLimit + picturesLimit)),
  /** The first of them; `leftCount` has them all. */
  left: Schema.Array(LeftFile).check(Schema.isMaxLength(filesLimit)),
  leftCount: Schema.Int,
})
export type Files = typeof Files.Type

/** Files to read for a message that asks for them: a work item of JOBS, for the node that has the workspace. */
export const FetchFilesJob = Schema.TaggedStruct("FetchFiles", {
  userId: UserId,
  sessionId: SessionId,
  requestId: RequestId,
  nodeId: NodeId,
  /** As written: relative to the session's folder, or to the workspace. */
  paths: Schema.Array(text(pathLimit)).check(Schema.isMaxLength(filesLimit)),
  /** The policy lets files go out that may hold credentials. */
  credentials: Schema.Boolean,
})
export type FetchFilesJob = typeof FetchFilesJob.Type

/** What became of one path that was asked for. */
export const FetchedPath = Schema.Union([
  Schema.TaggedStruct("Found", { path: text(pathLimit), file: SentFile }),
  /** Nothing of that name is there; `close` are paths that come close to it. */
  Schema.TaggedStruct("Missing", {
    path: text(pathLimit),
    close: Schema.Array(text(pathLimit)).check(Schema.isMaxLength(5)),
  }),
  Schema.TaggedStruct("Refused", { path: text(pathLimit), reason: text(400) }),
])
export type FetchedPath = typeof FetchedPath.Type
