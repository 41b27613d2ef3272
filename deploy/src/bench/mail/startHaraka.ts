import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { BenchRun } from "../actors/BenchRun.ts"
import { waitForFact } from "../actors/BenchRun.ts"
import { installPeers, peerVersion } from "../actors/installPeers.ts"
import { freePort } from "../../local/freePort.ts"
import { greets } from "./MailServer.ts"
import type { MailServer } from "./MailServer.ts"

/** Haraka as it is, one process, with a plugin that keeps mails as its outbound spool does and delivers none. */
export const startHaraka = async (run: BenchRun): Promise<MailServer> => {
  const peers = await installPeers("mail", import.meta.url)
  const folder = run.dataFolder("haraka")
  for (const name of ["plugins", "queue", "kept"]) mkdirSync(join(folder, name))
  cpSync(join(peers, "node_modules", "Haraka", "config"), join(folder, "config"), { recursive: true })
  cpSync(join(peers, "keep.js"), join(folder, "plugins", "keep.js"))
  symlinkSync(join(peers, "node_modules"), join(folder, "node_modules"))
  const port = await freePort("127.0.0.1")
  const write = (name: string, text: string) => writeFileSync(join(folder, "config", name), `${text}\n`)
  write("smtp.ini", `listen=127.0.0.1:${port}`)
  write("plugins", "keep")
  write("loglevel", "ERROR")
  write("me", "bench.test")
  const child = run.spawn(
    "haraka",
    process.execPath,
    [join(peers, "node_modules", "Haraka", "bin", "haraka"), "-c", folder],
    { BENCH_QUEUE: join(folder, "kept") },
  )
  await waitForFact(child, "Haraka greets", () => greets(port))
  return {
    name: "haraka",
    about: `Haraka ${peerVersion(peers, "Haraka")}, one process, written with fsync and renamed as its outbound spool does, nothing delivered`,
    port,
    process: child,
    settle: () => Promise.resolve(),
  }
}
