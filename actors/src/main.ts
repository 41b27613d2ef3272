import { mkdirSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import { AgentSettings } from "@maillm/schema/AgentSettings"
import { Settings } from "@maillm/schema/Settings"
import { ActorsLayer } from "./ActorsLayer.ts"
import { Nats } from "./nats/Nats.ts"
import { ProjectorLayer } from "./projection/Projector.ts"
import { readProcessSettings, SettingsWrong } from "./readProcessSettings.ts"
import type { ProcessSettings } from "./readProcessSettings.ts"
import { MongoReadModel } from "./readmodel/MongoReadModel.ts"
import { SqliteReadModel } from "./readmodel/SqliteReadModel.ts"
import { ActorHost } from "./runtime/ActorHost.ts"

/** Ended as asked; could not start or may not go on; started with wrong settings, so that a restart does not help. */
const exitCodes = { asked: 0, failed: 1, settings: 2 } as const
/** What has not stopped by then is left to the next owners, as after a crash. */
const stopMillis = 15_000

/** The actors process by itself: a share of the actors, and the read model's projector where one is set. */
const processLayer = (settings: ProcessSettings) => {
  const { dataDir } = settings
  const nats = Nats.layer({
    servers: settings.natsUrl,
    name: `maillm actors ${settings.hostId}`,
    replicas: settings.natsReplicas,
    ...(settings.natsToken === null ? {} : { token: settings.natsToken }),
    ...(settings.acceptStreams === null ? {} : { acceptStreams: settings.acceptStreams }),
    ...(dataDir === null ? {} : { memoryFile: join(dataDir, "streams.json") }),
  })
  // One of all processes; what follows the public URL is not for this one.
  const common = Layer.succeed(Settings, {
    dataDir: dataDir ?? "/",
    bind: "127.0.0.1",
    httpPort: 0,
    smtpPort: 0,
    smtpRelay: null,
    runtime: null,
    mailSizeLimitBytes: 0,
    nodeId: settings.hostId,
    version: process.env["npm_package_version"] ?? "unknown",
    domain: settings.domain,
    publicUrl: settings.publicUrl,
    replyDays: settings.replyDays,
    secret: settings.secret,
    hostId: settings.hostId,
    mongodbUrl: settings.mongodbUrl,
  })
  const model =
    settings.mongodbUrl !== null
      ? MongoReadModel.layer(settings.mongodbUrl)
      : dataDir !== null
        ? SqliteReadModel.layer(join(dataDir, "readmodel.sqlite"))
        : null
  const parts =
    model === null ? ActorsLayer : Layer.merge(ActorsLayer, ProjectorLayer.pipe(Layer.provide(model)))
  const agents = Layer.succeed(AgentSettings, settings.agents)
  return parts.pipe(Layer.provide(Layer.mergeAll(nats, common, agents)))
}

/** Serves until it is interrupted, or may not go on. */
const serve = (settings: ProcessSettings) =>
  Effect.gen(function* () {
    const context = yield* Layer.build(processLayer(settings))
    console.log(`The actors process ${settings.hostId} is ready.`)
    return yield* Context.get(context, ActorHost).ownership.ended
  }).pipe(Effect.scoped, Effect.provide(Logger.layer([Logger.withConsoleError(Logger.formatSimple)])))

const main = async (): Promise<number> => {
  const settings = readProcessSettings(process.env, hostname())
  if (settings.dataDir !== null) mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 })
  const fiber = Effect.runFork(serve(settings))
  let asked = false
  const stop = () => {
    if (asked) process.exit(130)
    asked = true
    setTimeout(() => process.exit(exitCodes.failed), stopMillis).unref()
    fiber.interruptUnsafe()
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop)
  const exit = await Effect.runPromise(Fiber.await(fiber))
  if (asked || Exit.isSuccess(exit)) return exitCodes.asked
  const error = Cause.squash(exit.cause)
  console.error(`The actors process ends: ${error instanceof Error ? error.message : String(error)}`)
  return exitCodes.failed
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const settings = error instanceof SettingsWrong
    console.error(
      `The actors process does not start:\n  ${error instanceof Error ? error.message : String(error)}`,
    )
    process.exit(settings ? exitCodes.settings : exitCodes.failed)
  },
)
