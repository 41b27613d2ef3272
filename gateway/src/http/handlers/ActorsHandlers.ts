import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { Api } from "@maillm/schema/Api"
import { PartitionReport } from "@maillm/actors/nats/PartitionReport"
import { Credentials } from "../../identity/Credentials.ts"
import { orUnavailable } from "../answers.ts"
import { ownerOnly } from "./ownerOnly.ts"

export const ActorsHandlers = HttpApiBuilder.group(
  Api,
  "actors",
  Effect.fn(function* (handlers) {
    const report = yield* PartitionReport
    const owner = ownerOnly(yield* Credentials)
    return handlers.handleAll({
      report: Effect.fn("actors.report")(function* () {
        yield* owner
        return yield* Effect.catch(report.read, orUnavailable)
      }),
      inspect: Effect.fn("actors.inspect")(function* ({ params: { kind, id } }) {
        yield* owner
        return yield* Effect.catch(report.inspect(kind, id), orUnavailable)
      }),
    })
  }),
)
