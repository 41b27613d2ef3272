import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { Settings } from "@maillm/schema/Settings"
import { SessionCommandEnvelope, UserCommandEnvelope } from "@maillm/schema/Record"
import { JetStreamActorClientLayer } from "@maillm/actors/client/JetStreamActorClient"
import { Nats } from "@maillm/actors/nats/Nats"
import { ObjectStoreBlobsLayer } from "@maillm/actors/nats/ObjectStoreBlobs"
import { Credentials } from "../src/identity/Credentials.ts"
import { Directory } from "../src/identity/Directory.ts"
import { Dns } from "../src/dns/Dns.ts"
import { Zone } from "../src/dns/Zone.ts"
import { MailAuthenticator } from "../src/mail/authenticate/MailAuthenticator.ts"
import type { AuthenticatorOptions } from "../src/mail/authenticate/MailAuthenticator.ts"
import { SmtpAddress } from "../src/smtp/SmtpAddress.ts"
import { SmtpServerLayer } from "../src/smtp/SmtpServerLayer.ts"
import type { SmtpServerOptions } from "../src/smtp/SmtpServerLayer.ts"

export const domain = "maillm.localhost"
export const secret = "test-secret-test-secret-test-secret-test"
export const owner = { userId: "u1", email: "ada@example.org", token: "the-owner-token" }

export const testSettings = (change: Partial<Settings["Service"]> = {}): Settings["Service"] => ({
  dataDir: "/nonexistent",
  bind: "127.0.0.1",
  httpPort: 0,
  smtpPort: 0,
  domain,
  mongodbUrl: null,
  smtpRelay: null,
  runtime: null,
  secret: Redacted.make(secret),
  publicUrl: null,
  replyDays: 90,
  mailSizeLimitBytes: 1_000_000,
  hostId: "test",
  nodeId: "test",
  version: "0.0.0",
  ...change,
})

/** NATS, blobs, actor client, directory, credentials and settings, all real. */
export const testBase = (natsUrl: string, settings: Partial<Settings["Service"]> = {}) =>
  Layer.mergeAll(ObjectStoreBlobsLayer(), JetStreamActorClientLayer, Directory.layer).pipe(
    Layer.provideMerge(Nats.layer({ servers: natsUrl, name: "gateway-test" })),
    Layer.provideMerge(
      Credentials.layerOwner({
        userId: owner.userId,
        email: owner.email,
        tokenSha256: createHash("sha256").update(owner.token).digest("hex"),
      }),
    ),
    Layer.provideMerge(Layer.succeed(Settings, testSettings(settings))),
  )

/** A world without any records, unless another DNS is given. */
export const testAuthenticator = (
  options: Partial<AuthenticatorOptions> = {},
  dns: Layer.Layer<Dns> = Dns.layerZone(Zone.from({})),
) => MailAuthenticator.layer({ domain, workers: 1, ...options }).pipe(Layer.provide(dns))

export const smtpStack = (
  natsUrl: string,
  options: SmtpServerOptions = {},
  settings: Partial<Settings["Service"]> = {},
  authenticator = testAuthenticator(),
) =>
  ManagedRuntime.make(
    SmtpServerLayer(options).pipe(
      Layer.provide(authenticator),
      Layer.provideMerge(testBase(natsUrl, settings)),
    ),
  )

export const smtpPort = Effect.map(SmtpAddress, ({ port }) => port)

export const bindAddress = (localPart: string, userId: string) =>
  Effect.flatMap(Nats, (nats) => Effect.promise(() => nats.bucket("DIRECTORY").put(localPart, userId)))

const decodeUser = Schema.decodeUnknownSync(Schema.fromJsonString(UserCommandEnvelope))
const decodeSession = Schema.decodeUnknownSync(Schema.fromJsonString(SessionCommandEnvelope))

/** Every command in CMD on subjects that match, oldest first, read back from the stream. */
const stored = (filter: string) =>
  Effect.flatMap(Nats, (nats) =>
    Effect.promise(async () => {
      const texts: Array<string> = []
      const info = await nats.jsm.streams.info("CMD", { subjects_filter: filter })
      const count = Object.values(info.state.subjects ?? {}).reduce((sum, n) => sum + n, 0)
      if (count === 0) return texts
      const consumer = await nats.js.consumers.get("CMD", { filter_subjects: [filter] })
      const messages = await consumer.fetch({ max_messages: count, expires: 5_000 })
      for await (const message of messages) texts.push(message.string())
      return texts
    }),
  )
export const userCommands = (userId: string) =>
  Effect.map(stored(`cmd.*.user.${userId}`), (texts) => texts.map((text) => decodeUser(text)))
export const sessionCommands = (sessionId: string) =>
  Effect.map(stored(`cmd.*.session.${sessionId}`), (texts) => texts.map((text) => decodeSession(text)))
