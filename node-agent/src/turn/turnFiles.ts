import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { filesLimit } from "@maillm/schema/Files"
import type { Files, LeftFile, SentFile } from "@maillm/schema/Files"
import { changedPictures } from "../workspace/pictures.ts"
import { OutboxBlocked } from "../workspace/outbox.ts"
import type { Claimed } from "../workspace/outbox.ts"
import type { TurnRun } from "./TurnRun.ts"
import type { TurnRecord } from "./TurnRecord.ts"

const tries = Schedule.exponential("500 millis").pipe(Schedule.upTo({ times: 4 }))

/**
 * Makes durable what goes out with an ended turn's answer besides its words: once that is in the journal a restart only
 * tells it again. Before, everything is done again, and comes to the same: files that were taken out of the outbox are
 * this turn's, and what is stored twice is stored once. Never fails: what could not be had is told.
 */
export const withFiles = (run: TurnRun, turn: TurnRecord): Effect.Effect<TurnRecord> =>
  Effect.gen(function* () {
    if (turn.files !== undefined || turn.startedAtMillis === null) return turn
    const { workspace } = run
    const claimed = yield* Effect.tryPromise(() => workspace.outbox.claim(turn.order)).pipe(
      Effect.retry({ schedule: tries, while: ({ cause }) => !(cause instanceof OutboxBlocked) }),
      Effect.catch(({ cause }) => {
        const why = cause instanceof Error ? cause.message : String(cause)
        return Effect.logWarning(`the outbox of turn ${turn.order.turnId} could not be read: ${why}`).pipe(
          Effect.as(unread(why)),
        )
      }),
    )
    const pictures = yield* picturesOf(run, turn, claimed?.sent ?? [])
    if (claimed === null && pictures.sent.length === 0 && pictures.left.length === 0) return turn
    const left = [...(claimed?.left ?? []), ...pictures.left]
    const files: Files = {
      sent: [...(claimed?.sent ?? []), ...pictures.sent],
      left: left.slice(0, filesLimit),
      leftCount: left.length,
    }
    const { folder = "", names = [] } = claimed ?? {}
    return yield* Effect.promise(() =>
      run.journal.modify(turn, (record) => ({ ...record, files: { files, folder, names } })),
    )
  })

/** What has gone out is taken out of the workspace. What stays there by a failure is in nobody's way. */
export const removeSent = ({ workspace }: TurnRun, { files, order }: TurnRecord): Effect.Effect<void> =>
  files === undefined || files.names.length === 0
    ? Effect.void
    : Effect.tryPromise(() => workspace.outbox.remove(order.userId, files.folder, files.names)).pipe(
        Effect.catch(({ cause }) =>
          Effect.logWarning(`files of turn ${order.turnId} stay in ${files.folder}`, cause),
        ),
      )

const unread = (why: string): Claimed => ({
  folder: "",
  names: [],
  sent: [],
  left: [
    {
      name: "The outbox",
      reason: `its files could not be read and are still in the workspace, below .maillm: ${why}`.slice(
        0,
        400,
      ),
    },
  ],
})

/** Without those that are in the outbox as well. */
const picturesOf = (run: TurnRun, { agent, order }: TurnRecord, others: ReadonlyArray<SentFile>) => {
  const none: { readonly sent: ReadonlyArray<SentFile>; readonly left: ReadonlyArray<LeftFile> } = {
    sent: [],
    left: [],
  }
  const changes = agent?.changes
  const folder = agent?.before?.folder ?? run.workspace.pathOf(order.userId)
  if (changes === undefined || changes.files.length === 0) return Effect.succeed(none)
  const used = new Set(others.map(({ name }) => name.toLowerCase()))
  return Effect.tryPromise(() => changedPictures(run.workspace, order.userId, folder, changes, used)).pipe(
    Effect.retry(tries),
    Effect.map(({ left, sent }) => ({
      left,
      sent: sent.filter(({ blob }) => !others.some((other) => other.blob.sha256 === blob.sha256)),
    })),
    Effect.catch(({ cause }) =>
      Effect.logWarning(`pictures of turn ${order.turnId} could not be read`, cause).pipe(Effect.as(none)),
    ),
  )
}
