import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { BenchRun } from "../actors/BenchRun.ts"
import { waitForFact } from "../actors/BenchRun.ts"
import { freePort } from "../../local/freePort.ts"
import { runCommand } from "../../tools/runCommand.ts"
import { searchPath } from "../../tools/searchPath.ts"
import { benchDomain } from "../mailAddresses.ts"
import { greets } from "./MailServer.ts"
import type { MailServer } from "./MailServer.ts"

const settleMillis = 60_000

/**
 * The Postfix of this machine with a configuration and a queue of its own: cleanup syncs a mail before smtpd answers
 * 250; what is queued goes to the discard transport. Null, with the reason said, where there is none: its master runs as
 * root only.
 */
export const startPostfix = async (run: BenchRun): Promise<MailServer | null> => {
  const program = await searchPath("postfix", process.env)
  if (process.getuid?.() !== 0 || program === undefined) {
    console.error(
      "Postfix is not measured: it needs root and Debian's package postfix (apt-get install postfix)",
    )
    return null
  }
  const folder = run.dataFolder("postfix")
  const [etc, queue, data] = ["etc", "queue", "data"].map((name) => join(folder, name))
  for (const path of [etc, queue, data]) mkdirSync(path ?? "")
  // Its processes give up root and have to get here.
  for (const path of [run.folder, folder]) chmodSync(path, 0o755)
  chownSync(data ?? "", Number((await printed("id", ["-u", "postfix"])).trim()), 0)
  const port = await freePort("127.0.0.1")
  writeFileSync(join(etc ?? "", "main.cf"), mainCf(folder))
  writeFileSync(join(etc ?? "", "master.cf"), masterCf(port))
  await printed(program, ["-c", etc ?? "", "check"])
  const child = run.spawn("postfix", "/usr/lib/postfix/sbin/master", ["-c", etc ?? "", "-d"])
  await waitForFact(child, "Postfix greets", () => greets(port))
  const version = (await printed("postconf", ["-h", "mail_version"])).trim()
  return {
    name: "postfix",
    about: `Postfix ${version}, own queue (fsync before 250), then its discard transport`,
    port,
    process: null,
    settle: () => queueIsEmpty(queue ?? ""),
  }
}

const mainCf = (folder: string) =>
  [
    "compatibility_level = 3.6",
    `queue_directory = ${folder}/queue`,
    `data_directory = ${folder}/data`,
    "command_directory = /usr/sbin",
    "daemon_directory = /usr/lib/postfix/sbin",
    "mail_owner = postfix",
    "setgid_group = postdrop",
    "inet_interfaces = 127.0.0.1",
    "inet_protocols = ipv4",
    `myhostname = ${benchDomain}`,
    `mydestination = ${benchDomain}`,
    "mynetworks = 127.0.0.0/8",
    "alias_maps =",
    "local_recipient_maps =",
    "local_transport = discard:",
    "smtpd_client_connection_count_limit = 0",
    `maillog_file = ${folder}/log`,
    `maillog_file_prefixes = ${folder}`,
    "",
  ].join("\n")

/** As Debian has them, without chroot, for the services that take and discard mail. */
const masterCf = (port: number) =>
  [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    "pickup unix n - n 60 1 pickup",
    "cleanup unix n - n - 0 cleanup",
    "qmgr unix n - n 300 1 qmgr",
    "rewrite unix - - n - - trivial-rewrite",
    "bounce unix - - n - 0 bounce",
    "defer unix - - n - 0 bounce",
    "trace unix - - n - 0 bounce",
    "verify unix - - n - 1 verify",
    "flush unix n - n 1000? 0 flush",
    "proxymap unix - - n - - proxymap",
    "error unix - - n - - error",
    "retry unix - - n - - error",
    "discard unix - - n - - discard",
    "anvil unix - - n - 1 anvil",
    "postlog unix-dgram n - n - 1 postlogd",
    "",
  ].join("\n")

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

const printed = async (command: string, args: ReadonlyArray<string>): Promise<string> => {
  const { code, output } = await runCommand(command, args)
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed (${code}):\n${output}`)
  return output
}
