import { basename } from "node:path/posix"

/** Names that Windows takes for devices, with or without an extension. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i
const longest = 120

/**
 * A file name that is safe to show and to write anywhere: no folders, control or direction characters, no
 * hidden or device names, at most 120 characters with its extension kept. Never empty.
 */
export const attachmentName = (given: string | null, index: number): string => {
  const cleaned = basename((given ?? "").normalize("NFC").replaceAll("\\", "/"))
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "")
  const name = cleaned === "" ? `attachment-${index + 1}` : reserved.test(cleaned) ? `_${cleaned}` : cleaned
  if (name.length <= longest) return name
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? ""
  return name.slice(0, longest - extension.length) + extension
}
