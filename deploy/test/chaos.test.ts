import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { reportOf } from "../src/chaos/ChaosReport.ts"
import type { Fault } from "../src/chaos/Fault.ts"
import { labUnavailable } from "../src/chaos/lab/NetworkLab.ts"
import { runChaos } from "../src/chaos/runChaos.ts"

const minimumCommands = 5_000
const minutes = 0.8

/** Every kind of trouble for an owner, one after another; a NATS server dies while one of them is stopped. */
const schedule: ReadonlyArray<Fault> = [
  { kind: "killHost", target: "h1", atMillis: 0, forMillis: 12_000 },
  { kind: "pauseHost", target: "h2", atMillis: 13_000, forMillis: 12_000 },
  { kind: "killNats", target: "n2", atMillis: 17_000, forMillis: 5_000 },
  { kind: "killReceiver", target: "r1", atMillis: 24_000, forMillis: 2_000 },
  { kind: "partitionHost", target: "h3", atMillis: 27_000, forMillis: 12_000 },
  { kind: "stopHost", target: "h1", atMillis: 41_000, forMillis: 4_000 },
]

const unavailable = labUnavailable()
const natsServer = process.env["MAILLM_TEST_NATS_SERVER"]

describe("a cluster of three NATS servers and three actor hosts", () => {
  const name = "keeps every promise under mixed faults (needs root, network namespaces and nats-server)"
  it.skipIf(unavailable !== null || natsServer === undefined)(
    name,
    async () => {
      const keepIn = mkdtempSync(join(tmpdir(), "maillm-chaos-test-"))
      const lengthMillis = minutes * 60_000
      const run = await runChaos({
        natsServer: natsServer ?? "",
        seed: 1,
        schedule,
        lengthMillis,
        minimumCommands,
        keepIn,
        say: (line) => console.log(line),
      })
      const report = reportOf(run, { seed: 1, minutes })
      expect(report.violations, `history and logs are in ${keepIn}`).toEqual([])
      expect(report.acked).toBeGreaterThanOrEqual(minimumCommands)
      // Faults that hit nothing would prove nothing.
      for (const kind of ["killHost", "pauseHost", "partitionHost"]) {
        expect(report.takenOver[kind], kind).toBeGreaterThan(0)
      }
      rmSync(keepIn, { recursive: true, force: true, maxRetries: 10 })
    },
    300_000,
  )
})
