import type { SpawnOptions } from "node:child_process"

export class SetupFailed extends Error {}
export function runWithProgress(
  what: string,
  command: string,
  args: ReadonlyArray<string>,
  options?: SpawnOptions,
): Promise<void>
