#!/usr/bin/env node
import { main } from "./launch/launch.mjs"

/** `npm start`, `npm test` … run this: it brings a Node new enough and the dependencies, then runs the target. */
const targets = {
  start: "deploy/src/local/start.ts",
  dev: "deploy/src/local/dev.ts",
  demo: "deploy/src/local/demo.ts",
  example: "deploy/src/local/example.ts",
  test: "deploy/src/test/runTests.ts",
  check: "deploy/src/check/check.ts",
  bench: "deploy/src/bench/bench.ts",
  chaos: "deploy/src/chaos/chaos.ts",
  format: "node_modules/oxfmt/bin/oxfmt",
}

const [command, ...args] = process.argv.slice(2)
const target = targets[command ?? ""]
if (target === undefined) {
  console.error(`Unknown command ${command ?? "(none)"}; one of: ${Object.keys(targets).join(", ")}`)
  process.exit(2)
}
await main(target, args)
