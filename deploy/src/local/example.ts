import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { repository } from "../../bin/launch/paths.mjs"
import { natsServerTool } from "../tools/NatsServer.ts"
import { obtainTool } from "../tools/obtainTool.ts"

/** `npm run example`: actors/examples/counter.ts on a nats-server of its own in a temporary folder. */
const main = async (): Promise<number> => {
  const tool = await obtainTool(natsServerTool)
  if (tool.kind === "unavailable") throw new Error(`nats-server cannot be had. ${tool.remedy}.`)
  process.env["MAILLM_TEST_NATS_SERVER"] = tool.path
  const nats = await startTestNats()
  try {
    const example = spawn(process.execPath, [join(repository, "actors/examples/counter.ts"), nats.url], {
      env: { PATH: process.env["PATH"] ?? "" },
      stdio: "inherit",
    })
    await once(example, "exit")
    return example.exitCode ?? 1
  } finally {
    await nats.stop()
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
