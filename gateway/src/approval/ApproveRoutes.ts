import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { ApprovalDecision } from "@maillm/schema/Approval"
import { approvePath } from "@maillm/schema/ApprovalLink"
import type { ApprovalToken } from "@maillm/schema/ApprovalLink"
import { text } from "@maillm/schema/Ids"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { Settings } from "@maillm/schema/Settings"
import { ActorClient } from "@maillm/actors/client/ActorClient"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { remoteAddress } from "../http/AuthorizationLayer.ts"
import { verifyApprovalToken } from "../identity/approvalLink.ts"
import { makeFailureLimiter } from "../identity/FailureLimiter.ts"
import { hashOfToken } from "../identity/opaqueToken.ts"
import { answerApproval } from "./answerApproval.ts"
import { approvePageHtml, noticePage } from "./approvePageHtml.ts"
import { approvePolicy } from "./approveStyles.ts"

const AnswerForm = Schema.Struct({
  decision: ApprovalDecision,
  note: Schema.optionalKey(text(2_000)),
})

/** Of a note, in UTF-16 code units; forms count a line's end as two. */
const noteLimit = 1_000

/**
 * The page behind the link of a question mail: `GET /approve/<token>` shows what is asked, and changes nothing, for
 * mail scanners open links; `POST` answers. The token is the credential, so nobody signs in, and it is good for this
 * one approval. Forged ones are counted by network address.
 */
export const ApproveRoutes = HttpRouter.use(
  Effect.fn(function* (router) {
    const readModel = yield* ReadModel
    const secret = Redacted.value((yield* Settings).secret)
    const answer = answerApproval(readModel, yield* ActorClient)
    const limiter = makeFailureLimiter(() => performance.now())

    /** Runs for a token that is ours and an approval that is there; else answers why not. */
    const forApproval = <E, R>(
      use: (row: ApprovalRow) => Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>,
    ) =>
      Effect.gen(function* () {
        const request = yield* HttpServerRequest.HttpServerRequest
        const { token = "" } = yield* HttpRouter.params
        const link = verifyApprovalToken(secret, token)
        if (link === null) {
          const address = remoteAddress(request)
          const wait = limiter.lockedSeconds(address)
          if (wait > 0) return tooMany(wait)
          limiter.failed(address, hashOfToken(token))
          return notRight
        }
        const row = yield* readModel.approval(link.approvalId)
        return row === null || !isOf(row, link) ? notReadable : yield* use(row)
      }).pipe(Effect.catch(() => Effect.succeed(away)))

    const show = Effect.fnUntraced(function* (row: ApprovalRow, justStored: boolean) {
      const [request, session, user] = yield* Effect.all([
        readModel.request(row.requestId),
        readModel.session(row.sessionId),
        readModel.user(row.userId),
      ])
      const userEmail = user?.email ?? ""
      const now = yield* Clock.currentTimeMillis
      return page(
        approvePageHtml({ row, request, session, userEmail, now, justStored }),
        justStored ? 202 : 200,
      )
    })

    yield* router.add(
      "GET",
      `${approvePath}/:token`,
      forApproval((row) => show(row, false)),
    )
    yield* router.add(
      "POST",
      `${approvePath}/:token`,
      forApproval(
        Effect.fnUntraced(function* (row) {
          const form = yield* Effect.result(HttpServerRequest.schemaBodyUrlParams(AnswerForm))
          if (form._tag === "Failure") return notAnAnswer
          const { decision, note = "" } = form.success
          const user = yield* readModel.user(row.userId)
          const outcome = yield* answer(row, {
            decision,
            note: note.replaceAll("\r\n", "\n").slice(0, noteLimit),
            by: `the link sent to ${user?.email ?? row.userId}`,
            via: "link",
          })
          if (outcome.kind === "stored") return yield* show(outcome.row, true)
          const { token = "" } = yield* HttpRouter.params
          // Shown by GET, so that loading the page again answers nothing.
          return HttpServerResponse.empty({ status: 303, headers: { location: `${approvePath}/${token}` } })
        }),
      ),
    )
  }),
)

const isOf = (row: ApprovalRow, link: ApprovalToken) =>
  row.userId === link.userId && row.sessionId === link.sessionId

/**
 * A document without a referrer policy of its own would send its form with `Origin: null` under the header's
 * `no-referrer` (Fetch, "append a request Origin header"); so the page's `meta` allows itself `same-origin`.
 */
const page = (html: string, status: number, headers: Readonly<Record<string, string>> = {}) =>
  HttpServerResponse.text(html, {
    status,
    contentType: "text/html; charset=utf-8",
    headers: {
      "content-security-policy": approvePolicy,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow",
      ...headers,
    },
  })

const notRight = page(
  noticePage(
    "This link is not right",
    "It may have been cut off or wrapped by a mail program. Open it from the mail again, or answer the mail with yes or no.",
  ),
  404,
)

const tooMany = (seconds: number) =>
  page(
    noticePage(
      "Too many wrong links",
      `From your network address came too many links that are not right. Try again in ${seconds} s, or answer the mail with yes or no.`,
    ),
    429,
    { "retry-after": String(seconds) },
  )

const notReadable = page(
  noticePage(
    "Not readable yet",
    "The link is right, but what it is about cannot be read yet. Load this page again in a few seconds, or answer the mail with yes or no.",
  ),
  503,
  { "retry-after": "3" },
)

const away = page(
  noticePage(
    "This cannot be answered at the moment",
    "A part of maillm is away. Nothing was changed. Load this page again in a few seconds, or answer the mail with yes or no.",
  ),
  503,
  { "retry-after": "5" },
)

const notAnAnswer = page(
  noticePage("That was no answer", "Nothing was changed. Open the link again and choose Allow or Deny."),
  400,
)
