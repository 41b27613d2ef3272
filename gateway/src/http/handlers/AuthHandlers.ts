import * as Effect from "effect/Effect"
import * as HttpEffect from "effect/http/HttpEffect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { Api } from "@maillm/schema/Api"
import { CurrentUser, cookieName } from "@maillm/schema/api/Authorization"
import { Settings } from "@maillm/schema/Settings"
import { Authenticator } from "../../identity/Authenticator.ts"
import { WebSessions } from "../../identity/WebSessions.ts"
import { orUnavailable } from "../answers.ts"
import { remoteAddress, withRetryAfter } from "../AuthorizationLayer.ts"

/** The longest that browsers keep a cookie; the session itself ends by WebSessions. */
const cookieMillis = 400 * 86_400_000

export const AuthHandlers = HttpApiBuilder.group(
  Api,
  "auth",
  Effect.fn(function* (handlers) {
    const authenticator = yield* Authenticator
    const sessions = yield* WebSessions
    const { publicUrl } = yield* Settings

    const setCookie = (value: string, maxAge: number) =>
      HttpEffect.appendPreResponseHandler((_request, response) =>
        Effect.orDie(
          HttpServerResponse.setCookie(response, cookieName, value, {
            httpOnly: true,
            sameSite: "strict",
            path: "/",
            maxAge,
            secure: publicUrl?.startsWith("https:") ?? false,
          }),
        ),
      )

    return handlers.handleAll({
      signIn: Effect.fn("auth.signIn")(function* ({ payload, request }) {
        const userId = yield* authenticator
          .byLink(payload.token, remoteAddress(request))
          .pipe(Effect.catch(withRetryAfter))
        const { id, session } = yield* Effect.catch(sessions.begin(userId), orUnavailable)
        yield* setCookie(id, cookieMillis)
        return { userId, expiresAtMillis: session.expiresAtMillis }
      }),
      signOut: Effect.fn("auth.signOut")(function* () {
        const { cookie } = yield* CurrentUser
        if (cookie !== null) yield* Effect.catch(sessions.end(cookie.hash), orUnavailable)
        yield* setCookie("", 0)
      }),
    })
  }),
)
