import { createHash } from "node:crypto"
import { readdir, readFile, stat } from "node:fs/promises"
import { extname, join, relative, sep } from "node:path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const fileLimit = 2_000
const totalLimitBytes = 128 * 1024 * 1024

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
}

export interface ConsoleFile {
  readonly bytes: Uint8Array
  readonly brotli: Uint8Array | null
  readonly gzip: Uint8Array | null
  readonly type: string
  readonly etag: string
  /** True for what Vite names by its content: it never changes. */
  readonly immutable: boolean
}

/** A URL path such as `/assets/index-3f9a.js` → the file. Nothing else of the disk can be asked for. */
export type ConsoleFolder = ReadonlyMap<string, ConsoleFile>

/**
 * The built console, held in memory: at most 2,000 files and 128 MiB of a folder, without links and dot files.
 * Read again when its index.html changes, so that a rebuild shows without a restart.
 */
export class ConsoleFiles extends Context.Service<
  ConsoleFiles,
  {
    /** Null while the console is not built. */
    readonly folder: Effect.Effect<ConsoleFolder | null>
    readonly path: string
  }
>()("@maillm/gateway/http/ConsoleFiles") {
  static readonly layer = (path: string) =>
    Layer.effect(
      ConsoleFiles,
      Effect.gen(function* () {
        let held: { readonly changedMillis: number; readonly files: ConsoleFolder } | null = null
        const look = Effect.promise(async () => {
          const index = await stat(join(path, "index.html")).catch(() => null)
          if (index === null) return (held = null)
          if (held?.changedMillis === index.mtimeMs) return held.files
          const files = await readFolder(path).catch(() => null)
          held = files === null ? held : { changedMillis: index.mtimeMs, files }
          return held?.files ?? null
        })
        return { path, folder: yield* Effect.cachedWithTTL(look, "250 millis") }
      }),
    )
}

const readFolder = async (root: string): Promise<ConsoleFolder> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const contents = new Map<string, Uint8Array>()
  let total = 0
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.startsWith(".")) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path)
    total += bytes.length
    if (contents.size >= fileLimit || total > totalLimitBytes) {
      throw new Error(
        `${root} is larger than a console can be (${fileLimit} files, ${totalLimitBytes} bytes)`,
      )
    }
    contents.set(`/${relative(root, path).split(sep).join("/")}`, bytes)
  }
  const files = new Map<string, ConsoleFile>()
  for (const [url, bytes] of contents) {
    if (/\.(br|gz)$/.test(url) && contents.has(url.slice(0, -3))) continue
    files.set(url, {
      bytes,
      brotli: contents.get(`${url}.br`) ?? null,
      gzip: contents.get(`${url}.gz`) ?? null,
      type: types[extname(url)] ?? "application/octet-stream",
      etag: `W/"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`,
      immutable: url.startsWith("/assets/"),
    })
  }
  return files
}
