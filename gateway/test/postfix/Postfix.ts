import { execFileSync, spawnSync } from "node:child_process"
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { createServer } from "node:net"
import type { AddressInfo } from "node:net"
import { join } from "node:path"

/** Why there is no real Postfix here; null when there is one. */
export const postfixMissing = (): string | null => {
  if (spawnSync("postconf", ["mail_version"]).status !== 0) return "postfix is not installed"
  return process.getuid?.() === 0 ? null : "not root, which Postfix's master needs"
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer()
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

export interface Postfix {
  readonly port: number
  /** Mails in a mailbox of example.org, as they were stored. */
  readonly mails: (name: string) => ReadonlyArray<string>
  readonly log: () => string
  readonly stop: () => void
}

/**
 * Debian's Postfix with a configuration, queue and ports of its own: takes mail for example.org, has the mailbox of ada,
 * and finds out only later that there is none of another name. Everything that it sends goes to `relayPort`.
 */
export const startPostfix = async (relayPort: number): Promise<Postfix> => {
  // Not in the tests' own temporary folder: its daemons run as another user, who could not reach it there.
  const folder = mkdtempSync("/tmp/maillm-postfix-")
  chmodSync(folder, 0o755)
  const at = (name: string) => join(folder, name)
  for (const name of ["etc", "queue", "data", "mail"]) mkdirSync(at(name))
  const id = (flag: string) => Number(execFileSync("id", [flag, "postfix"], { encoding: "utf8" }))
  const [uid, gid] = [id("-u"), id("-g")]
  chownSync(at("data"), uid, gid)
  chownSync(at("mail"), uid, gid)
  const port = await freePort()
  const etc = execFileSync("postconf", ["-h", "config_directory"], { encoding: "utf8" }).trim()
  for (const name of ["postfix-files", "dynamicmaps.cf"]) {
    if (existsSync(join(etc, name))) cpSync(join(etc, name), at(`etc/${name}`))
  }
  writeFileSync(
    at("etc/main.cf"),
    Object.entries({
      compatibility_level: "3.6",
      queue_directory: at("queue"),
      data_directory: at("data"),
      myhostname: "mx.example.org",
      mydestination: "",
      inet_interfaces: "127.0.0.1",
      inet_protocols: "ipv4",
      mynetworks: "192.0.2.1/32",
      smtpd_relay_restrictions: "reject_unauth_destination",
      // Refused at RCPT TO: eve. Found out later: all others but ada.
      smtpd_recipient_restrictions: "check_recipient_access inline:{eve@example.org=REJECT}",
      smtpd_reject_unlisted_recipient: "no",
      virtual_mailbox_domains: "example.org",
      virtual_mailbox_base: at("mail"),
      virtual_mailbox_maps: "inline:{ada@example.org=ada/}",
      virtual_uid_maps: `static:${uid}`,
      virtual_gid_maps: `static:${gid}`,
      virtual_minimum_uid: "1",
      relayhost: `[127.0.0.1]:${relayPort}`,
      alias_maps: "",
      alias_database: "",
      notify_classes: "",
      maillog_file: at("log"),
      maillog_file_prefixes: "/tmp",
      smtpd_tls_security_level: "none",
      smtp_tls_security_level: "none",
      import_environment: "MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ",
    })
      .map(([name, value]) => `${name} = ${value}`)
      .join("\n"),
  )
  writeFileSync(
    at("etc/master.cf"),
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
      "smtp unix - - n - - smtp",
      "error unix - - n - - error",
      "retry unix - - n - - error",
      "virtual unix - n n - - virtual",
      "anvil unix - - n - 1 anvil",
      "scache unix - - n - 1 scache",
      "postlog unix-dgram n - n - 1 postlogd",
      "",
    ].join("\n"),
  )
  const run = (command: string) =>
    execFileSync("postfix", ["-c", at("etc"), command], { encoding: "utf8", stdio: "pipe" })
  const box = (name: string) => join(at("mail"), name, "new")
  const stop = () => {
    try {
      run("stop")
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  try {
    run("start")
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  return {
    port,
    mails: (name) =>
      existsSync(box(name))
        ? readdirSync(box(name)).map((file) => readFileSync(join(box(name), file), "latin1"))
        : [],
    log: () => (existsSync(at("log")) ? readFileSync(at("log"), "utf8") : ""),
    stop,
  }
}
