#!/usr/bin/env node
import { main } from "./launch/launch.mjs"

/** `npx maillm …` in the repository. */
await main("deploy/src/cli/maillm.ts", process.argv.slice(2))
