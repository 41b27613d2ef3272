import { defaultToolContext } from "../tools/obtainTool.ts"
import { closingLine } from "./testReport.ts"
import { findTestTools } from "./testTools.ts"
import { runVitest } from "./runVitest.ts"

/**
 * `npm test`: runs every test that this machine can run, says what it skipped and why, and ends with the line
 * `N passed, N failed, N skipped`. Arguments go to vitest: `npm test -- gateway/src/smtp`. Exits with 1 when a test
 * failed or none ran.
 */
const tools = await findTestTools(defaultToolContext)
console.log("What tests can use here:")
for (const { variable, value, detail } of tools) {
  console.log(
    value === undefined ? `  ${variable}: missing: ${detail}` : `  ${variable}=${value} (${detail})`,
  )
}

const found = tools.flatMap(({ variable, value }) => (value === undefined ? [] : [[variable, value]]))
const hasNats = found.some(([variable]) => variable === "MAILLM_TEST_NATS_SERVER")
// Without nats-server no integration test could start.
const projects = hasNats ? [] : ["--project=unit", "--project=ui"]
const summary = await runVitest([...projects, ...process.argv.slice(2)], Object.fromEntries(found))

if (summary.skipped.length > 0) console.log("\nSkipped; the name says what is needed:")
for (const name of summary.skipped) console.log(`  ${name}`)
if (!hasNats)
  console.log("\nSkipped: every integration test, for want of nats-server; see above how to get it")
if (summary.passed + summary.failed === 0) console.log("\nNo test ran: do the arguments name any?")
console.log(`\n${closingLine(summary)}`)
process.exitCode = summary.failed > 0 || summary.passed === 0 ? 1 : 0
