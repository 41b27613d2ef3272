import * as Effect from "effect/Effect"
import * as HttpEffect from "effect/http/HttpEffect"
import type { HttpServerRequest } from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { NotFound, Unavailable } from "@maillm/schema/api/ApiErrors"
import type { TellError } from "@maillm/actors/client/ActorClient"
import type { BlobFailed } from "@maillm/actors/nats/Blobs"
import type { NatsUnavailable } from "@maillm/actors/nats/Nats"
import type { ReadModelFailed } from "@maillm/actors/readmodel/ReadModel"

/** Sets `Retry-After` on the answer that this request gets. */
export const retryAfter = (seconds: number) =>
  HttpEffect.appendPreResponseHandler((_request, response) =>
    Effect.succeed(HttpServerResponse.setHeader(response, "retry-after", String(seconds))),
  )

const unavailable = (message: string, remedy: string, retryAfterSeconds: number) =>
  Effect.andThen(
    retryAfter(retryAfterSeconds),
    Effect.fail(new Unavailable({ message: message.slice(0, 2_000), remedy, retryAfterSeconds })),
  )

/** What is away or full, as the 503 that says when to try again. */
export const orUnavailable = (error: ReadModelFailed | NatsUnavailable | TellError) => {
  switch (error._tag) {
    case "ReadModelFailed":
      return unavailable(error.message, "Try again; nothing accepted is lost.", 5)
    case "NatsUnavailable":
      return unavailable(error.message, "Try again; see the component nats in /health.", 5)
    case "MailboxFull":
      return unavailable(error.message, "Wait until some of what is queued is done, then send it again.", 10)
    case "CommandUnconfirmed":
      return unavailable(
        error.message,
        "Send it again with the same Idempotency-Key: it is then done once, however this ended.",
        2,
      )
  }
}

/** One answer for what is not there and what is another user's. */
export const noSuch = (what: "request" | "session" | "message" | "approval" | "blob", id: string) =>
  new NotFound({
    message: `there is no ${what} ${id}`,
    remedy:
      what === "blob" ? "Ask by the row that refers to it." : `GET /api/${what}s lists those that are yours.`,
  })

/** A user whose first event is not folded in yet, as in the first second of an installation. */
export const notYetReadable = unavailable(
  "your account is not readable yet",
  "Try again in a second; if it stays so, see the component read model in /health.",
  1,
)

/** A blob that a row names but the store does not give. */
export const orBlobGone = (
  error: BlobFailed,
): Effect.Effect<never, NotFound | Unavailable, HttpServerRequest> =>
  error.found
    ? unavailable(error.message, "Try again; see the component nats in /health.", 5)
    : Effect.fail(
        new NotFound({ message: error.message, remedy: "The file is no longer kept; nothing can be done." }),
      )

/**
 * Bytes as a download that no browser runs or shows in place: attachment, no sniffing. The name is the
 * sender's: everything but letters, digits and a few marks is replaced (RFC 6266, 5987).
 */
export const download = (bytes: Uint8Array, name: string, contentType: string) => {
  const plain = name.replaceAll(/[^A-Za-z0-9._ -]/g, "_").slice(-200) || "file"
  const extended = encodeURIComponent(
    name
      .toWellFormed()
      .replaceAll(/[\p{Cc}\p{Cf}/\\]/gu, "_")
      .slice(-200),
  )
  return HttpServerResponse.uint8Array(bytes, {
    contentType,
    headers: {
      "content-disposition": `attachment; filename="${plain}"; filename*=UTF-8''${extended.replaceAll(/['()*]/g, "_")}`,
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, no-store",
    },
  })
}
