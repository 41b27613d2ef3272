/** The few properties of CSS that decide whether a text can be seen, and what they come to for an element. */

export type Declarations = ReadonlyMap<string, string>

export interface Appearance {
  /** Nothing within can be seen, whatever it says of itself. */
  readonly gone: boolean
  readonly invisible: boolean
  readonly fontPixels: number
  readonly color: Color | null
  /** Null where it is not known, as behind a picture. */
  readonly background: Color | null
  readonly keepsBlanks: boolean
}
export type Color = readonly [number, number, number]

export const rootAppearance: Appearance = {
  gone: false,
  invisible: false,
  fontPixels: 16,
  color: null,
  background: [255, 255, 255],
  keepsBlanks: false,
}

/** Text smaller than this cannot be read. */
const readablePixels = 1.5
/** Colours that differ by no more than this in each channel cannot be told apart. */
const sameColor = 20
/** Moved at least so far to the side or up, a text is off the page. */
const offPagePixels = -400

export const isSeen = (look: Appearance): boolean =>
  !look.gone &&
  !look.invisible &&
  look.fontPixels >= readablePixels &&
  !(
    look.color !== null &&
    look.background !== null &&
    look.color.every((channel, i) => Math.abs(channel - (look.background?.[i] ?? 0)) <= sameColor)
  )

export const declarationsOf = (style: string): Declarations => {
  const found = new Map<string, string>()
  // Comments and escapes are the ways to write a word so that only a browser reads it.
  const plain = style
    .slice(0, 4_096)
    .replace(/\/\*[^*]*\*\//g, "")
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, code: string) => fromCode(Number.parseInt(code, 16)))
  for (const each of plain.split(";")) {
    const colon = each.indexOf(":")
    if (colon <= 0) continue
    found.set(
      each.slice(0, colon).trim().toLowerCase(),
      each
        .slice(colon + 1)
        .replace(/!\s*important/i, "")
        .trim()
        .toLowerCase(),
    )
  }
  return found
}

const fromCode = (code: number) => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "")

export const appearanceOf = (
  parent: Appearance,
  tag: string,
  attributes: Readonly<Record<string, string>>,
  css: Declarations,
): Appearance => {
  const color =
    colorOf(css.get("color")) ??
    colorOf(tag === "font" ? attributes["color"] : tag === "body" ? attributes["text"] : undefined)
  const visibility = css.get("visibility")
  return {
    gone: parent.gone || attributes["hidden"] !== undefined || isGone(css) || color === "transparent",
    invisible:
      visibility === undefined || visibility === "inherit"
        ? parent.invisible
        : visibility === "hidden" || visibility === "collapse",
    fontPixels: fontPixels(css, parent.fontPixels),
    color: color === undefined || color === "transparent" ? parent.color : color,
    background: backgroundOf(css, attributes) ?? parent.background,
    keepsBlanks:
      tag === "pre" || /^(?:pre|pre-wrap|pre-line|break-spaces)$/.test(css.get("white-space") ?? "")
        ? true
        : css.has("white-space")
          ? false
          : parent.keepsBlanks,
  }
}

const isGone = (css: Declarations): boolean => {
  const clipped = /hidden|clip/.test(css.get("overflow") ?? css.get("overflow-y") ?? "")
  const nothing = (name: string) => /^0(?:\.\d+)?(?:px|pt|em|%)?$/.test(css.get(name) ?? "")
  const away = (name: string) => (pixels(css.get(name), 16) ?? 0) <= offPagePixels
  return (
    css.get("display") === "none" ||
    css.get("mso-hide") === "all" ||
    Number.parseFloat(css.get("opacity") ?? "1") <= 0.02 ||
    (clipped && (nothing("max-height") || nothing("height") || nothing("max-width") || nothing("width"))) ||
    (/absolute|fixed/.test(css.get("position") ?? "") && (away("left") || away("top") || away("right"))) ||
    away("text-indent") ||
    away("margin-left") ||
    /^rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)$/.test(
      css.get("clip") ?? "",
    ) ||
    /^inset\((?:50|100)%/.test(css.get("clip-path") ?? "") ||
    /scale\(0(?:\.0+)?[,)]/.test(css.get("transform") ?? "")
  )
}

