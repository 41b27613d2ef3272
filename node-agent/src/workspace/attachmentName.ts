/** Longest name, in bytes of UTF-8; leaves room for a number. */
const lengthLimitBytes = 120
const extensionLimit = 16

/** Names that agents take as instructions or settings, and those that no file can have on Windows. */
const taken =
  /^(?:(?:claude|agents|gemini|notes|skill)(?:\.local|\.override)?\.md|mcp\.json|(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?)$/i

/**
 * A file name that means nothing but itself: the last part of what a sender wrote, with only letters, digits and
 * ` . _ - ( ) + , =`. Never empty, hidden, a path, an option, an instruction file, or longer than 120 bytes.
 */
export const safeName = (name: string): string => {
  const last = name.toWellFormed().normalize("NFC").split(/[/\\]/).at(-1) ?? ""
  const plain = last
    // Zero-width characters and those that turn the direction of text around.
    .replaceAll(/[\p{Cf}\p{Cc}]/gu, "")
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/[^\p{L}\p{N}\p{M} ._()+,=-]/gu, "_")
    .replace(/^[\s.-]+/u, "")
    .replace(/[\s.]+$/u, "")
  const short = shortened(plain)
  if (short === "") return "attachment"
  return taken.test(short) ? `attached-${short}` : short
}

/** Cut in the middle, so that the extension stays. */
export const shortened = (name: string): string => {
  if (Buffer.byteLength(name) <= lengthLimitBytes) return name
  const dot = name.lastIndexOf(".")
  const extension = dot > 0 && name.length - dot <= extensionLimit ? name.slice(dot) : ""
  let stem = Array.from(extension === "" ? name : name.slice(0, dot))
  while (Buffer.byteLength(stem.join("") + extension) > lengthLimitBytes) {
    stem = stem.slice(
      0,
      -Math.max(1, Math.ceil((Buffer.byteLength(stem.join("") + extension) - lengthLimitBytes) / 4)),
    )
  }
  return stem.join("").trimEnd() + extension
}

/** The name with a number before its extension: `a.tar.gz` is `a.tar-2.gz`. */
export const numbered = (name: string, number: number): string => {
  const dot = name.lastIndexOf(".")
  return dot > 0 ? `${name.slice(0, dot)}-${number}${name.slice(dot)}` : `${name}-${number}`
}

/** Safe names, each one once, also on file systems that do not tell upper case from lower. */
export const safeNames = (names: ReadonlyArray<string>): Array<string> => {
  const used = new Set<string>()
  return names.map((name) => {
    const safe = safeName(name)
    let candidate = safe
    for (let number = 2; used.has(candidate.toLowerCase()); number++) candidate = numbered(safe, number)
    used.add(candidate.toLowerCase())
    return candidate
  })
}
