import { createHash, timingSafeEqual } from "node:crypto"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** Who a credential belongs to. */
export interface Principal {
  readonly userId: string
  /** The account's own address, lower case. */
  readonly email: string
}

/** The account of a one-user installation. */
export interface OwnerCredential {
  readonly userId: string
  readonly email: string
  /** SHA-256 of the API token's UTF-8 bytes, lower-case hex: the token itself is kept nowhere but with its holder. */
  readonly tokenSha256: string
}

/** Checks what clients prove themselves with. Both answer null for whatever is not right, without saying what. */
export class Credentials extends Context.Service<
  Credentials,
  {
    /** An API token, as in `Authorization: Bearer <token>`. */
    readonly verifyToken: (token: string) => Effect.Effect<Principal | null>
    /** SMTP AUTH: the account's own address (case does not matter) and an API token of it as password. */
    readonly verify: (user: string, password: string) => Effect.Effect<Principal | null>
    /** Whether this account runs the installation, and may see and do what concerns all of it. */
    readonly isOwner: (userId: string) => boolean
  }
>()("@maillm/gateway/identity/Credentials") {
  /** One owner, one token. Comparison takes the same time for every wrong token. */
  static readonly layerOwner = (owner: OwnerCredential) =>
    Layer.sync(Credentials, () => {
      const principal: Principal = { userId: owner.userId, email: owner.email.toLowerCase() }
      const expected = Buffer.from(owner.tokenSha256, "hex")
      const matches = (token: string) => {
        const given = createHash("sha256").update(token, "utf8").digest()
        return given.length === expected.length && timingSafeEqual(given, expected)
      }
      return {
        verifyToken: (token) => Effect.sync(() => (matches(token) ? principal : null)),
        verify: (user, password) =>
          Effect.sync(() => {
            const right = matches(password)
            return right && user.toLowerCase() === principal.email ? principal : null
          }),
        isOwner: (userId) => userId === principal.userId,
      }
    })
}
