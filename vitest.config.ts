import { defineConfig } from "vitest/config"

const servers = "{schema,actors,gateway,node-agent,deploy}"

/** Run by `npm test`, which gives the tests the programs they use; see CONTRIBUTING.md. */
export default defineConfig({
  test: {
    silent: "passed-only",
    // The SQLite and type stripping of Node 24 announce themselves as experimental in every process.
    execArgv: ["--disable-warning=ExperimentalWarning"],
    projects: [
      "ui",
      {
        extends: true,
        test: { name: "unit", include: [`${servers}/src/**/*.test.ts`], sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: [`${servers}/test/**/*.test.ts`],
          sequence: { groupOrder: 2 },
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Servers, containers and browsers of one file need the whole of a small machine.
          maxWorkers: 1,
        },
      },
    ],
  },
})
