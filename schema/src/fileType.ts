/** What browsers and mail programs show as pictures without running anything: SVG is a document with scripts, and none. */
export const pictureTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"] as const
export type PictureType = (typeof pictureTypes)[number]

/** Names that pictures have; what is in them is decided by their bytes. */
export const pictureName = /\.(png|jpe?g|gif|webp)$/i

/** Types that a receiver may be told, by the name's extension. None of them is run or shown as a page. */
const typesByExtension: Readonly<Record<string, string>> = {
  txt: "text/plain",
  log: "text/plain",
  md: "text/markdown",
  csv: "text/csv",
  patch: "text/x-patch",
  diff: "text/x-patch",
  json: "application/json",
  pdf: "application/pdf",
  zip: "application/zip",
  gz: "application/gzip",
  tgz: "application/gzip",
  cast: "application/x-asciicast",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  odt: "application/vnd.oasis.opendocument.text",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  mp4: "video/mp4",
  webm: "video/webm",
}

export const anyBytes = "application/octet-stream"
const knownTypes: ReadonlySet<string> = new Set([...Object.values(typesByExtension), ...pictureTypes])

export const isPictureType = (type: string): type is PictureType =>
  pictureTypes.some((known) => known === type)

/** The type as a receiver may be told it: that of the list, or bytes of any kind. */
export const safeType = (type: string): string => (knownTypes.has(type) ? type : anyBytes)

/**
 * The type of a file. Pictures and PDF are what their first bytes say, whatever they are called; of others the name's
 * extension decides, within the short list.
 */
export const fileType = (name: string, bytes: Uint8Array): string => {
  const picture = pictureType(bytes)
  if (picture !== null) return picture
  const extension = /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ""
  const type = Object.hasOwn(typesByExtension, extension) ? typesByExtension[extension] : undefined
  // A page that is called .pdf must not be opened as what it is not.
  if (type === "application/pdf" && !begins(bytes, "%PDF-")) return anyBytes
  return type ?? anyBytes
}

/** By the first bytes: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern; null for anything else. */
export const pictureType = (bytes: Uint8Array): PictureType | null => {
  if (begins(bytes, "\u0089PNG\r\n\u001a\n")) return "image/png"
  if (begins(bytes, "\u00ff\u00d8\u00ff")) return "image/jpeg"
  if (begins(bytes, "GIF87a") || begins(bytes, "GIF89a")) return "image/gif"
  if (begins(bytes, "RIFF") && begins(bytes.subarray(8), "WEBPVP")) return "image/webp"
  return null
}

const begins = (bytes: Uint8Array, start: string): boolean => {
  for (let at = 0; at < start.length; at++) if (bytes[at] !== start.charCodeAt(at)) return false
  return true
}
