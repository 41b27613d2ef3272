import { readdirSync } from "node:fs"
import { join } from "node:path"
import { hasPostfix, layOutPostfix } from "@maillm/gateway/smtp/testing/postfixFolder"
import type { BenchRun } from "../actors/BenchRun.ts"
import { waitForFact } from "../actors/BenchRun.ts"
import { freePort } from "../../local/freePort.ts"
import { runCommand } from "../../tools/runCommand.ts"
import { benchDomain } from "../mailAddresses.ts"
import { greets } from "./MailServer.ts"
import type { MailServer } from "./MailServer.ts"

const settleMillis = 60_000

/**
 * The Postfix of this machine with a configuration and a queue of its own: cleanup syncs a mail before smtpd answers
 * 250; what is queued goes to the discard transport. Null, with the reason said, where there is none.
 */
export const startPostfix = async (run: BenchRun): Promise<MailServer | null> => {
  if (!hasPostfix()) {
    console.error(
      "Postfix is not measured: it needs root and Debian's package postfix (apt-get install postfix)",
    )
    return null
  }
  const port = await freePort("127.0.0.1")
  const { args, command, queue } = layOutPostfix(run.dataFolder("postfix"), {
    port,
    hostName: benchDomain,
    main: [`mydestination = ${benchDomain}`, "local_recipient_maps =", "local_transport = discard:"],
  })
  const child = run.spawn("postfix", command, args)
  await waitForFact(child, "Postfix greets", () => greets(port))
  const { output } = await runCommand("postconf", ["-h", "mail_version"])
  return {
    name: "postfix",
    about: `Postfix ${output.trim()}, own queue (fsync before 250), then its discard transport`,
    port,
    process: null,
    settle: () => queueIsEmpty(queue),
  }
}

const queueIsEmpty = async (queue: string) => {
  for (const end = performance.now() + settleMillis; performance.now() < end;) {
    const files = ["incoming", "active"].flatMap((name) =>
      readdirSync(join(queue, name), { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      ),
    )
    if (files.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`Postfix still has mail in ${queue} after ${settleMillis / 1_000} s`)
}
