import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { natsServerTool } from "../../tools/NatsServer.ts"
import { obtainTool } from "../../tools/obtainTool.ts"
import type { BenchChild } from "./BenchChild.ts"
import { waitForFact } from "./BenchRun.ts"
import type { BenchRun } from "./BenchRun.ts"

/** `always` syncs before every acknowledgement; `default` is the server's own two minutes. */
export type Sync = "always" | "default"

export interface BenchNats {
  readonly child: BenchChild
  readonly sync: Sync
  readonly url: string
  readonly version: string
}

export interface NatsChoices {
  readonly name?: string
  /** Where the server answers Go's profiler; nowhere unless given. */
  readonly profilePort?: number
}

/** A nats-server with JetStream on loopback and a free port. */
export const startNats = async (
  run: BenchRun,
  sync: Sync,
  { name = `nats-${sync}`, profilePort = 0 }: NatsChoices = {},
): Promise<BenchNats> => {
  const tool = await obtainTool(natsServerTool)
  if (tool.kind !== "ready") throw new Error([...tool.tried, tool.remedy].join("\n"))
  const folder = run.dataFolder(name)
  const config = join(folder, "nats.conf")
  writeFileSync(
    config,
    [
      `listen: "127.0.0.1:-1"`,
      `ports_file_dir: ${JSON.stringify(folder)}`,
      `max_payload: 4MB`,
      `jetstream { store_dir: ${JSON.stringify(join(folder, "store"))}${sync === "always" ? ", sync_interval: always" : ""} }`,
      profilePort === 0 ? "" : `prof_port: ${profilePort}`,
      "",
    ].join("\n"),
  )
  const child = run.spawn(name, tool.path, ["-c", config])
  let url = ""
  await waitForFact(child, "its ports", async () => {
    const ports: { nats: [string] } = JSON.parse(
      readFileSync(join(folder, `nats-server_${child.pid}.ports`), "utf8"),
    )
    url = `nats://127.0.0.1:${new URL(ports.nats[0]).port}`
    return true
  })
  return { child, sync, url, version: tool.version }
}
