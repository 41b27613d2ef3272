import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startTestProcess } from "../../nats/testing/TestProcess.ts"

/** A server that speaks the MongoDB protocol, for tests only. */
export interface TestFerretDb {
  /** `mongodb://127.0.0.1:<port>/`, any database name may follow. */
  readonly url: string
  /** Ends the server and removes its data. */
  stop(): Promise<void>
}

/** Why `startTestFerretDb` cannot be used here; undefined when it can. For `test.skipIf` and the test's name. */
export const ferretDbMissing =
  process.env["MAILLM_TEST_FERRETDB"] === undefined ? "MAILLM_TEST_FERRETDB is not set" : undefined

/** Starts FerretDB on SQLite in a temporary folder, on a free loopback port. Resolves when it accepts connections. */
export async function startTestFerretDb(): Promise<TestFerretDb> {
  const binary = process.env["MAILLM_TEST_FERRETDB"]
  if (binary === undefined)
    throw new Error("MAILLM_TEST_FERRETDB is not set: run `npm test`, which builds FerretDB")
  const folder = mkdtempSync(join(tmpdir(), "maillm-ferretdb-"))
  mkdirSync(join(folder, "data"))
  const server = startTestProcess(binary, [join(folder, "data")])
  const stop = async () => {
    await server.stop("SIGTERM")
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
  try {
    const url = await server.waitFor(() => /^mongodb:\S+$/m.exec(server.output())?.[0])
    return { url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
