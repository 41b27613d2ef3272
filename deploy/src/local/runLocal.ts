import { rmSync } from "node:fs"
import { join } from "node:path"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import { NodeRow } from "@maillm/schema/api/SystemApi"
import type { NodeInfo } from "@maillm/schema/Turn"
import { UserId } from "@maillm/schema/Ids"
import { SignInLinks } from "@maillm/gateway/identity/SignInLinks"
import { SmtpAddress } from "@maillm/gateway/smtp/SmtpAddress"
import { cacheDir } from "../../bin/launch/paths.mjs"
import { buildConsole, consoleFolder } from "./buildConsole.ts"
import { checkMachine } from "./checkMachine.ts"
import { openDataFolder, writePrivate } from "./DataFolder.ts"
import type { DataFolder } from "./DataFolder.ts"
import { createOwner, followAccount } from "./ownerAccount.ts"
import { freePort } from "./freePort.ts"
import { hostOf } from "./hostOf.ts"
import { maillmLayer, ownerId } from "./maillmLayer.ts"
import type { MaillmServices } from "./maillmLayer.ts"
import { startNats } from "./NatsChild.ts"
import type { LocalSettings } from "./readSettings.ts"
import { readVersion } from "./readVersion.ts"
import { StartFailure } from "./StartFailure.ts"

/** A running maillm on this machine. */
export interface Running {
  readonly settings: LocalSettings
  readonly folder: DataFolder
  readonly httpUrl: string
  readonly smtpPort: number
  /** Of TLS from the first byte on; null when there is no such listener. */
  readonly smtpsPort: number | null
  /** Reads the certificate's files again; null when none is set. */
  readonly reloadCertificate: (() => void) | null
  readonly natsDescription: string
  readonly signInLink: string
  readonly node: NodeInfo
  readonly version: string
  /** Ends everything that was started, panes excepted. */
  readonly stop: () => Promise<void>
}

const readyMillis = 30_000

/**
 * Starts everything and answers when mail is accepted and a node is there to work. The console is built first where
 * its sources have changed, unless someone else serves it.
 */
export const runLocal = async (
  settings: LocalSettings,
  say: (line: string) => void,
  { withConsole = true } = {},
): Promise<Running> => {
  checkMachine()
  const folder = await openDataFolder(settings.dataDir, {
    domain: settings.domain,
    email: settings.ownerEmail,
    name: settings.ownerName,
  })
  rmSync(join(folder.path, "ports.json"), { force: true })
  const closers: Array<() => Promise<void>> = [folder.release]
  const stop = async () => {
    rmSync(join(folder.path, "ports.json"), { force: true })
    for (const close of closers.splice(0).toReversed()) await close()
  }
  try {
    if (withConsole) await buildConsole(say)
    const nats = await natsOf(settings, folder)
    closers.push(nats.stop)
    const httpPort = settings.httpPort === 0 ? await freePort(settings.bind) : settings.httpPort
    const version = readVersion()
    const scope = Effect.runSync(Scope.make())
    closers.push(() => Effect.runPromise(Scope.close(scope, Exit.void)))
    const context = await build(
      { settings, folder, nats, httpPort, consoleFolder, cacheFolder: cacheDir, version },
      scope,
    )
    const run = <A, E>(effect: Effect.Effect<A, E, MaillmServices>) =>
      Effect.runPromise(Effect.provide(effect, context))

    await run(createOwner(folder))
    await Effect.runPromise(followAccount(folder).pipe(Effect.provide(context), Effect.forkIn(scope)))
    const smtp = Context.get(context, SmtpAddress)
    const { port: smtpPort, smtpsPort } = smtp
    const httpUrl = `http://${hostOf(settings.bind)}:${httpPort}`
    await untilReady(httpUrl)
    const node = await liveNode(httpUrl, folder.owner.token)
    const signInLink = await run(
      Effect.flatMap(SignInLinks, (links) => links.make(UserId.make(ownerId), settings.publicUrl ?? httpUrl)),
    )
    writePrivate(
      folder.path,
      "ports.json",
      `${JSON.stringify({
        http: httpPort,
        smtp: smtpPort,
        ...(smtpsPort === null ? {} : { smtps: smtpsPort }),
        nats: nats.port,
      })}\n`,
    )
    return {
      settings,
      folder,
      httpUrl,
      smtpPort,
      smtpsPort,
      reloadCertificate: smtp.certificate() === null ? null : smtp.reloadCertificate,
      natsDescription: nats.description,
      signInLink,
      node,
      version,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const natsOf = async (settings: LocalSettings, folder: DataFolder) => {
  if (settings.natsUrl === null) return startNats(folder.path, folder.natsToken)
  const port = Number(new URL(settings.natsUrl.split(",")[0] ?? "").port) || 4222
  return {
    url: settings.natsUrl,
    token: null,
    port,
    description: "the NATS of MAILLM_NATS_URL",
    stop: async () => undefined,
  }
}

/** Builds all layers; what cannot start is one line with its remedy, not a trace. */
const build = async (parts: Parameters<typeof maillmLayer>[0], scope: Scope.Scope) => {
  const logging = Layer.merge(
    Logger.layer([Logger.withConsoleError(Logger.formatSimple)]),
    Layer.succeed(References.MinimumLogLevel, "Warn"),
  )
  const exit = await Effect.runPromiseExit(
    Layer.buildWithScope(maillmLayer(parts).pipe(Layer.provideMerge(logging)), scope),
  )
  if (Exit.isSuccess(exit)) return exit.value
  const error = Cause.squash(exit.cause)
  throw new StartFailure(error instanceof Error ? error.message : String(error))
}

/** The first heartbeat of the node agent, as the API tells it. */
const liveNode = async (httpUrl: string, token: string): Promise<NodeInfo> => {
  const deadline = Date.now() + readyMillis
  for (;;) {
    const response = await fetch(`${httpUrl}/api/nodes`, {
      headers: { authorization: `Bearer ${token}` },
    }).catch(() => null)
    const nodes = response?.status === 200 ? decodeNodes(await response.json()) : []
    const node = nodes.find(({ alive }) => alive)
    if (node !== undefined) return node
    if (Date.now() > deadline)
      throw new StartFailure("the node agent did not report in 30 s: look at the lines above")
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const decodeNodes = Schema.decodeUnknownSync(Schema.Array(NodeRow))

const untilReady = async (httpUrl: string) => {
  const deadline = Date.now() + readyMillis
  for (;;) {
    const response = await fetch(`${httpUrl}/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
    if (response?.status === 200) return
    if (Date.now() > deadline) {
      const body = response === null ? "no answer" : await response.text()
      throw new StartFailure(`not ready after 30 s: ${body.slice(0, 2_000)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
