import { basename } from "node:path/posix"

/** Names that Windows takes for devices, with or without an extension. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i
/** Longest name in UTF-16 code units, and in bytes of UTF-8: file systems count those, up to 255. */
const longest = 120
const longestBytes = 240

/**
 * A file name that is safe to show and to write anywhere: no folders, control or direction characters, no
 * hidden, option-like or device names, at most 120 characters with its extension kept. Never empty.
 */
export const attachmentName = (given: string | null, index: number): string => {
  const cleaned = basename((given ?? "").slice(0, 8_192).normalize("NFC").replaceAll("\\", "/"))
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/\s+/g, " ")
    .replace(/^[-. ]+|[. ]+$/g, "")
  const name = cleaned === "" ? `attachment-${index + 1}` : reserved.test(cleaned) ? `_${cleaned}` : cleaned
  return shortened(name, "")
}

/** The names of all attachments of a mail: each safe, and no two the same, also where case does not count. */
export const attachmentNames = (given: ReadonlyArray<string | null>): ReadonlyArray<string> => {
  const taken = new Set<string>()
  return given.map((each, index) => {
    const name = attachmentName(each, index)
    let free = name
    for (let copy = 2; taken.has(free.toLowerCase()); copy++) free = shortened(name, `-${copy}`)
    taken.add(free.toLowerCase())
    return free
  })
}

/** With `suffix` before its extension, and cut to what a file system takes. */
const shortened = (name: string, suffix: string): string => {
  const extension = /(?:\.tar)?\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? ""
  const stem = extension.length === name.length ? name : name.slice(0, name.length - extension.length)
  const end = suffix + (extension.length === name.length ? "" : extension)
  let characters = Array.from(stem)
  while (
    characters.join("").length + end.length > longest ||
    Buffer.byteLength(characters.join("") + end) > longestBytes
  ) {
    characters = characters.slice(0, -Math.max(1, Math.ceil((characters.length - longest) / 2)))
  }
  return characters.join("") + end
}
