import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"
import type { Plugin } from "vite"

const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)
/** Below this many bytes the headers weigh more than what is saved. */
const leastBytes = 512

/** Writes `.br` and `.gz` beside every text file of the build; the gateway sends those to who accepts them. */
export const compressAssets = (): Plugin => ({
  name: "compress-assets",
  apply: "build",
  writeBundle: async ({ dir }) => {
    if (dir === undefined) return
    const files = await readdir(dir, { recursive: true })
    for (const file of files.filter((name) => /\.(js|css|svg|html)$/.test(name))) {
      const path = join(dir, file)
      const bytes = await readFile(path)
      if (bytes.length < leastBytes) continue
      const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
      await writeFile(`${path}.br`, await brotli(bytes, quality))
      await writeFile(`${path}.gz`, await gzipped(bytes, { level: 9 }))
    }
  },
})
