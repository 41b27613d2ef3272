import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { Api } from "@maillm/schema/Api"
import { CurrentUser } from "@maillm/schema/api/Authorization"
import { pageLimitDefault } from "@maillm/schema/api/Paging"
import { requestTextLimit } from "@maillm/schema/Message"
import { UserProtocol } from "@maillm/schema/ActorProtocol"
import { AgentSettings } from "@maillm/schema/AgentSettings"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { Settings } from "@maillm/schema/Settings"
import { Nats } from "@maillm/actors/nats/Nats"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { notYetReadable, orUnavailable } from "../answers.ts"
import { Health } from "../Health.ts"
import { Nodes } from "../Nodes.ts"
import { SettingsReport } from "../SettingsReport.ts"
import { SocketCount } from "../../live/SocketCount.ts"
import { StreamReports } from "../StreamReports.ts"

export const NodesHandlers = HttpApiBuilder.group(
  Api,
  "nodes",
  Effect.fn(function* (handlers) {
    const nodes = yield* Nodes
    return handlers.handleAll({ list: () => Effect.catch(nodes.all, orUnavailable) })
  }),
)

export const AuditHandlers = HttpApiBuilder.group(
  Api,
  "audit",
  Effect.fn(function* (handlers) {
    const readModel = yield* ReadModel
    return handlers.handleAll({
      list: Effect.fn("audit.list")(function* ({ query }) {
        const { userId } = yield* CurrentUser
        const page = { limit: query.limit ?? pageLimitDefault, before: query.before ?? null }
        return yield* Effect.catch(readModel.audit(userId, page), orUnavailable)
      }),
    })
  }),
)

export const SystemHandlers = HttpApiBuilder.group(
  Api,
  "system",
  Effect.fn(function* (handlers) {
    const readModel = yield* ReadModel
    const health = yield* Health
    const reports = yield* StreamReports
    const sockets = yield* SocketCount
    const settings = yield* Settings
    const settingRows = yield* SettingsReport
    const { spendingCapMicroUsd } = yield* AgentSettings
    const actors = yield* ActorClient
    const { connection } = yield* Nats
    const startedAtMillis = yield* Clock.currentTimeMillis

    return handlers.handleAll({
      report: Effect.fn("system.report")(function* () {
        const { status, components } = yield* health.health
        // With NATS away the page still shows what is wrong, and no streams.
        const streams = yield* Effect.orElseSucceed(reports.all, () => [])
        const requestCounts = yield* Effect.orElseSucceed(readModel.requestCounts, () => ({}))
        return {
          status,
          atMillis: yield* Clock.currentTimeMillis,
          startedAtMillis,
          components,
          versions: {
            maillm: settings.version,
            node: process.versions.node,
            nats: connection.info?.version ?? "",
          },
          streams,
          readModel: (yield* health.lag) ?? { sequence: 0, lag: 0 },
          requestCounts,
          sockets: sockets.now(),
          settings: settingRows,
        }
      }),
      me: Effect.fn("system.me")(function* () {
        const { userId, cookie } = yield* CurrentUser
        const user = yield* Effect.catch(readModel.user(userId), orUnavailable)
        if (user === null) return yield* notYetReadable
        return {
          user,
          address: `${user.privateLocalPart}@${settings.domain}`,
          signedInBy: cookie === null ? ("token" as const) : ("cookie" as const),
          expiresAtMillis: cookie?.expiresAtMillis ?? null,
          version: settings.version,
          requestTextLimit,
          spendingCapMicroUsd,
        }
      }),
      setPolicy: Effect.fn("system.setPolicy")(function* ({ payload }) {
        const { userId } = yield* CurrentUser
        const user = yield* Effect.catch(readModel.user(userId), orUnavailable)
        const id = `policy/${yield* Effect.sync(() => crypto.randomUUID())}`
        const command = { _tag: "SetPolicy", layer: payload, by: user?.email ?? userId } as const
        yield* Effect.catch(actors.tell(UserProtocol, userId, id, command), orUnavailable)
        return { policy: payload }
      }),
      retryAddress: Effect.fn("system.retryAddress")(function* ({ payload: { address } }) {
        const { userId } = yield* CurrentUser
        const user = yield* Effect.catch(readModel.user(userId), orUnavailable)
        const id = `retry-address/${yield* Effect.sync(() => crypto.randomUUID())}`
        const command = { _tag: "RetryAddress", address, by: user?.email ?? userId } as const
        yield* Effect.catch(actors.tell(UserProtocol, userId, id, command), orUnavailable)
        return { address }
      }),
    })
  }),
)
