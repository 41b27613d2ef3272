import { createHash } from "node:crypto"
import { join } from "node:path"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { AgentSettings } from "@maillm/schema/AgentSettings"
import { Settings } from "@maillm/schema/Settings"
import { ActorsLayer } from "@maillm/actors/ActorsLayer"
import { JetStreamActorClientLayer } from "@maillm/actors/client/JetStreamActorClient"
import { Nats } from "@maillm/actors/nats/Nats"
import { ObjectStoreBlobsLayer } from "@maillm/actors/nats/ObjectStoreBlobs"
import { ProjectorLayer } from "@maillm/actors/projection/Projector"
import { MongoReadModel } from "@maillm/actors/readmodel/MongoReadModel"
import { SqliteReadModel } from "@maillm/actors/readmodel/SqliteReadModel"
import { HealthProbes } from "@maillm/gateway/http/HealthProbes"
import { HttpLayer } from "@maillm/gateway/http/HttpLayer"
import { SettingsReport } from "@maillm/gateway/http/SettingsReport"
import { SmtpProbeLayer } from "@maillm/gateway/http/SmtpProbe"
import { Credentials } from "@maillm/gateway/identity/Credentials"
import { Directory } from "@maillm/gateway/identity/Directory"
import { Dns } from "@maillm/gateway/dns/Dns"
import { MailAuthenticator } from "@maillm/gateway/mail/authenticate/MailAuthenticator"
import { EgressLayer } from "@maillm/gateway/mail/Egress"
import { MailParser } from "@maillm/gateway/mail/MailParser"
import { MailReaderLayer } from "@maillm/gateway/mail/MailReader"
import { SmtpServerLayer } from "@maillm/gateway/smtp/SmtpServerLayer"
import { NodeAgentLayer } from "@maillm/node-agent/NodeAgentLayer"
import { defaultImage } from "@maillm/node-agent/container/chooseRuntime"
import { SessionImage } from "@maillm/node-agent/container/SessionImage"
import { PaneLimit } from "@maillm/node-agent/pane/PaneLimit"
import type { DataFolder } from "./DataFolder.ts"
import { hostOf } from "./hostOf.ts"
import { mailOutLayer } from "./mailOutLayer.ts"
import { LocalProbesLayer } from "./probes.ts"
import type { LocalSettings } from "./readSettings.ts"

/** The one account of an installation on one machine. */
export const ownerId = "owner"

export interface LocalParts {
  readonly settings: LocalSettings
  readonly folder: DataFolder
  readonly nats: { readonly url: string; readonly token: string | null }
  readonly httpPort: number
  readonly consoleFolder: string
  /** Where maillm keeps the programs that it brought. */
  readonly cacheFolder: string
  readonly version: string
}

/** All three processes of maillm in this one: gateway, actors, node agent. The same layers as in a fleet. */
export const maillmLayer = (parts: LocalParts) => {
  const { settings, folder } = parts
  const settingsLayer = Layer.succeed(Settings, {
    dataDir: folder.path,
    bind: settings.bind,
    httpPort: parts.httpPort,
    smtpPort: settings.smtpPort,
    domain: settings.domain,
    mongodbUrl: settings.mongodbUrl === null ? null : Redacted.make(settings.mongodbUrl),
    smtpRelay: settings.smtpRelay === null ? null : Redacted.make(settings.smtpRelay),
    runtime: settings.runtime,
    secret: Redacted.make(folder.secret),
    publicUrl: settings.publicUrl ?? `http://${hostOf(settings.bind)}:${parts.httpPort}`,
    replyDays: settings.replyDays,
    mailSizeLimitBytes: settings.mailSizeLimitBytes,
    hostId: settings.hostId,
    nodeId: "local",
    version: parts.version,
  })
  const natsLayer = Nats.layer({
    servers: parts.nats.url,
    name: "maillm",
    replicas: settings.natsReplicas,
    memoryFile: join(folder.path, "streams.json"),
    ...(settings.acceptStreams === null ? {} : { acceptStreams: settings.acceptStreams }),
    ...(parts.nats.token === null ? {} : { token: parts.nats.token }),
  })
  const readModel =
    settings.mongodbUrl === null
      ? SqliteReadModel.layer(join(folder.path, "readmodel.sqlite"))
      : MongoReadModel.layer(Redacted.make(settings.mongodbUrl))
  const agentsLayer = Layer.succeed(AgentSettings, {
    ...settings.agents,
    cliFolder: join(parts.cacheFolder, "agents"),
  })
  const credentials = Credentials.layerOwner({
    userId: ownerId,
    email: settings.ownerEmail,
    tokenSha256: createHash("sha256").update(folder.owner.token).digest("hex"),
  })

  const foundation = Layer.mergeAll(
    ObjectStoreBlobsLayer(),
    JetStreamActorClientLayer,
    Directory.layer,
    readModel,
  ).pipe(
    Layer.provideMerge(natsLayer),
    Layer.provideMerge(Layer.mergeAll(settingsLayer, agentsLayer, credentials, HealthProbes.layer)),
    Layer.provideMerge(Layer.succeed(SettingsReport, settings.sources)),
  )
  const gateway = Layer.mergeAll(
    HttpLayer({ consoleFolder: parts.consoleFolder }),
    inboundMailLayer(settings),
    MailReaderLayer.pipe(Layer.provide(MailParser.layer())),
    EgressLayer().pipe(Layer.provide(mailOutLayer(settings, folder))),
  )
  // What serves a listener comes up after what it needs, and goes down before it.
  return gateway.pipe(
    Layer.provideMerge(
      LocalProbesLayer.pipe(Layer.provideMerge(Layer.mergeAll(ActorsLayer, ProjectorLayer))),
    ),
    Layer.provideMerge(
      NodeAgentLayer.pipe(
        Layer.provide(Layer.succeed(PaneLimit, settings.paneLimit)),
        Layer.provide(Layer.succeed(SessionImage, settings.image ?? defaultImage)),
      ),
    ),
    Layer.provideMerge(foundation),
  )
}

const inboundMailLayer = (settings: LocalSettings) =>
  SmtpProbeLayer.pipe(
    Layer.provideMerge(SmtpServerLayer(settings.smtp)),
    Layer.provide(authenticatorLayer(settings)),
  )

const authenticatorLayer = ({ domain, mailTrust: { dnsServers, ...trust } }: LocalSettings) =>
  MailAuthenticator.layer({ domain, ...trust }).pipe(Layer.provide(Dns.layer({ servers: dnsServers })))

/** Effects of the launcher run with these services. */
export type MaillmServices = Layer.Success<ReturnType<typeof maillmLayer>>
