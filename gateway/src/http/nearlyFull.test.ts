import { expect, test } from "vitest"
import { nearlyFull } from "./nearlyFull.ts"

const mib = 1024 ** 2

test.each([
  ["room left", [{ name: "NODE", bytes: 200 * mib }], []],
  ["a work queue", [{ name: "NODE", bytes: 240 * mib }], ["NODE holds 240 of 256 MiB"]],
  ["a bucket", [{ name: "KV_OWN", bytes: 16 * mib }], ["KV_OWN holds 16 of 16 MiB"]],
  [
    "what drops its oldest, or has no bound, or is not ours",
    [
      { name: "DEAD", bytes: 64 * mib },
      { name: "EVT", bytes: 1e12 },
      { name: "KV_SNAP", bytes: 1e12 },
      { name: "OTHER", bytes: 1e12 },
    ],
    [],
  ],
])("%s", (_, reports, said) => {
  expect(nearlyFull(reports)).toEqual(said)
})
