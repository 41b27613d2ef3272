import { createHash } from "node:crypto"
import { expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { Credentials } from "./Credentials.ts"

const tokenSha256 = createHash("sha256").update("right-token").digest("hex")
const layer = Credentials.layerOwner({ userId: "u1", email: "Ada@Example.org", tokenSha256 })
const ada = { userId: "u1", email: "ada@example.org" }

it.effect("knows the owner by token alone, and by address and token", () =>
  Effect.gen(function* () {
    const credentials = yield* Credentials
    expect(yield* credentials.verifyToken("right-token")).toEqual(ada)
    expect(yield* credentials.verify("ADA@example.org", "right-token")).toEqual(ada)
  }).pipe(Effect.provide(layer)),
)

it.effect("answers null for all else", () =>
  Effect.gen(function* () {
    const credentials = yield* Credentials
    for (const wrong of ["", "right-toke", "right-token ", tokenSha256]) {
      expect(yield* credentials.verifyToken(wrong)).toBeNull()
      expect(yield* credentials.verify("ada@example.org", wrong)).toBeNull()
    }
    expect(yield* credentials.verify("eve@example.org", "right-token")).toBeNull()
  }).pipe(Effect.provide(layer)),
)
