import * as Effect from "effect/Effect"
import { NotAllowed } from "@maillm/schema/api/ApiErrors"
import { CurrentUser } from "@maillm/schema/api/Authorization"
import type { Credentials } from "../../identity/Credentials.ts"

/** What concerns the whole installation is its owner's. Answers who asks. */
export const ownerOnly = (credentials: Credentials["Service"]) =>
  Effect.gen(function* () {
    const { userId, cookie } = yield* CurrentUser
    if (credentials.isOwner(userId)) return `user ${userId} by ${cookie === null ? "token" : "cookie"}`
    return yield* new NotAllowed({
      message: "this is for the owner of the installation",
      remedy: "Send the owner's API token; it is in owner.json in the data folder.",
    })
  })
