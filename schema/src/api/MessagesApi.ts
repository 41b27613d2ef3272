import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { MessageId, RequestId, SessionId } from "../Ids.ts"
import { BlobRef } from "../Message.ts"
import { MessageRow, MessageState } from "../ReadModel.ts"
import { InputRefused, NotFound, Unavailable } from "./ApiErrors.ts"
import { Authorization, InputCheck } from "./Authorization.ts"
import { pageQuery } from "./Paging.ts"

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
        "A JSON array of mails in and out, newest first, with the text received or sent.",
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
        "An attachment, a whole output, a patch or a recording as a download. Name the row that refers to it: `requestId` or `messageId`.",
      ),
  )
  .middleware(InputCheck)
  .middleware(Authorization)
  .prefix("/api/blobs")
  .annotate(OpenApi.Description, "Stored files.") {}