const pixels = (value: string | undefined, em: number): number | null => {
  const match = /^(-?\d*\.?\d+)\s*(px|pt|em|rem|ex|%|in|cm|mm|vw|vh)?$/.exec(value ?? "")
  if (match === null) return null
  const number = Number.parseFloat(match[1] ?? "0")
  switch (match[2]) {
    case "pt":
      return (number * 4) / 3
    case "em":
    case "ex":
      return number * em
    case "rem":
      return number * 16
    case "%":
      return (number / 100) * em
    case "in":
      return number * 96
    case "cm":
      return number * 38
    case "mm":
      return number * 3.8
    case "vw":
    case "vh":
      return number * 10
    default:
      return number
  }
}

const fontPixels = (css: Declarations, parent: number): number => {
  const size = css.get("font-size")
  if (size !== undefined)
    return pixels(size, parent) ?? (size === "inherit" || size === "unset" ? parent : 16)
  const short = css.get("font")
  const inShort = /(?:^|\s)(\d*\.?\d+(?:px|pt|em|%)?)(?:\s*\/|\s)/.exec(short ?? "")?.[1]
  return (inShort === undefined ? null : pixels(inShort, parent)) ?? parent
}

const backgroundOf = (
  css: Declarations,
  attributes: Readonly<Record<string, string>>,
): Color | null | undefined => {
  const given = css.get("background-color") ?? css.get("background") ?? attributes["bgcolor"]
  if (given === undefined && !css.has("background-image")) return undefined
  if (/url\(|gradient/.test(`${given ?? ""} ${css.get("background-image") ?? ""}`))
    return [-1_000, -1_000, -1_000]
  const color = colorOf(given ?? "") ?? colorOf((given ?? "").split(/\s(?![^(]*\))/)[0])
  return color === "transparent" || color === undefined ? undefined : color
}

const namedColors: Readonly<Record<string, Color>> = {
  white: [255, 255, 255],
  snow: [255, 250, 250],
  ivory: [255, 255, 240],
  ghostwhite: [248, 248, 255],
  floralwhite: [255, 250, 240],
  whitesmoke: [245, 245, 245],
  mintcream: [245, 255, 250],
  azure: [240, 255, 255],
  black: [0, 0, 0],
  gray: [128, 128, 128],
  grey: [128, 128, 128],
  silver: [192, 192, 192],
  lightgray: [211, 211, 211],
  lightgrey: [211, 211, 211],
  yellow: [255, 255, 0],
  red: [255, 0, 0],
  blue: [0, 0, 255],
  navy: [0, 0, 128],
  green: [0, 128, 0],
}

const colorOf = (given: string | undefined): Color | "transparent" | undefined => {
  const value = given?.trim().toLowerCase()
  if (value === undefined || value === "") return undefined
  if (value === "transparent") return "transparent"
  const named = namedColors[value]
  if (named !== undefined) return named
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(value)?.[1]
  if (hex !== undefined && (value.startsWith("#") || hex.length === 6)) {
    const digits = hex.length <= 4 ? hex.replace(/./g, "$&$&") : hex
    if (digits.length === 8 && digits.endsWith("00")) return "transparent"
    const channel = (at: number) => Number.parseInt(digits.slice(at, at + 2), 16)
    return [channel(0), channel(2), channel(4)]
  }
  const gray = /^hsla?\(\s*[\d.]+(?:deg)?[\s,]+[\d.]+%[\s,]+([\d.]+)%/.exec(value)?.[1]
  if (gray !== undefined && (Number(gray) >= 97 || Number(gray) <= 3)) {
    const channel = Number(gray) * 2.55
    return [channel, channel, channel]
  }
  const parts = /^rgba?\(([^)]*)\)$/
    .exec(value)?.[1]
    ?.split(/[\s,/]+/)
    .filter((part) => part !== "")
  if (parts === undefined || parts.length < 3) return undefined
  const numbers = parts.map((part) =>
    part.endsWith("%") ? Number.parseFloat(part) * 2.55 : Number.parseFloat(part),
  )
  const [red = 0, green = 0, blue = 0, alpha = 1] = numbers
  if (alpha <= 0.02 || (parts[3]?.endsWith("%") === true && alpha <= 5)) return "transparent"
  return [red, green, blue]
}
