import * as ByteSize from "effect/ByteSize"
import * as Effect from "effect/Effect"
import * as HttpEffect from "effect/http/HttpEffect"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { Settings } from "@maillm/schema/Settings"
import { browserHeaders } from "./AuthorizationLayer.ts"
import { countRequest } from "./httpMetrics.ts"
import { isForeign, isOwnHost } from "./origin.ts"

/** Longest body of a request to the API, bytes: a request's text in full, however it is escaped. */
export const bodyLimitBytes = 256 * 1024

/** What probes and scrapers ask under whatever name they know us by; nothing of a user is in it. */
const askedByAnyName = new Set(["/health", "/ready", "/metrics"])
const reads = new Set(["GET", "HEAD", "OPTIONS"])

/** Sent with every answer, unless the answer has its own (OWASP ASVS 5.0, 3.4.1 to 3.4.6). */
const baseHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "content-security-policy":
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "cache-control": "no-store",
}

/**
 * Around every route: refuses host names that are not ours and changes that a page of another site sends, bounds
 * the body, sets the headers that browsers are to obey, counts.
 */
export const EdgeLayer = HttpRouter.middleware(
  Effect.gen(function* () {
    const { bind, publicUrl } = yield* Settings
    const headers = publicUrl?.startsWith("https:")
      ? { ...baseHeaders, "strict-transport-security": "max-age=31536000" }
      : baseHeaders
    return (httpEffect) =>
      Effect.gen(function* () {
        const request = yield* HttpServerRequest.HttpServerRequest
        const started = performance.now()
        yield* HttpEffect.appendPreResponseHandler((_request, response) =>
          Effect.as(
            countRequest(request.method, response.status, performance.now() - started),
            HttpServerResponse.setHeaders(response, { ...headers, ...response.headers }),
          ),
        )
        const path = pathOf(request.url)
        if (!askedByAnyName.has(path) && !isOwnHost(request.headers["host"], { bind, publicUrl })) {
          return refused(
            403,
            "this server does not go by that host name",
            "Use its address, localhost, or set MAILLM_PUBLIC_URL to the name it is reached by.",
          )
        }
        if (!reads.has(request.method) && isForeign(browserHeaders(request))) {
          return refused(403, "a page of another site sent this", "Use the console of this server.")
        }
        if (Number(request.headers["content-length"] ?? 0) > bodyLimitBytes) {
          return refused(413, `the body is over ${bodyLimitBytes} bytes`, "Send less.")
        }
        return yield* httpEffect
      }).pipe(
        Effect.provideService(HttpIncomingMessage.MaxBodySize, ByteSize.fromInputUnsafe(bodyLimitBytes)),
      )
  }),
  { global: true },
)

/** The path of a request target, without its query. */
export const pathOf = (url: string) => url.split(/[?#]/, 1)[0] ?? ""

const refused = (status: 403 | 413, message: string, remedy: string) =>
  HttpServerResponse.jsonUnsafe({ _tag: "NotAllowed", message, remedy }, { status })
