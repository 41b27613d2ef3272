import { styleText } from "node:util"
import { readSettings } from "./readSettings.ts"
import { runLocal } from "./runLocal.ts"
import type { Running } from "./runLocal.ts"
import { StartFailure } from "./StartFailure.ts"

const stopMillis = 15_000

const main = async () => {
  const startedAt = performance.now()
  const settings = readSettings(process.env, process.cwd())
  const withConsole = !process.argv.includes("--without-console")
  const starting = runLocal(settings, (line) => console.error(line), { withConsole })
  let stopping = false
  const stop = () => {
    if (stopping) process.exit(130)
    stopping = true
    console.error("\nStopping. Panes go on and are found again at the next start. Ctrl-C again ends at once.")
    setTimeout(() => process.exit(1), stopMillis).unref()
    // A start under way is finished first: only then is it known what there is to stop.
    starting
      .then((running) => running.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => end(error),
      )
  }
  let reload: (() => void) | null = null
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop)
  // A terminal that closes ends maillm; to a service, with no terminal, it says to read the certificate again.
  process.on("SIGHUP", () => (reload === null || process.stdin.isTTY ? stop() : reload()))
  const running = await starting
  reload = running.reloadCertificate
  if (!stopping) console.log(welcome(running, (performance.now() - startedAt) / 1_000))
}

const end = (error: unknown) => {
  if (error instanceof StartFailure) console.error(`maillm does not start: ${error.message}`)
  else console.error(error)
  process.exit(1)
}

/** What a person needs to know, in the order they need it. */
const welcome = (running: Running, seconds: number): string => {
  const { settings, folder, node } = running
  const bold = (text: string) => styleText("bold", text)
  const isolated = node.runtime === "docker"
  const runtime = node.runtimeReason
  const row = (label: string, value: string) => `  ${label.padEnd(11)}${value}`
  return [
    "",
    `${bold(`maillm ${running.version}`)} is ready (${seconds.toFixed(1)} s)`,
    "",
    row("Sign in", bold(running.signInLink)),
    row("", "works once, for 15 minutes; a new one comes with every start"),
    row("Console", settings.publicUrl ?? running.httpUrl),
    row("Mail to", bold(folder.owner.address)),
    row(
      "",
      `by SMTP on ${settings.bind}:${running.smtpPort}${tlsWords(running)}, from ${folder.owner.email}`,
    ),
    row(
      "Runtime",
      isolated ? runtime : styleText("red", `${runtime}. Commands run as this user, not isolated.`),
    ),
    row("Driver", `${node.drivers.join(", ")}: the request's text is run by bash in the pane`),
    row("NATS", running.natsDescription),
    row(
      "Read model",
      settings.mongodbUrl === null ? "SQLite in the data folder" : "MongoDB of MAILLM_MONGODB_URL",
    ),
    row(
      "Replies",
      settings.smtpRelay === null
        ? "kept in the console; set MAILLM_SMTP_RELAY to send them"
        : settings.smtpRelay === "mx"
          ? "sent to the servers of their receivers (MX)"
          : "sent by the relay of MAILLM_SMTP_RELAY",
    ),
    row("Data", folder.path),
    "",
    `  Ctrl-C stops maillm; what runs in a pane goes on.`,
    "",
  ].join("\n")
}

const tlsWords = ({ reloadCertificate, smtpsPort }: Running) => {
  if (reloadCertificate === null) return ""
  return smtpsPort === null ? " (STARTTLS)" : ` (STARTTLS, or TLS at once on ${smtpsPort})`
}

main().catch(end)
