import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { MessageId, RequestId, SessionId } from "../Ids.ts"
import { BlobRef } from "../Message.ts"
import { MessageRow, MessageState } from "../ReadModel.ts"
import { Conflict, InputRefused, NotFound, Unavailable } from "./ApiErrors.ts"
import { Authorization, InputCheck } from "./Authorization.ts"
import { pageQuery } from "./Paging.ts"

/**
 * The release is stored. `state` is `quarantined` as long as nothing shows of it, as with an actor that is away: look at
 * the message again.
 */
export const ReleaseTaken = Schema.Struct({
  id: MessageId,
  state: MessageState,
  /** As last read. */
  message: MessageRow,
})
export type ReleaseTaken = typeof ReleaseTaken.Type

export class MessagesApi extends HttpApiGroup.make("messages")
  .add(
    HttpApiEndpoint.get("list", "/", {
      query: {
        ...pageQuery,
        direction: Schema.optionalKey(Schema.Literals(["in", "out"])),
        state: Schema.optionalKey(MessageState),
        requestId: Schema.optionalKey(RequestId),
        sessionId: Schema.optionalKey(SessionId),
      },
      success: Schema.Array(MessageRow),
      error: Unavailable,
    })
      .annotate(OpenApi.Summary, "List messages")
      .annotate(
        OpenApi.Description,
        "A JSON array of mails in and out, newest first, with the text received or sent. `origin` of a mail in says how it came, and what SPF, DKIM, DMARC and ARC say of its author.",
      ),
    HttpApiEndpoint.get("get", "/:id", {
      params: { id: MessageId },
      success: MessageRow,
      error: [NotFound, Unavailable],
    }).annotate(OpenApi.Summary, "One message"),
    HttpApiEndpoint.get("raw", "/:id/raw", {
      params: { id: MessageId },
      success: Schema.Uint8Array.pipe(HttpApiSchema.asUint8Array({ contentType: "text/plain" })),
      error: [NotFound, Unavailable],
    })
      .annotate(OpenApi.Summary, "Download a message as sent")
      .annotate(OpenApi.Description, "The message as it went over the wire, as a download."),
    HttpApiEndpoint.post("release", "/:id/release", {
      params: { id: MessageId },
      success: ReleaseTaken.pipe(HttpApiSchema.status(202)),
      error: [NotFound, Conflict, Unavailable],
    })
      .annotate(OpenApi.Summary, "Release a mail from quarantine")
      .annotate(
        OpenApi.Description,
        "Has it done as a request of yours, whoever wrote it; read its text before. 202 once that is stored; it waits up to 3 s to see it. Repeats have no further effect. It says yes to no question, and its commands are judged as an agent's. 409 for a message that was never in quarantine. The last 500 mails in quarantine can be released; an older one stays.",
      ),
  )
  .middleware(InputCheck)
  .middleware(Authorization)
  .prefix("/api/messages")
  .annotate(OpenApi.Description, "Mail in and out.") {}

export class BlobsApi extends HttpApiGroup.make("blobs")
  .add(
    HttpApiEndpoint.get("get", "/:sha256", {
      params: { sha256: BlobRef.fields.sha256 },
      query: { requestId: Schema.optionalKey(RequestId), messageId: Schema.optionalKey(MessageId) },
      success: Schema.Uint8Array.pipe(
        HttpApiSchema.asUint8Array({ contentType: "application/octet-stream" }),
      ),
      error: [InputRefused, NotFound, Unavailable],
    })
      .annotate(OpenApi.Summary, "Download a stored file")
      .annotate(
        OpenApi.Description,
        "An attachment, a file that came with an answer, a whole output, a patch, a recording or the report that a mail came back with, as a download. Name the row that refers to it: `requestId` or `messageId`.",
      ),
  )
  .middleware(InputCheck)
  .middleware(Authorization)
  .prefix("/api/blobs")
  .annotate(OpenApi.Description, "Stored files.") {}
