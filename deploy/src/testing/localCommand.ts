import { join } from "node:path"
import { repository } from "../../bin/launch/paths.mjs"

/**
 * How maillm is started for a test: what `npm start` runs, on free ports and the host runtime, in an environment of
 * nothing but this. `extra` is added to the environment, last.
 */
export const localCommand = (dataDir: string, extra: Readonly<Record<string, string>>) => {
  const cache = process.env["MAILLM_CACHE_DIR"]
  return {
    command: process.execPath,
    args: ["--disable-warning=ExperimentalWarning", join(repository, "deploy/src/local/start.ts")],
    cwd: dataDir,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: dataDir,
      LANG: "C.UTF-8",
      ...(cache === undefined ? {} : { MAILLM_CACHE_DIR: cache }),
      MAILLM_DATA_DIR: dataDir,
      MAILLM_HTTP_PORT: "0",
      MAILLM_SMTP_PORT: "0",
      MAILLM_RUNTIME: "host",
      ...extra,
    },
  }
}
