import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { ConsoleFiles } from "./ConsoleFiles.ts"
import type { ConsoleFile } from "./ConsoleFiles.ts"
import { pathOf } from "./edge.ts"

/**
 * What the console's pages may do. Nothing inline: the console gives xterm's styles as constructed style sheets.
 * Sockets are named for browsers whose `'self'` does not cover them.
 */
const consolePolicy = (host: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ws://${host} wss://${host}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ")

/** Everything that is no other route: the console's files, and its index for the paths that it routes itself. */
export const ConsoleRoutes = HttpRouter.use(
  Effect.fn(function* (router) {
    const files = yield* ConsoleFiles
    // Not for HEAD, which the routes of GET answer.
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"] as const) {
      yield* router.add(method, "/api/*", noSuchPath)
    }
    yield* router.add("GET", "/*", (request) =>
      Effect.map(files.folder, (folder) => {
        if (folder === null) return notBuilt(files.path)
        const path = decodedPath(request.url)
        const found = path === null ? undefined : folder.get(path)
        if (found !== undefined && path !== "/index.html") return fileAnswer(request, found)
        const index = folder.get("/index.html")
        return index === undefined || path === null || looksLikeFile(path)
          ? HttpServerResponse.text("There is no such file.", { status: 404 })
          : HttpServerResponse.setHeader(
              fileAnswer(request, index),
              "content-security-policy",
              consolePolicy(request.headers["host"] ?? "localhost"),
            )
      }),
    )
  }),
)

const noSuchPath = HttpServerResponse.jsonUnsafe(
  { _tag: "NotFound", message: "the API has no such path", remedy: "See /api/docs." },
  { status: 404 },
)

const decodedPath = (url: string): string | null => {
  try {
    return decodeURIComponent(pathOf(url))
  } catch {
    return null
  }
}

const looksLikeFile = (path: string) => path !== "/index.html" && /\.[a-z0-9]{1,11}$/i.test(path)

const fileAnswer = (request: HttpServerRequest.HttpServerRequest, file: ConsoleFile) => {
  const headers = {
    etag: file.etag,
    vary: "accept-encoding",
    "cache-control": file.immutable ? "public, max-age=31536000, immutable" : "no-cache",
  }
  const known = (request.headers["if-none-match"] ?? "").split(",").map((tag) => tag.trim())
  if (known.includes(file.etag)) return HttpServerResponse.empty({ status: 304, headers })
  const accepted = acceptedEncodings(request.headers["accept-encoding"] ?? "")
  const [encoding, bytes] =
    file.brotli !== null && accepted.has("br")
      ? (["br", file.brotli] as const)
      : file.gzip !== null && accepted.has("gzip")
        ? (["gzip", file.gzip] as const)
        : ([null, file.bytes] as const)
  return HttpServerResponse.uint8Array(bytes, {
    contentType: file.type,
    headers: encoding === null ? headers : { ...headers, "content-encoding": encoding },
  })
}

/** Encodings not refused by `q=0` (RFC 9110, 12.5.3). */
const acceptedEncodings = (header: string) =>
  new Set(
    header
      .toLowerCase()
      .split(",")
      .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
      .map((part) => part.split(";", 1)[0]?.trim() ?? ""),
  )

const notBuilt = (path: string) =>
  HttpServerResponse.text(
    [
      "maillm is running, but its console is not built.",
      "",
      `There is no index.html in ${path}.`,
      "Build it with `npm run build -w ui`, or start with `npm start`, which does. Then load this page again.",
      "",
      "The API is at /api, its documentation at /api/docs, the state of this server at /health.",
      "",
    ].join("\n"),
    { status: 503, headers: { "retry-after": "10" } },
  )
