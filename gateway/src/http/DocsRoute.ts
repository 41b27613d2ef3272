import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiScalar from "effect/http-api/HttpApiScalar"
import * as Layer from "effect/Layer"
import { Api } from "@maillm/schema/Api"

/** The page is the same each time, and hashing its 3 MB is not free. */
const PolicyMiddleware = HttpRouter.middleware(
  Effect.sync(() => {
    let policy: string | null = null
    return (httpEffect) =>
      Effect.map(httpEffect, (page) => {
        policy ??= viewerPolicy(htmlOf(page))
        return HttpServerResponse.setHeaders(page, {
          "content-security-policy": policy,
          "cache-control": "no-cache",
        })
      })
  }),
)

/** The viewer of the API's document: one page with its script inside, which asks nothing of other hosts. */
export const DocsRoute = HttpApiScalar.layer(Api, {
  path: "/api/docs",
  scalar: { withDefaultFonts: false },
}).pipe(Layer.provide(PolicyMiddleware.layer))

const htmlOf = ({ body }: HttpServerResponse.HttpServerResponse) =>
  body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : ""

/** Only the scripts that the page has now may run, each by its hash (CSP 3, 6.7.3.3). */
const viewerPolicy = (html: string) => {
  const hashes = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  )
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}`,
    "style-src 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ")
}
