import { createHash } from "node:crypto"
import { createInterface } from "node:readline"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { SMTPServer } from "smtp-server"
import { JetStreamActorClientLayer } from "@maillm/actors/client/JetStreamActorClient"
import { Nats } from "@maillm/actors/nats/Nats"
import { ObjectStoreBlobsLayer } from "@maillm/actors/nats/ObjectStoreBlobs"
import { Credentials } from "@maillm/gateway/identity/Credentials"
import { Dns } from "@maillm/gateway/dns/Dns"
import { Directory } from "@maillm/gateway/identity/Directory"
import { MailAuthenticator } from "@maillm/gateway/mail/authenticate/MailAuthenticator"
import { SmtpAddress } from "@maillm/gateway/smtp/SmtpAddress"
import { benchSettings } from "./mail/benchSettings.ts"
import { benchDomain, benchLocalPart, numberedAddress, numberedMails } from "./mailAddresses.ts"
import { SmtpServerLayer } from "@maillm/gateway/smtp/SmtpServerLayer"

/**
 * One SMTP server under load, in a process of its own: `node mailServer.ts bare` or
 * `node mailServer.ts maillm <nats url> <users>`. Prints its port as JSON once it listens, and for every line that it
 * then is given collects its garbage and says so.
 */
const sizeLimitBytes = 25 * 1024 * 1024

const bare = () => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    size: sizeLimitBytes,
    onData: (stream, _session, callback) => {
      stream.resume()
      stream.once("end", () => callback())
    },
  })
  server.listen(0, "127.0.0.1", () => {
    const address = server.server.address()
    say(typeof address === "object" && address !== null ? address.port : 0)
  })
}

/** The product's SMTP server with its real stores; nobody reads the mailboxes meanwhile. */
const maillm = async (url: string, users: number) => {
  const settings = benchSettings(sizeLimitBytes)
  const layer = SmtpServerLayer({ limits: { connectionsPerNetwork: 5_000, connections: 5_000 } }).pipe(
    Layer.provide(MailAuthenticator.layer({ domain: benchDomain }).pipe(Layer.provide(Dns.layer()))),
    Layer.provideMerge(Directory.layer),
    Layer.provide(Layer.mergeAll(ObjectStoreBlobsLayer(), JetStreamActorClientLayer)),
    Layer.provideMerge(Nats.layer({ servers: url, name: "bench" })),
    Layer.provide(
      Layer.mergeAll(
        settings,
        Credentials.layerOwner({
          userId: "u0",
          email: "bench@bench.test",
          tokenSha256: createHash("sha256").update("none").digest("hex"),
        }),
      ),
    ),
  )
  const context = await Effect.runPromise(Layer.buildWithScope(layer, Effect.runSync(Scope.make())))
  const directory = Context.get(context, Nats).bucket("DIRECTORY")
  for (let user = 0; user < users; user++) await directory.put(benchLocalPart(user), `u${user}`)
  for (let number = 1; number <= numberedMails; number++) {
    const [localPart = ""] = numberedAddress(number).split("@")
    await directory.put(localPart, `u${number % users}`)
  }
  say(Context.get(context, SmtpAddress).port)
}

const say = (port: number) => {
  console.log(JSON.stringify({ port }))
  createInterface({ input: process.stdin }).on("line", () => {
    globalThis.gc?.()
    console.log(JSON.stringify({ collected: true }))
  })
}

const [mode, url, users] = process.argv.slice(2)
if (mode === "bare") bare()
else if (mode === "maillm" && url !== undefined) await maillm(url, Number(users))
else throw new Error("say bare, or maillm with the address of NATS and a number of users")
