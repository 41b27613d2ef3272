import * as Effect from "effect/Effect"
import type { Blobs } from "@maillm/actors/nats/Blobs"
import { pictureLimitBytes, picturesLimit } from "@maillm/schema/Files"
import type { LeftFile, SentFile } from "@maillm/schema/Files"
import { pictureName, pictureType } from "@maillm/schema/fileType"
import type { UserId } from "@maillm/schema/Ids"
import type { Changes } from "@maillm/schema/Turn"
import { visibleText } from "@maillm/schema/visibleText"
import type { PaneRuntime } from "../container/PaneRuntime.ts"
import { formatBytes } from "@maillm/schema/formatBytes"
import { readInWorkspace } from "./readInWorkspace.ts"
import { freeName, sentName } from "./sentName.ts"

/**
 * Pictures that a turn made or changed in its folder, so that its answer can show them. What is not one by its bytes is
 * a changed file like any other; of what is too many or too large one line says so.
 */
export const changedPictures = async (
  { blobs, runtime }: { readonly runtime: PaneRuntime; readonly blobs: Blobs["Service"] },
  userId: UserId,
  folder: string,
  changes: Changes,
  used: Set<string>,
): Promise<{ readonly sent: ReadonlyArray<SentFile>; readonly left: ReadonlyArray<LeftFile> }> => {
  const paths = changes.files.flatMap(({ change, path }) =>
    change !== "deleted" && pictureName.test(path) ? [path] : [],
  )
  const sent: Array<SentFile> = []
  const left: Array<LeftFile> = []
  for (const path of paths.slice(0, picturesLimit)) {
    const read = await readInWorkspace(
      runtime,
      { userId },
      { root: folder, path, limitBytes: pictureLimitBytes },
    )
    if (read._tag === "TooLarge") {
      const reason = `it is larger than ${formatBytes(pictureLimitBytes)}, the most that is shown; ask for it with /send`
      left.push({ name: visibleText(path).slice(0, 255), reason })
    }
    const type = read._tag === "Read" ? pictureType(read.bytes) : null
    if (read._tag !== "Read" || type === null) continue
    const blob = await Effect.runPromise(blobs.put(read.bytes))
    sent.push({ name: freeName(sentName(path), used), type, blob, from: "changes" })
  }
  const more = paths.length - picturesLimit
  if (more > 0)
    left.push({
      name: `${more} more pictures`,
      reason: `an answer shows ${picturesLimit}; ask for others with /send`,
    })
  return { sent, left }
}
