import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { expect, it } from "vitest"
import { repository } from "../bin/launch/paths.mjs"

it("npm run example: three commands, three counts", async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(repository, "deploy/src/local/example.ts")],
    { timeout: 50_000 },
  )
  expect(stdout).toMatch(/add 1; it stands at 1\n.*add 2; it stands at 3\n.*add 3; it stands at 6\n/)
}, 60_000)
