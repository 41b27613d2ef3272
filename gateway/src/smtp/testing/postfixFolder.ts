import { execFileSync } from "node:child_process"
import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

export interface PostfixChoices {
  /** On loopback. */
  readonly port: number
  readonly hostName: string
  /** Lines of main.cf beyond those that keep it to its folder. */
  readonly main: ReadonlyArray<string>
}

/** A Postfix of one's own, to be started. */
export interface PostfixFolder {
  readonly queue: string
  readonly log: string
  /** Stays in the foreground; SIGTERM ends it with all its processes. */
  readonly command: string
  readonly args: ReadonlyArray<string>
}

/**
 * Lays out a configuration, a queue and a log for Debian's Postfix in the folder, apart from any other Postfix of this
 * machine. Needs root, as Postfix's master does.
 */
export const layOutPostfix = (folder: string, { hostName, main, port }: PostfixChoices): PostfixFolder => {
  const [etc, queue, data, log] = [
    join(folder, "etc"),
    join(folder, "queue"),
    join(folder, "data"),
    join(folder, "log"),
  ]
  for (const path of [etc, queue, data]) mkdirSync(path, { recursive: true })
  // Its processes give up root and have to get here.
  for (const path of [dirname(folder), folder]) chmodSync(path, 0o755)
  chownSync(data, Number(execFileSync("id", ["-u", "postfix"], { encoding: "utf8" })), 0)
  writeFileSync(
    join(etc, "main.cf"),
    [
      "compatibility_level = 3.6",
      `queue_directory = ${queue}`,
      `data_directory = ${data}`,
      "command_directory = /usr/sbin",
      "daemon_directory = /usr/lib/postfix/sbin",
      "mail_owner = postfix",
      "setgid_group = postdrop",
      "inet_interfaces = 127.0.0.1",
      "inet_protocols = ipv4",
      `myhostname = ${hostName}`,
      "mynetworks = 127.0.0.0/8",
      "alias_maps =",
      "smtpd_client_connection_count_limit = 0",
      `maillog_file = ${log}`,
      `maillog_file_prefixes = ${folder}`,
      ...main,
      "",
    ].join("\n"),
  )
  writeFileSync(
    join(etc, "master.cf"),
    [`127.0.0.1:${port} inet n - n - - smtpd`, ...services, ""].join("\n"),
  )
  execFileSync("postfix", ["-c", etc, "check"], { stdio: "ignore" })
  return { queue, log, command: "/usr/lib/postfix/sbin/master", args: ["-c", etc, "-d"] }
}

export const hasPostfix = (): boolean => {
  if (process.getuid?.() !== 0) return false
  try {
    execFileSync("postconf", ["-h", "mail_version"], { stdio: "ignore" })
    return true
  } catch {
    return false
  }
}

/** As Debian has them, without chroot. */
const services = [
  "pickup unix n - n 60 1 pickup",
  "cleanup unix n - n - 0 cleanup",
  "qmgr unix n - n 300 1 qmgr",
  "tlsmgr unix - - n 1000? 1 tlsmgr",
  "rewrite unix - - n - - trivial-rewrite",
  "bounce unix - - n - 0 bounce",
  "defer unix - - n - 0 bounce",
  "trace unix - - n - 0 bounce",
  "verify unix - - n - 1 verify",
  "flush unix n - n 1000? 0 flush",
  "proxymap unix - - n - - proxymap",
  "smtp unix - - n - - smtp",
  "error unix - - n - - error",
  "retry unix - - n - - error",
  "discard unix - - n - - discard",
  "anvil unix - - n - 1 anvil",
  "scache unix - - n - 1 scache",
  "postlog unix-dgram n - n - 1 postlogd",
]
