/** Labels that the Encoding Standard lacks. */
const aliases: Readonly<Record<string, string>> = {
  cp932: "shift_jis",
  "windows-932": "shift_jis",
  "windows-31j": "shift_jis",
  cp936: "gbk",
  "windows-936": "gbk",
  cp949: "euc-kr",
  "windows-949": "euc-kr",
  ks_c_5601: "euc-kr",
  cp950: "big5",
  "windows-950": "big5",
  "iso-2022-jp-1": "iso-2022-jp",
  "iso-2022-jp-2": "iso-2022-jp",
  "iso-2022-jp-ms": "iso-2022-jp",
  cp50220: "iso-2022-jp",
  cp50221: "iso-2022-jp",
  "iso-8859-8-i": "iso-8859-8",
  "iso-8859-8-e": "iso-8859-8",
  "utf-8mb4": "utf-8",
  "utf 8": "utf-8",
}

const utf8 = new TextDecoder("utf-8", { fatal: true })
const lenient = new TextDecoder("utf-8")

/**
 * Text of the bytes of a part. What is valid UTF-8 beyond ASCII is UTF-8, whatever it is said to be: no other
 * charset's text looks so by chance, and mailers that lie about it are common. UTF-7 is not decoded: it is in the
 * standard no more, for it hides what it says.
 */
export const decodeText = (bytes: Uint8Array, charset: string | undefined): string => {
  const label = (charset ?? "")
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, "")
  const name = aliases[label] ?? aliases[label.replace(/^(?:x-|cs)/, "")] ?? label
  if (!escapes(name)) {
    try {
      return utf8.decode(bytes)
    } catch {
      // It is none.
    }
  }
  if (name === "" || /^utf-?8$/.test(name) || name === "us-ascii" || name === "ascii")
    return lenient.decode(bytes)
  try {
    return withoutControls(new TextDecoder(name).decode(bytes))
  } catch {
    return withoutControls(new TextDecoder("windows-1252").decode(bytes))
  }
}

const windows1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"
/**
 * Node reads windows-1252 as if it were ISO 8859-1, which has control characters where Windows has quotes and dashes.
 * No mail means those.
 */
export const withoutControls = (text: string): string =>
  text.replace(/[\x80-\x9f]/g, (control) => windows1252.charAt(control.charCodeAt(0) - 0x80))

/** Charsets whose text is ASCII to look at, or has NULs in it. */
const escapes = (name: string) => /^(?:iso-2022|hz-gb|utf-?16|utf-?32|ucs|unicode)/.test(name)
