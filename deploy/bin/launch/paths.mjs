import { delimiter, dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"

/** The root of the clone. */
export const repository = join(dirname(fileURLToPath(import.meta.url)), "../../..")

/** What may be deleted at any time and is fetched or built again: `MAILLM_CACHE_DIR`, else `.cache` in the clone. */
export const cacheDir = resolve(repository, process.env.MAILLM_CACHE_DIR || ".cache")

/** The environment in which the given Node comes first in PATH, so that npm and every script run under it. */
export function environmentOf(node) {
  return { ...process.env, PATH: [dirname(node), process.env.PATH].filter(Boolean).join(delimiter) }
}
