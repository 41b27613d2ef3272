import { expect, test } from "vitest"
import { chooseRuntime } from "./chooseRuntime.ts"

const ready = { _tag: "Ready", version: "28.0", image: "maillm/session:local" } as const
const noEngine = { _tag: "NoEngine", reason: "connect ENOENT /var/run/docker.sock" } as const
const noImage = { _tag: "NoImage", version: "28.0", image: "maillm/session:local" } as const

test.each([
  [null, ready, "docker", /an engine answers and the image is there \(Docker 28\.0, maillm\/session:local\)/],
  [null, noEngine, "host", /no Docker engine answers \(connect ENOENT.*not isolated/],
  [null, noImage, "host", /the image maillm\/session:local is not there.*not isolated/],
  ["host", ready, "host", /MAILLM_RUNTIME says so/],
  ["docker", ready, "docker", /MAILLM_RUNTIME says so/],
] as const)("%s with %o chooses %s", (forced, engine, runtime, reason) => {
  const choice = chooseRuntime(forced, engine)
  expect(choice).toMatchObject({ _tag: "Chosen", runtime })
  expect(choice.reason).toMatch(reason)
})

test.each([
  [noEngine, /Start Docker/],
  [noImage, /Build it with/],
] as const)("docker that is forced and cannot be had is refused with the remedy: %o", (engine, remedy) => {
  const choice = chooseRuntime("docker", engine)
  expect(choice._tag).toBe("Impossible")
  expect(choice.reason).toMatch(remedy)
})
