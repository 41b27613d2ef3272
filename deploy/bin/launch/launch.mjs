import { installDependencies } from "./dependencies.mjs"
import { ensureNode } from "./ensureNode.mjs"
import { SetupFailed } from "./progress.mjs"
import { runTarget } from "./runTarget.mjs"

/**
 * Runs a TypeScript file of the repository under a Node new enough, with the dependencies installed, and exits with
 * its exit code. Ends with 1 and one line on stderr when Node or the dependencies cannot be had.
 */
export async function main(target, args) {
  try {
    const node = await ensureNode()
    await installDependencies(node)
    process.exitCode = await runTarget(node, target, args)
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
