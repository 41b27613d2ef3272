import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { obtainNatsServer } from "./NatsServer.ts"

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "maillm-tools-"))
})

afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))

/** An executable shell script; the folder `bin` is the whole PATH of the code under test. */
function script(path: string, body: string): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${body}\n`)
  chmodSync(file, 0o755)
}

const context = (env: NodeJS.ProcessEnv = {}) => ({
  env: { PATH: join(folder, "bin"), ...env },
  cacheDir: join(folder, "cache"),
})

const natsServer = (version: string) => `echo "nats-server: v${version}"`

/** A fake `go build` that writes a nats-server of that version to its `-o` and counts its runs. */
const go = (version: string) => `
  echo run >> ${join(folder, "go-runs")}
  while [ "$1" != "-o" ]; do shift; done
  printf '#!/bin/sh\\n${natsServer(version).replaceAll('"', '\\"')}\\n' > "$2"; /bin/chmod +x "$2"`

test("needs none when MAILLM_NATS_URL names a server", async () => {
  const url = "nats://nats.example:4222"
  expect(await obtainNatsServer(context({ MAILLM_NATS_URL: url }))).toEqual({ kind: "external", url })
})

test("takes the one in PATH", async () => {
  script("bin/nats-server", natsServer("2.14.0"))
  expect(await obtainNatsServer(context())).toEqual({
    kind: "ready",
    path: join(folder, "bin/nats-server"),
    version: "2.14.0",
    source: "PATH",
  })
})

test("takes the cached one when the one in PATH is too old", async () => {
  script("bin/nats-server", natsServer("2.9.10"))
  script("cache/bin/nats-server", natsServer("2.15.1"))
  expect(await obtainNatsServer(context())).toMatchObject({ version: "2.15.1", source: "cache" })
})

test("builds with Go when there is none, once for two that ask at once", async () => {
  script("bin/go", go("2.15.1"))
  const outcomes = await Promise.all([obtainNatsServer(context()), obtainNatsServer(context())])
  expect(outcomes.map((outcome) => outcome.kind)).toEqual(["ready", "ready"])
  expect(readdirSync(join(folder, "cache"))).toEqual(["bin"])
  expect(readFileSync(join(folder, "go-runs"), "utf8")).toBe("run\n")
})

test("takes Docker when Go fails, and leaves nothing of the failure", async () => {
  script("bin/go", `echo "go: invalid go version"; exit 1`)
  script("bin/docker", `case "$1" in cp) echo '#!/bin/sh\n${natsServer("2.15.1")}' > "$3";; esac`)
  expect(await obtainNatsServer(context())).toMatchObject({ version: "2.15.1", source: "Docker" })
  expect(readdirSync(join(folder, "cache"))).toEqual(["bin"])
})

test("says what it tried and what to install when there is no way", async () => {
  script("bin/go", `echo "go: invalid go version"; exit 1`)
  script("bin/docker", "exit 1")
  const outcome = await obtainNatsServer(context())
  expect(outcome).toMatchObject({
    kind: "unavailable",
    tried: [
      expect.stringContaining("go: invalid go version"),
      "Debian sid: no apt-get in PATH",
      "Docker: no Docker engine answers",
    ],
    remedy: expect.stringContaining("Install nats-server >= 2.14"),
  })
})

test("does not use what a way brought when it is too old", async () => {
  script("bin/go", go("2.10.0"))
  const outcome = await obtainNatsServer(context())
  expect(outcome).toMatchObject({
    tried: [expect.stringContaining("too old"), expect.anything(), expect.anything()],
  })
  expect(existsSync(join(folder, "cache/bin/nats-server"))).toBe(false)
})
