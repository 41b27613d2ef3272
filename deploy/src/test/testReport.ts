/** The parts of vitest's JSON report that we read. */
interface VitestReport {
  readonly success: boolean
  readonly testResults: ReadonlyArray<{
    readonly name: string
    readonly status: string
    readonly assertionResults: ReadonlyArray<{ readonly fullName: string; readonly status: string }>
  }>
}

export interface TestSummary {
  readonly passed: number
  readonly failed: number
  /** The full names, each once, of what was skipped or is still to be written. */
  readonly skipped: ReadonlyArray<string>
}

/**
 * Counts the tests of a report. A file that failed outside its tests, for example on import, counts as one failure,
 * and so does a run that vitest itself calls failed though no test did, for example by an unhandled rejection.
 * A run of no test at all counts nothing: it is for the caller to refuse.
 */
export function summarise(report: VitestReport): TestSummary {
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  const passed = tests.filter((test) => test.status === "passed").length
  const failedTests = tests.filter((test) => test.status === "failed").length
  const failedFiles = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"),
  ).length
  const failed = failedTests + failedFiles
  return {
    passed,
    failed: failed === 0 && tests.length > 0 && !report.success ? 1 : failed,
    skipped: tests.filter((test) => !["passed", "failed"].includes(test.status)).map((test) => test.fullName),
  }
}

/** The closing line that scripts read. */
export function closingLine(summary: TestSummary): string {
  return `${summary.passed} passed, ${summary.failed} failed, ${summary.skipped.length} skipped`
}
