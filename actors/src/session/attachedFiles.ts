import type { Files, SentFile } from "@maillm/schema/Files"
import { pictureLimitBytes, picturesLimit } from "@maillm/schema/Files"
import { isPictureType } from "@maillm/schema/fileType"
import type { BlobRef, MailFiles, OutboundAttachment, OutboundMail } from "@maillm/schema/Message"
import { formatBytes } from "@maillm/schema/formatBytes"

/**
 * What the files of one mail may have together. In base64 it is under 10 MiB with the words: what the strictest of the
 * large mail services take.
 */
export const mailFilesLimitBytes = 7 * 1024 * 1024
/** Pictures shown in one mail, together. */
const shownLimitBytes = 4 * 1024 * 1024
const recordingLimitBytes = 1024 * 1024

export interface ToAttach {
  readonly files: Files | null
  /** What the terminal showed, where it was asked for; null in it when there is none. */
  readonly recording: { readonly blob: BlobRef | null } | null
  /** Bytes of what goes along in any case. */
  readonly takenBytes: number
  /** The page that has all files, or empty. */
  readonly link: string
}

type Attached = Pick<OutboundMail, "attachments" | "files">

/**
 * What of the files goes along, pictures to be shown among them, and what is said of the others. Nothing is dropped
 * silently: each is attached, or named with the reason and where it is to be had.
 */
export const attachedFiles = ({ files, link, recording, takenBytes }: ToAttach): Attached => {
  const attachments: Array<OutboundAttachment> = []
  const left: Array<MailFiles["left"][number]> = []
  let bytes = takenBytes
  let shown = { count: 0, bytes: 0 }
  for (const file of files?.sent ?? []) {
    const { blob, name, type } = file
    if (bytes + blob.sizeBytes > mailFilesLimitBytes) {
      left.push({ name, reason: noRoom(file), link })
      continue
    }
    bytes += blob.sizeBytes
    const inline =
      isPictureType(type) &&
      blob.sizeBytes <= pictureLimitBytes &&
      shown.count < picturesLimit &&
      shown.bytes + blob.sizeBytes <= shownLimitBytes
    if (inline) shown = { count: shown.count + 1, bytes: shown.bytes + blob.sizeBytes }
    attachments.push({ name, type, blob, ...(inline ? { inline } : {}) })
  }
  const named = files?.left ?? []
  left.push(...named.map(({ name, reason }) => ({ name, reason, link: "" })))
  const unnamed = (files?.leftCount ?? 0) - named.length
  if (unnamed > 0) left.push({ name: `${unnamed} more`, reason: "too many to name", link: "" })
  if (recording !== null) {
    const { blob } = recording
    const fits =
      blob !== null && blob.sizeBytes <= recordingLimitBytes && bytes + blob.sizeBytes <= mailFilesLimitBytes
    if (fits) attachments.push({ name: "recording.cast", type: "application/x-asciicast", blob })
    else if (blob === null) left.push({ name: "The recording", reason: "nothing was recorded", link: "" })
    else {
      const reason = `${formatBytes(blob.sizeBytes)}, too large to come along`
      left.push({ name: "The recording", reason, link })
    }
  }
  if (attachments.length === 0 && left.length === 0) return { attachments }
  const attached = attachments.map(({ blob, name }) => ({ name, sizeBytes: blob.sizeBytes }))
  return { attachments, files: { attached, left } }
}

const noRoom = ({ blob }: SentFile) =>
  blob.sizeBytes > mailFilesLimitBytes
    ? `${formatBytes(blob.sizeBytes)}, more than the ${formatBytes(mailFilesLimitBytes)} that a mail carries`
    : `${formatBytes(blob.sizeBytes)}, and the others leave no room for it in one mail`
