import { execFileSync } from "node:child_process"
import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

export interface PostfixChoices {
  /** On loopback. */
  readonly port: number
  readonly hostName: string
  /** Lines of main.cf beyond those that keep it to its folder. */
  readonly main: ReadonlyArray<string>
  /** Lines of master.cf beyond Debian's services, such as further listeners. */
  readonly services?: ReadonlyArray<string>
  /** Between its attempts at mail that was put off; five minutes, and then ever longer, unless given. */
  readonly retrySeconds?: number
  /** Addresses that have a mailbox, all of one domain; without, it keeps no mail. */
  readonly mailboxes?: ReadonlyArray<string>
}

/** A Postfix of one's own, to be started. */
export interface PostfixFolder {
  readonly queue: string
  readonly log: string
  /** Of its mailboxes, each a Maildir of its address's name. */
  readonly mail: string
  /** Stays in the foreground; SIGTERM ends it with all its processes. */
  readonly command: string
  readonly args: ReadonlyArray<string>
}

/**
 * Lays out a configuration, a queue and a log for Debian's Postfix in the folder, apart from any other Postfix of this
 * machine. Needs root, as Postfix's master does.
 */
export const layOutPostfix = (
  folder: string,
  { hostName, mailboxes = [], main, port, retrySeconds, services = [] }: PostfixChoices,
): PostfixFolder => {
  const [etc, queue, data, log, mail] = [
    join(folder, "etc"),
    join(folder, "queue"),
    join(folder, "data"),
    join(folder, "log"),
    join(folder, "mail"),
  ]
  for (const path of [etc, queue, data, mail]) mkdirSync(path, { recursive: true })
  // Its processes give up root and have to get here.
  for (const path of [dirname(folder), folder]) chmodSync(path, 0o755)
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "postfix"], { encoding: "utf8" }))
  const [user, group] = [idOf("-u"), idOf("-g")]
  for (const path of [data, mail]) chownSync(path, user, group)
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
      ...(mailboxes.length === 0 ? [] : mailboxLines(mail, mailboxes, user, group)),
      ...(retrySeconds === undefined ? [] : retryLines(retrySeconds)),
      ...main,
      "",
    ].join("\n"),
  )
  writeFileSync(
    join(etc, "master.cf"),
    [listenerAt(port), queueManager(retrySeconds ?? 300), ...debianServices, ...services, ""].join("\n"),
  )
  execFileSync("postfix", ["-c", etc, "check"], { stdio: "ignore" })
  return { queue, log, mail, command: "/usr/lib/postfix/sbin/master", args: ["-c", etc, "-d"] }
}

/** A line of `services`: a listener with settings of its own, each `name=value` without blanks. */
export const listenerAt = (port: number, settings: ReadonlyArray<string> = []): string =>
  [`127.0.0.1:${port} inet n - n - - smtpd`, ...settings.map((setting) => `-o ${setting}`)].join(" ")

const mailboxLines = (folder: string, addresses: ReadonlyArray<string>, user: number, group: number) => [
  `virtual_mailbox_domains = ${addresses[0]?.split("@")[1]}`,
  `virtual_mailbox_base = ${folder}`,
  `virtual_mailbox_maps = inline:{${addresses.map((address) => `{${address}=${address}/}`).join(", ")}}`,
  `virtual_uid_maps = static:${user}`,
  `virtual_gid_maps = static:${group}`,
  "virtual_minimum_uid = 1",
]

export const hasPostfix = (): boolean => {
  if (process.getuid?.() !== 0) return false
  try {
    execFileSync("postconf", ["-h", "mail_version"], { stdio: "ignore" })
    return true
  } catch {
    return false
  }
}

const retryLines = (seconds: number) =>
  ["minimal_backoff_time", "maximal_backoff_time", "queue_run_delay"].map((name) => `${name} = ${seconds}s`)

/** Woken as often as it retries: what it finds locked by the attempt before waits for that, not for its next run. */
const queueManager = (seconds: number) => `qmgr unix n - n ${seconds} 1 qmgr`

/** As Debian has them, without chroot. */
const debianServices = [
  "pickup unix n - n 60 1 pickup",
  "cleanup unix n - n - 0 cleanup",
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
  "virtual unix - n n - - virtual",
  "anvil unix - - n - 1 anvil",
  "scache unix - - n - 1 scache",
  "postlog unix-dgram n - n - 1 postlogd",
]
