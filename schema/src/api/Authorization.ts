import * as Context from "effect/Context"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSecurity from "effect/http-api/HttpApiSecurity"
import type { UserId } from "../Ids.ts"
import { InputRefused, NotAllowed, NotSignedIn, TooManyAttempts, Unavailable } from "./ApiErrors.ts"

/** Name of the console's cookie: an opaque 256-bit id, `HttpOnly`, `SameSite=Strict`. */
export const cookieName = "maillm_session"

/** Who sends this request, and how that is known. */
export class CurrentUser extends Context.Service<
  CurrentUser,
  {
    readonly userId: UserId
    /** The cookie's stored hash and expiry, or null for an API token. */
    readonly cookie: { readonly hash: string; readonly expiresAtMillis: number } | null
  }
>()("@maillm/schema/api/CurrentUser") {}

/** Every endpoint but sign-in asks for an API token (`Authorization: Bearer …`) or the console's cookie. */
export class Authorization extends HttpApiMiddleware.Service<Authorization, { provides: CurrentUser }>()(
  "@maillm/schema/api/Authorization",
  {
    security: {
      token: HttpApiSecurity.bearer,
      cookie: HttpApiSecurity.apiKey({ key: cookieName, in: "cookie" }),
    },
    error: [NotSignedIn, NotAllowed, TooManyAttempts, Unavailable],
  },
) {}

/** Turns what a schema refuses into an `InputRefused` in words. */
export class InputCheck extends HttpApiMiddleware.Service<InputCheck>()("@maillm/schema/api/InputCheck", {
  error: InputRefused,
}) {}
