import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { Api } from "@maillm/schema/Api"
import { Conflict, NotFound } from "@maillm/schema/api/ApiErrors"
import { pageLimitDefault } from "@maillm/schema/api/Paging"
import { DeadLetters } from "@maillm/actors/nats/DeadLetters"
import { Credentials } from "../../identity/Credentials.ts"
import { orUnavailable } from "../answers.ts"
import { ownerOnly } from "./ownerOnly.ts"

const noSuchLetter = (sequence: number) =>
  new NotFound({
    message: `there is no dead letter ${sequence}`,
    remedy: "It was retried, dropped or is too old; GET /api/dead lists those that are there.",
  })

/** What an operator changes is logged as a warning: it is then in every log, until the audit trail holds it. */
export const DeadHandlers = HttpApiBuilder.group(
  Api,
  "dead",
  Effect.fn(function* (handlers) {
    const dead = yield* DeadLetters
    const owner = ownerOnly(yield* Credentials)
    return handlers.handleAll({
      list: Effect.fn("dead.list")(function* ({ query }) {
        yield* owner
        const { limit = pageLimitDefault, before = null, actor = null } = query
        return yield* Effect.catch(dead.list({ limit, before, actor }), orUnavailable)
      }),
      usage: Effect.fn("dead.usage")(function* () {
        yield* owner
        return yield* Effect.catch(dead.usage, orUnavailable)
      }),
      get: Effect.fn("dead.get")(function* ({ params: { sequence } }) {
        yield* owner
        const found = yield* Effect.catch(dead.get(sequence), orUnavailable)
        return found ?? (yield* noSuchLetter(sequence))
      }),
      retry: Effect.fn("dead.retry")(function* ({ params: { sequence } }) {
        const who = yield* owner
        const done = yield* dead.retry(sequence).pipe(
          Effect.catchTag("RetryRefused", ({ reason }) =>
            Effect.fail(
              new Conflict({
                message: `dead letter ${sequence} cannot be put back`,
                remedy: reason.slice(0, 1_000),
              }),
            ),
          ),
          Effect.catchTag(["MailboxFull", "NatsUnavailable"], orUnavailable),
        )
        if (done === null) return yield* noSuchLetter(sequence)
        const as = done.commandId === null ? "" : ` as ${JSON.stringify(done.commandId)}`
        yield* Effect.logWarning(
          `dead letter ${sequence} was put back on ${done.subject}${as} (${done.outcome}), by ${who}`,
        )
        return done
      }),
      drop: Effect.fn("dead.drop")(function* ({ params: { sequence } }) {
        const who = yield* owner
        const letter = yield* Effect.catch(dead.get(sequence), orUnavailable)
        const dropped = yield* Effect.catch(dead.drop(sequence), orUnavailable)
        if (!dropped) return yield* noSuchLetter(sequence)
        yield* Effect.logWarning(
          `dead letter ${sequence} (${letter?.subject ?? "unknown"}) was dropped, by ${who}`,
        )
        return { sequence }
      }),
    })
  }),
)
