import { SessionId } from "@maillm/schema/Ids"
import type { RequestSpec } from "@maillm/schema/UserActor"
import type { WorldContext } from "../world/Facts.ts"
import { formatMoment } from "./format.ts"
import { noticeMail } from "./notices.ts"
import type { Draft } from "./SessionDraft.ts"

interface Parking {
  readonly untilMillis: number
  readonly reason: string
}

/** The request waits, and goes on by itself. Its thread is told so at the first time and then no more. */
export const park = (
  draft: Draft,
  request: RequestSpec,
  { reason, untilMillis }: Parking,
  context: WorldContext,
) => {
  const { requestId } = request
  const { attempts, parked } = draft.state
  const toldBefore = attempts?.requestId === requestId || parked?.requestId === requestId
  draft.add(
    { _tag: "RequestParked", requestId, untilMillis, reason },
    { _tag: "SetTimer", timer: "place", generation: untilMillis, atMillis: untilMillis },
  )
  if (!toldBefore) tellParked(draft, request, { untilMillis, reason }, context)
}

const tellParked = (
  draft: Draft,
  request: RequestSpec,
  { reason, untilMillis }: Parking,
  context: WorldContext,
) => {
  const { publicUrl } = context.facts
  const link = publicUrl === null ? "" : `, or cancel it at ${publicUrl}/requests/${request.requestId}`
  const mail = noticeMail(
    SessionId.make(draft.state.id),
    request,
    request.replyTo,
    {
      id: `w${request.requestId}`,
      outcome: `Waiting until ${formatMoment(untilMillis)}; it then goes on by itself.`,
      answer: `${reason}\n\nNothing is lost. To give it up, reply "stop"${link}.`,
    },
    context,
  )
  if (mail !== null) draft.add({ _tag: "ReplyQueued", mail }, { _tag: "SendMail", mail })
}
