import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test, vi } from "vitest"
import { watchSources } from "./watchSources.ts"

test("several files written at once are one change; tests are none", async () => {
  const folder = mkdtempSync(join(tmpdir(), "maillm-watch-"))
  mkdirSync(join(folder, "below"))
  const changed = vi.fn<(path: string) => void>()
  const unwatch = watchSources([folder], changed)
  try {
    writeFileSync(join(folder, "A.test.ts"), "")
    writeFileSync(join(folder, "notes.txt"), "")
    for (const name of ["A.ts", "below/B.ts", "below/C.ts"]) writeFileSync(join(folder, name), "")
    await vi.waitFor(() => expect(changed).toHaveBeenCalled(), 20_000)
    expect(changed.mock.calls).toEqual([[expect.stringMatching(/A\.ts$/)]])
    writeFileSync(join(folder, "below/C.ts"), "again")
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(2), 20_000)
    expect(changed.mock.lastCall).toEqual([expect.stringMatching(/below\/C\.ts$/)])
  } finally {
    unwatch()
    rmSync(folder, { recursive: true })
  }
})
