import { numbered, shortened } from "./attachmentName.ts"

/**
 * The name under which a file goes out: its own, without what hides or turns around a part of it, what ends a header or
 * a path, or what no file can be called on Windows. At most 120 bytes with its extension kept; never empty or hidden.
 */
export const sentName = (path: string): string => {
  const last = path.toWellFormed().normalize("NFC").split("/").at(-1) ?? ""
  const plain = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, "")
    .replaceAll(/[<>:"|?*\\]/gu, "_")
    .replaceAll(/\s+/gu, " ")
    .replace(/^[\s.-]+/u, "")
    .replace(/[\s.]+$/u, "")
  const name = shortened(plain)
  return name === "" ? "file" : /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i.test(name) ? `_${name}` : name
}

/** A name that is not among those in use, also where case does not count; it is in use from now on. */
export const freeName = (name: string, used: Set<string>): string => {
  let candidate = name
  for (let number = 2; used.has(candidate.toLowerCase()); number++) candidate = numbered(name, number)
  used.add(candidate.toLowerCase())
  return candidate
}
