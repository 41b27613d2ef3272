import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { BlobFailed, Blobs } from "@maillm/actors/nats/Blobs"
import type { RequestId } from "@maillm/schema/Ids"
import type { Attachment } from "@maillm/schema/Message"
import type { PaneRuntime, WorkspaceOwner } from "../container/PaneRuntime.ts"
import { numbered, safeNames } from "./attachmentName.ts"

/** A request's attachments could not be placed; the message says which one and why. */
export class AttachmentsFailed extends Schema.TaggedError<AttachmentsFailed>()("AttachmentsFailed", {
  reason: Schema.String,
  /** True when it may go well later. */
  passing: Schema.Boolean,
}) {
  override get message() {
    return this.reason
  }
}

export interface PlacedAttachment {
  /** Absolute, as the pane sees it. */
  readonly path: string
  /** As the sender called it; for nobody's eyes but a person's. */
  readonly name: string
  readonly sizeBytes: number
}

const countLimit = 100
/** Of one request, all together. */
const totalLimitBytes = 256 * 1024 * 1024
const placeMillis = 60_000
/** Names that are tried when somebody has a file of that name there. */
const nameTries = 20
const otherThere = 4
const noFolder = 5

/**
 * Bash source: puts standard input into the file $4 of the folder $2/$3 of the workspace $1, if its SHA-256 is $5. Each
 * folder is entered before it is used, and where that has led is checked, so that a link that somebody put there leads
 * nowhere; the file is made with O_EXCL and given its name by a link that replaces nothing. Done twice it is done once.
 */
const placeScript = `set -euC
umask 022
cd -P -- "$1"
place=$(pwd -P)
for part in "$2" "$3"; do
  mkdir -- "$part" 2>/dev/null || true
  [ -d "$part" ] && [ ! -L "$part" ] || exit ${noFolder}
  cd -P -- "./$part"
  place=$place/$part
  [ "$(pwd -P)" = "$place" ] || exit ${noFolder}
done
sum() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c1-64; }
there() {
  [ -e "$1" ] || [ -L "$1" ] || return 1
  [ -f "$1" ] && [ ! -L "$1" ] && [ "$(sum <"$1")" = "$2" ] && exit 0
  exit ${otherThere}
}
there "./$4" "$5" || true
part=./.$$-$RANDOM$RANDOM.part
trap 'rm -f -- "$part"' EXIT
cat >"$part"
[ "$(sum <"$part")" = "$5" ] || exit 6
chmod 644 "$part"
ln -- "$part" "./$4" || { there "./$4" "$5"; exit 7; }
`

/**
 * Places the attachments of a request in the user's workspace, as \`attachments/<request>/<safe name>\`, one after another
 * with at most one in memory. A file that is there with the same content is left; one with another content is somebody's,
 * and the attachment gets another name. Answers them in their order, for the prompt.
 */
export const placeAttachments = (
  runtime: PaneRuntime,
  blobs: Blobs["Service"],
  owner: WorkspaceOwner,
  requestId: RequestId,
  attachments: ReadonlyArray<Attachment>,
): Effect.Effect<ReadonlyArray<PlacedAttachment>, AttachmentsFailed> =>
  Effect.gen(function* () {
    const total = attachments.reduce((sum, { blob }) => sum + blob.sizeBytes, 0)
    if (attachments.length > countLimit || total > totalLimitBytes) {
      return yield* new AttachmentsFailed({
        reason: `The request has ${attachments.length} attachments of ${total} bytes; at most ${countLimit} of ${totalLimitBytes} bytes are placed.`,
        passing: false,
      })
    }
    const names = safeNames(attachments.map(({ name }) => name))
    const placed: Array<PlacedAttachment> = []
    for (const [index, attachment] of attachments.entries()) {
      const bytes = yield* blobs
        .get(attachment.blob)
        .pipe(Effect.mapError((error) => unread(attachment, error)))
      const path = yield* place(runtime, owner, requestId, names[index] ?? "attachment", attachment, bytes)
      placed.push({ path, name: attachment.name, sizeBytes: attachment.blob.sizeBytes })
    }
    return placed
  })

const place = (
  runtime: PaneRuntime,
  owner: WorkspaceOwner,
  requestId: RequestId,
  safe: string,
  attachment: Attachment,
  bytes: Uint8Array,
): Effect.Effect<string, AttachmentsFailed> =>
  Effect.gen(function* () {
    const workspace = runtime.workspacePath(owner)
    for (let number = 1; number <= nameTries; number++) {
      const name = number === 1 ? safe : numbered(safe, number)
      const words = [workspace, "attachments", requestId, name, attachment.blob.sha256]
      const { exitCode, stderr } = yield* Effect.tryPromise({
        try: () =>
          runtime.run(owner, ["bash", "--noprofile", "--norc", "-c", placeScript, "maillm", ...words], {
            stdin: bytes,
            timeoutMillis: placeMillis,
          }),
        catch: (cause) => failed(attachment, cause instanceof Error ? cause.message : String(cause), true),
      })
      if (exitCode === 0) return `${workspace}/attachments/${requestId}/${name}`
      if (exitCode === noFolder)
        return yield* failed(attachment, `${workspace}/attachments is no folder of its own there`, false)
      if (exitCode !== otherThere)
        return yield* failed(attachment, stderr.trim().split("\n").at(-1) || `exit code ${exitCode}`, true)
    }
    return yield* failed(attachment, `there are ${nameTries} other files of that name`, false)
  })

const failed = ({ name }: Attachment, why: string, passing: boolean) =>
  new AttachmentsFailed({
    reason:
      `The attachment ${JSON.stringify(name.slice(0, 100))} could not be put into the workspace: ${why}`.slice(
        0,
        500,
      ),
    passing,
  })

const unread = (attachment: Attachment, error: BlobFailed) =>
  failed(attachment, error.message, error.missing !== true && !error.found)
