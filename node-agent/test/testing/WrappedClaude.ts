import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { ClaudeDriver } from "../../src/driver/claude/ClaudeDriver.ts"

/** Claude Code at a path where nodes look for it, behind a script that a test may change. */
export class WrappedClaude {
  /** Of the script. */
  readonly path: string
  private readonly folder: string
  private readonly real: string

  private constructor(folder: string, real: string) {
    this.folder = folder
    this.real = real
    this.path = join(folder, ClaudeDriver.programs[0] ?? "")
  }

  /** `real` is the program's own path; `before` is shell source. */
  static async make(real: string, before = ""): Promise<WrappedClaude> {
    const wrapped = new WrappedClaude(await mkdtemp(join(tmpdir(), "maillm-wrapped-")), real)
    await mkdir(dirname(wrapped.path), { recursive: true })
    await wrapped.write(before)
    return wrapped
  }

  /**
   * From the next start on the script does `before`, then runs the program as a child of its own: tmux would wake
   * one of its children that is stopped.
   */
  async write(before: string): Promise<void> {
    await writeFile(`${this.path}.new`, `#!/bin/sh\n${before}\n"${this.real}" "$@"\n`)
    await chmod(`${this.path}.new`, 0o755)
    await rename(`${this.path}.new`, this.path)
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true, maxRetries: 10 })
  }
}
