import * as Effect from "effect/Effect"
import type { Nats } from "@maillm/actors/nats/Nats"
import { streams } from "@maillm/schema/Streams"
import { jobsOf, jobSubject } from "@maillm/schema/Subjects"

/**
 * Mails of one user that may wait to be read. Each is also an entry of the user actor's state, written with every
 * snapshot of it, so this bounds both; what is on its way (a mailbox full, and what came in the last second) adds to
 * it. A sender that is told to come again does so for days.
 */
export const waitingMailLimit = 1_000
/**
 * Of the bytes of JOBS, for all users: beyond it actors would wait for room in JOBS while their full mailboxes keep
 * out what would make that room.
 */
const fullShare = 0.5
/** One count of all users' mails is used this long. */
const countMillis = 1_000

/** Mails that are accepted and not yet read, because parsing is down or slower than they come. */
export interface MailBacklog {
  /** Why no more mail is taken for the user now, or null. Null too when that cannot be found out: others will say so. */
  readonly refusal: (userId: string) => Effect.Effect<string | null>
}

export const makeMailBacklog = ({ jsm }: Nats["Service"], limit = waitingMailLimit): MailBacklog => {
  const count = async () => {
    const { state } = await jsm.streams.info("JOBS", { subjects_filter: jobsOf("parse-mail") })
    const full = state.bytes >= fullShare * streams.JOBS.maxBytes
    return { full, waiting: state.subjects ?? {} }
  }
  type Count = Awaited<ReturnType<typeof count>>
  let asked: Promise<Count> | null = null
  /** What the last one came to, null before it has. */
  let known: Count | null = null
  let askedAt = 0
  /** Those who ask at the same time share a count; the next one is asked for when it has grown old. */
  const recent = (): Count | Promise<Count> => {
    const now = performance.now()
    if (asked === null || now - askedAt >= countMillis) {
      askedAt = now
      known = null
      const asking = (asked = count())
      asking.then(
        (answer) => {
          if (asked === asking) known = answer
        },
        // Whoever waits for it is told.
        () => undefined,
      )
    }
    return known ?? asked
  }
  const refusalOf = ({ full, waiting }: Count, userId: string) => {
    const own = waiting[jobSubject("parse-mail", userId)] ?? 0
    if (own >= limit) return `${own} mails to this address wait to be read`
    return full ? "too many mails wait to be read" : null
  }
  return {
    refusal: (userId) =>
      Effect.suspend(() => {
        const answer = recent()
        if (!(answer instanceof Promise)) return Effect.succeed(refusalOf(answer, userId))
        return Effect.tryPromise(() => answer).pipe(
          Effect.map((counted) => refusalOf(counted, userId)),
          Effect.orElseSucceed(() => null),
        )
      }),
  }
}
