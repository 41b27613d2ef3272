import { realpathSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { SetupFailed } from "./progress.mjs"

/** npm's own JavaScript, to be run by the Node of our choice: the npm that started us, else the one in PATH. */
export function npmCli() {
  if (/npm-cli\.c?js$/.test(process.env.npm_execpath ?? "")) return process.env.npm_execpath
  for (const folder of [...(process.env.PATH ?? "").split(delimiter), dirname(process.execPath)]) {
    const real = realPath(join(folder, "npm"))
    if (real?.endsWith("npm-cli.js")) return real
  }
  throw new SetupFailed("npm was not found in PATH; install it (Debian: apt-get install npm)")
}

function realPath(path) {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
