import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { Api } from "@maillm/schema/Api"
import { InputRefused } from "@maillm/schema/api/ApiErrors"
import { CurrentUser } from "@maillm/schema/api/Authorization"
import { pictureType } from "@maillm/schema/fileType"
import type { BlobRef } from "@maillm/schema/Message"
import { Blobs } from "@maillm/actors/nats/Blobs"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { download, noSuch, orBlobGone, orUnavailable } from "../answers.ts"
import { Downloads } from "../Downloads.ts"

interface NamedBlob {
  readonly name: string
  /** Of what the node has looked into; a picture is given as one, for its page to show. */
  readonly type?: string
  readonly blob: BlobRef
}

/** A blob is given only to whom a row refers to it; the row also says its name. */
export const BlobsHandlers = HttpApiBuilder.group(
  Api,
  "blobs",
  Effect.fn(function* (handlers) {
    const readModel = yield* ReadModel
    const blobs = yield* Blobs
    const downloads = yield* Downloads

    const ofRequest = Effect.fnUntraced(function* (id: string, userId: string) {
      const row = yield* Effect.catch(readModel.request(id), orUnavailable)
      if (row === null || row.userId !== userId) return []
      const { attachments, outputBlob, changes, files, recording, transcript } = row
      return [
        ...(files?.sent ?? []),
        ...attachments.map(({ blob, name }) => ({ blob, name })),
        ...whole(outputBlob, `${row.id}-output.txt`),
        ...whole(changes?.patch, `${row.id}.patch`),
        ...whole(recording, `${row.id}.cast`),
        ...whole(transcript, `${row.id}.jsonl`),
      ]
    })
    const ofMessage = Effect.fnUntraced(function* (id: string, userId: string) {
      const row = yield* Effect.catch(readModel.message(id), orUnavailable)
      if (row === null || row.userId !== userId) return []
      return [
        ...row.attachments.map(({ blob, name }) => ({ blob, name })),
        ...whole(row.raw, `${row.id}.eml`),
        ...whole(row.report, `${row.id}-report.eml`),
      ]
    })

    return handlers.handleAll({
      get: Effect.fn("blobs.get")(function* ({ params, query }) {
        const { userId } = yield* CurrentUser
        const { requestId, messageId } = query
        if (requestId === undefined && messageId === undefined) {
          return yield* new InputRefused({
            message: "which row refers to this blob is not said",
            remedy: "Add ?requestId=… or ?messageId=….",
          })
        }
        const candidates: ReadonlyArray<NamedBlob> = [
          ...(requestId === undefined ? [] : yield* ofRequest(requestId, userId)),
          ...(messageId === undefined ? [] : yield* ofMessage(messageId, userId)),
        ]
        const found = candidates.find((candidate) => candidate.blob.sha256 === params.sha256)
        if (found === undefined) return yield* noSuch("blob", params.sha256)
        const bytes = yield* downloads.one(Effect.catch(blobs.get(found.blob), orBlobGone))
        const picture = pictureType(bytes)
        const type = picture !== null && picture === found.type ? picture : "application/octet-stream"
        return download(bytes, found.name, type)
      }),
    })
  }),
)

const whole = (blob: BlobRef | null | undefined, name: string): ReadonlyArray<NamedBlob> =>
  blob === null || blob === undefined ? [] : [{ name, blob }]
