import * as Effect from "effect/Effect"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { InputRefused, NotAllowed } from "@maillm/schema/api/ApiErrors"
import { Authorization, CurrentUser, InputCheck } from "@maillm/schema/api/Authorization"
import { Authenticator } from "../identity/Authenticator.ts"
import type { SignInError } from "../identity/Authenticator.ts"
import { retryAfter } from "./answers.ts"
import { isProvenOwn } from "./origin.ts"

/** The other end of the connection, as the kernel says; headers are not asked. */
export const remoteAddress = (request: HttpServerRequest.HttpServerRequest) =>
  request.remoteAddress._tag === "Some" ? request.remoteAddress.value : "unknown"

export const browserHeaders = (request: HttpServerRequest.HttpServerRequest) => ({
  host: request.headers["host"],
  origin: request.headers["origin"],
  fetchSite: request.headers["sec-fetch-site"],
})

/** Failures carry `Retry-After` where they say when to come back. */
export const withRetryAfter = <E extends SignInError>(error: E) =>
  "retryAfterSeconds" in error
    ? Effect.andThen(retryAfter(error.retryAfterSeconds), Effect.fail(error))
    : Effect.fail(error)

const reads = new Set(["GET", "HEAD", "OPTIONS"])

/** Checks the API token where an `Authorization` header is sent, and the console's cookie where none is. */
export const AuthorizationLayer = Layer.effect(
  Authorization,
  Effect.gen(function* () {
    const authenticator = yield* Authenticator
    const tokenErrors = new WeakMap<object, SignInError>()
    return {
      token: Effect.fnUntraced(function* (httpEffect, { credential }) {
        const request = yield* HttpServerRequest.HttpServerRequest
        const user = yield* authenticator.byToken(Redacted.value(credential), remoteAddress(request)).pipe(
          Effect.tapError((error) => Effect.sync(() => tokenErrors.set(request.source, error))),
          Effect.catch(withRetryAfter),
        )
        return yield* Effect.provideService(httpEffect, CurrentUser, user)
      }),
      cookie: Effect.fnUntraced(function* (httpEffect, { credential }) {
        const request = yield* HttpServerRequest.HttpServerRequest
        const before = tokenErrors.get(request.source)
        if (request.headers["authorization"] !== undefined && before !== undefined) return yield* before
        const user = yield* authenticator
          .byCookie(Redacted.value(credential), remoteAddress(request))
          .pipe(Effect.catch(withRetryAfter))
        if (!reads.has(request.method) && !isProvenOwn(browserHeaders(request))) {
          return yield* new NotAllowed({
            message: "a change by cookie must come from a page of this console",
            remedy: "Scripts: send an API token as `Authorization: Bearer <token>` instead of the cookie.",
          })
        }
        return yield* Effect.provideService(httpEffect, CurrentUser, user)
      }),
    }
  }),
)

/** What a schema refuses is a 400 that names the part and the reason. What we fail to encode is our defect. */
export const InputCheckLayer = HttpApiMiddleware.layerSchemaErrorTransform(InputCheck, (error) =>
  error.kind === "Body" || error.kind === "ResponseHeaders"
    ? Effect.fail(error)
    : Effect.fail(
        new InputRefused({
          message: `${error.kind.toLowerCase()}: ${error.cause.message}`.slice(0, 1_000),
          remedy: "The shape of every request is in /api/docs.",
        }),
      ),
)
