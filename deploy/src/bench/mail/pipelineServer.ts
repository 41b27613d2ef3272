import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { createInterface } from "node:readline"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import { SessionProtocol, UserProtocol } from "@maillm/schema/ActorProtocol"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { JetStreamActorClientLayer } from "@maillm/actors/client/JetStreamActorClient"
import { Nats } from "@maillm/actors/nats/Nats"
import { ObjectStoreBlobsLayer } from "@maillm/actors/nats/ObjectStoreBlobs"
import { defineActor } from "@maillm/actors/runtime/Actor"
import { actorCells, actorCellsWith } from "@maillm/actors/runtime/actorCells"
import { ActorHost } from "@maillm/actors/runtime/ActorHost"
import { JetStreamStoreLayer } from "@maillm/actors/runtime/JetStreamStore"
import { UserActor } from "@maillm/actors/user/UserActor"
import { watchFacts } from "@maillm/actors/world/Facts"
import { Dns } from "@maillm/gateway/dns/Dns"
import { Zone } from "@maillm/gateway/dns/Zone"
import { Credentials } from "@maillm/gateway/identity/Credentials"
import { Directory } from "@maillm/gateway/identity/Directory"
import { MailAuthenticator } from "@maillm/gateway/mail/authenticate/MailAuthenticator"
import { MailParser } from "@maillm/gateway/mail/MailParser"
import { MailReaderLayer } from "@maillm/gateway/mail/MailReader"
import { isLoopback } from "@maillm/gateway/smtp/clientAddress"
import { SmtpAddress } from "@maillm/gateway/smtp/SmtpAddress"
import { SmtpServerLayer } from "@maillm/gateway/smtp/SmtpServerLayer"
import { benchDomain, benchLocalPart } from "../mailAddresses.ts"
import { benchSettings } from "./benchSettings.ts"
import { senderOf } from "./signedMails.ts"

/**
 * `node pipelineServer.ts NATS ZONE USERS`: everything that a mail goes through until its user's actor has decided about
 * it, in one process as on one machine: SMTP behind a proxy, authentication by the DNS of the file ZONE, blobs, the users'
 * actors, the reader. Sessions take their requests and do nothing, and nothing folds the read model. Prints its port once its
 * users have their addresses.
 */
const [url = "", zoneFile = "", users = "0"] = process.argv.slice(2)
const limits = { connectionsPerNetwork: 5_000, connectionsPerMinute: 1_000_000, mailsPerMinute: 1_000_000 }
/** The load generator: it says for whom it speaks, so that SPF has something to look at. */
const proxies = { has: (address: string) => isLoopback(address), hasLoopback: true }
const zone = Zone.from(JSON.parse(readFileSync(zoneFile, "utf8")))

const foundation = Layer.mergeAll(ObjectStoreBlobsLayer(), JetStreamActorClientLayer, Directory.layer).pipe(
  Layer.provideMerge(Nats.layer({ servers: url, name: "bench" })),
  Layer.provideMerge(
    Layer.mergeAll(
      benchSettings(25 * 1024 * 1024),
      Credentials.layerOwner({
        userId: "u0",
        email: senderOf(0),
        tokenSha256: createHash("sha256").update("none").digest("hex"),
      }),
    ),
  ),
)
/** What comes after the decision is not measured here. */
const IdleSession = defineActor({
  kind: SessionProtocol.kind,
  state: Schema.Null,
  command: SessionProtocol.command,
  event: Schema.TaggedStruct("Never", {}),
  reply: SessionProtocol.reply,
  initial: () => null,
  decide: () => ({ events: [] }),
  evolve: () => null,
})
const actorsLayer = Layer.unwrap(
  Effect.map(watchFacts, (facts) =>
    ActorHost.layer("bench", [actorCellsWith(UserActor, facts), actorCells(IdleSession)]),
  ),
).pipe(Layer.provide(JetStreamStoreLayer))

const layer = Layer.mergeAll(
  SmtpServerLayer({ limits, proxies }).pipe(
    Layer.provide(MailAuthenticator.layer({ domain: benchDomain }).pipe(Layer.provide(Dns.layerZone(zone)))),
  ),
  MailReaderLayer.pipe(Layer.provide(MailParser.layer())),
  actorsLayer,
).pipe(
  Layer.provideMerge(foundation),
  Layer.provide(Logger.layer([Logger.withConsoleError(Logger.formatSimple)])),
)

const main = Effect.gen(function* () {
  const actors = yield* ActorClient
  const directory = (yield* Nats).bucket("DIRECTORY")
  const create = (user: number) =>
    actors.ask(UserProtocol, `u${user}`, `create/${user}`, {
      _tag: "CreateUser",
      name: `User ${user}`,
      email: senderOf(user),
      privateLocalPart: benchLocalPart(user),
    })
  const everyone = Array.from({ length: Number(users) }, (_, user) => user)
  yield* Effect.forEach(everyone, create, { concurrency: 32 })
  for (const user of everyone) {
    while ((yield* Effect.promise(() => directory.get(benchLocalPart(user)))) === null)
      yield* Effect.sleep("20 millis")
  }
  return (yield* SmtpAddress).port
})

const context = await Effect.runPromise(Layer.buildWithScope(layer, Effect.runSync(Scope.make())))
const port = await Effect.runPromise(Effect.provide(main, context))
console.log(JSON.stringify({ port }))
createInterface({ input: process.stdin }).resume()
