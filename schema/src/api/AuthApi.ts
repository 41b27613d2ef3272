import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { EpochMillis, text, UserId } from "../Ids.ts"
import { NotAllowed, NotSignedIn, TooManyAttempts, Unavailable } from "./ApiErrors.ts"
import { Authorization, InputCheck } from "./Authorization.ts"

export const SignedIn = Schema.Struct({ userId: UserId, expiresAtMillis: EpochMillis })

/**
 * Sign-in by a one-time link, `<console>/sign-in#token=…`. The token is in the fragment, so no server log and no
 * Referer holds it; the console posts it here, and takes it out of the address bar.
 */
export class AuthApi extends HttpApiGroup.make("auth")
  .add(
    HttpApiEndpoint.post("signIn", "/sign-in", {
      payload: Schema.Struct({ token: text(200) }),
      success: SignedIn,
      error: [NotSignedIn, NotAllowed, TooManyAttempts, Unavailable],
    })
      .annotate(OpenApi.Summary, "Sign in by a one-time link")
      .annotate(
        OpenApi.Description,
        "Trades the token of a one-time link for the console's cookie. Works once.",
      ),
    HttpApiEndpoint.post("signOut", "/sign-out", { error: Unavailable })
      .annotate(OpenApi.Summary, "Sign out")
      .middleware(Authorization)
      .annotate(OpenApi.Description, "Revokes the cookie and disconnects its live sockets."),
  )
  .middleware(InputCheck)
  .prefix("/api/auth")
  .annotate(OpenApi.Description, "Signing in to the console and out of it.") {}
