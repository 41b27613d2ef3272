import { defineConfig } from "vitest/config"

const servers = "{schema,actors,gateway,node-agent,deploy}"
const agents = "node-agent/test/agents/**/*.test.ts"

/** Run by `npm test`, which gives the tests the programs they use; see CONTRIBUTING.md. */
export default defineConfig({
  test: {
    silent: "passed-only",
    // The SQLite and type stripping of Node 24 announce themselves as experimental in every process.
    execArgv: ["--disable-warning=ExperimentalWarning"],
    setupFiles: ["./deploy/src/testing/noRegExpAsValue.ts"],
    // What is waited for comes in a moment; the deadline is for machines that have much else to do.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      "ui",
      {
        extends: true,
        test: {
          name: "unit",
          include: [`${servers}/src/**/*.test.ts`],
          sequence: { groupOrder: 1 },
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["{schema,actors,gateway,node-agent}/test/**/*.test.ts"],
          exclude: [agents],
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // They wait more than they work: for leases to expire, servers to come back, panes to answer.
          maxWorkers: 4,
        },
      },
      {
        extends: true,
        test: {
          name: "agents",
          include: [agents],
          sequence: { groupOrder: 3 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // The agents' own programs take a core each when they start.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: "end-to-end",
          include: ["deploy/test/**/*.test.ts"],
          sequence: { groupOrder: 3 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Whole installations, containers, clusters and browsers: with three at a time a cluster under faults has too little.
          maxWorkers: 2,
        },
      },
    ],
  },
})
