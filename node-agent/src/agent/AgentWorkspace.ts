import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { Blobs } from "@maillm/actors/nats/Blobs"
import type { UserId } from "@maillm/schema/Ids"
import type { Changes, StartTurn } from "@maillm/schema/Turn"
import type { PaneRuntime } from "../container/PaneRuntime.ts"
import { placeAttachments } from "../workspace/attachments.ts"
import type { PlacedAttachment } from "../workspace/attachments.ts"
import { WorkspaceChanges } from "../workspace/Changes.ts"
import type { Snapshot } from "../workspace/Changes.ts"
import { Outbox, outboxPath } from "../workspace/outbox.ts"
import { notesPreface } from "../workspace/notes.ts"
import { Repositories, RepositoryFailed } from "../workspace/repository.ts"
import { repositoryAddress } from "../workspace/repositoryAddress.ts"
import { SharedFolders } from "./SharedFolders.ts"
import type { EgressWay } from "./egressWay.ts"

/** Something that a turn needs in its workspace could not be had; the message is for the user. */
export interface Unprepared {
  readonly refused: string
}

const attachmentTries = Schedule.exponential("300 millis").pipe(Schedule.upTo({ times: 4 }))
const blobTries = Schedule.exponential("300 millis").pipe(Schedule.upTo({ times: 6 }))

/** What turns of agents find in their workspace before they begin, and what they leave there. */
export class AgentWorkspace {
  readonly runtime: PaneRuntime
  readonly blobs: Blobs["Service"]
  readonly outbox: Outbox
  private readonly egress: EgressWay
  private readonly repositories: Repositories
  private readonly tracked: WorkspaceChanges
  /** Turns that work in the same folder. */
  readonly folders = new SharedFolders()
  private readonly report: (message: string, error: unknown) => void

  constructor(options: {
    readonly runtime: PaneRuntime
    readonly blobs: Blobs["Service"]
    readonly egress: EgressWay
    /** Allows repositories on this machine. */
    readonly localRepositories: boolean
    readonly report: (message: string, error: unknown) => void
  }) {
    const { runtime } = options
    this.runtime = runtime
    this.blobs = options.blobs
    this.outbox = new Outbox(runtime, options.blobs)
    this.egress = options.egress
    this.report = options.report
    this.tracked = new WorkspaceChanges(runtime)
    this.repositories = new Repositories(runtime, {
      local: options.localRepositories,
      proxyPort: options.egress.proxyPort,
    })
  }

  /** The user's workspace, as panes see it. */
  pathOf(userId: UserId): string {
    return this.runtime.workspacePath({ userId })
  }

  /** The folder that a session's agent works in: its worktree, or the workspace. */
  folderOf(order: StartTurn): Effect.Effect<{ readonly path: string } | Unprepared> {
    const { repository, sessionId, userId } = order
    if (repository === undefined) return Effect.succeed({ path: this.runtime.workspacePath({ userId }) })
    return Effect.tryPromise(async () => {
      await this.egress.open(userId)
      return { path: await this.repositories.ensureWorktree({ userId }, sessionId, repository) }
    }).pipe(Effect.catch(({ cause }) => Effect.succeed({ refused: repositoryWords(cause) })))
  }

  /** Puts a request's attachments where the agent finds them. */
  attachments(order: StartTurn): Effect.Effect<ReadonlyArray<PlacedAttachment> | Unprepared> {
    const { attachments, requestId, userId } = order
    return placeAttachments(this.runtime, this.blobs, { userId }, requestId, attachments).pipe(
      Effect.retry({ schedule: attachmentTries, while: ({ passing }) => passing }),
      Effect.catch((error) => Effect.succeed({ refused: error.message.slice(0, 1_000) })),
    )
  }

  /** How the folder is before the turn; null when that cannot be known, and then its changes are not either. */
  snapshot(userId: UserId, folder: string): Promise<Snapshot | null> {
    return this.tracked.snapshot({ userId }, folder).catch((error: unknown) => {
      this.report(`what changes in ${folder} will not be known`, error)
      return null
    })
  }

  /** What has changed since, with the patch kept in BLOBS; null when that is not known. */
  async changesSince(userId: UserId, before: Snapshot): Promise<Changes | null> {
    try {
      const { difference, patch } = await this.tracked.since({ userId }, before)
      if (patch === null) return { ...difference, patch: null }
      const kept = this.blobs.put(patch).pipe(
        Effect.retry(blobTries),
        Effect.catch((error) => {
          this.report("a patch could not be stored", error)
          return Effect.succeed(null)
        }),
      )
      return { ...difference, patch: await Effect.runPromise(kept) }
    } catch (error) {
      this.report(`what changed in ${before.folder} is not known`, error)
      return null
    }
  }

  /**
   * What an agent is told of its project's notes. They are kept for each repository, beside the worktrees, so that they
   * are no part of what its sessions change.
   */
  async notes(userId: UserId, repository: StartTurn["repository"]): Promise<string> {
    const address = repository === undefined ? null : repositoryAddress(repository.url, { local: true })
    const project = address !== null && "slug" in address ? `/${address.slug}` : ""
    const folder = `${this.runtime.workspacePath({ userId })}/.maillm/notes${project}`
    return notesPreface(this.runtime, { userId }, folder)
  }

  /** Makes the session's outbox, if it is not there; answers where it is. A failure is told at the turn's end. */
  async openOutbox(userId: UserId, sessionId: string): Promise<string> {
    const path = outboxPath(this.pathOf(userId), sessionId)
    await this.runtime.run({ userId }, ["mkdir", "-p", "--", path]).catch((error: unknown) => {
      this.report(`the outbox ${path} could not be made`, error)
    })
    return path
  }

  /** Variables of panes for the way to the network, where there is one. */
  environment(userId: UserId): Promise<Readonly<Record<string, string>>> {
    return this.egress.open(userId)
  }
}

const repositoryWords = (cause: unknown): string =>
  (cause instanceof RepositoryFailed
    ? cause.reason
    : `The repository could not be had: ${cause instanceof Error ? cause.message : String(cause)}`
  ).slice(0, 1_000)
