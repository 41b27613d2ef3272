import { Parser } from "htmlparser2"
import { TooMuchMail } from "../parseLimits.ts"
import { markOf } from "./htmlMarks.ts"
import { appearanceOf, isSeen, rootAppearance } from "./htmlStyle.ts"
import type { Appearance } from "./htmlStyle.ts"
import { LineWriter } from "./LineWriter.ts"
import type { Line } from "./Line.ts"
import { StyleSheet } from "./styleSheet.ts"

/** Elements within each other. Deeper HTML is no letter, and costs more than it says. */
const elementDepthLimit = 1_000

const blocks = new Set(
  "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul".split(
    " ",
  ),
)
/** Their text is not shown as text. */
const silent = new Set(
  "script style title template noscript noembed noframes iframe object embed applet svg math audio video canvas select textarea datalist xml map".split(
    " ",
  ),
)
const empty = new Set("area base br col embed hr img input link meta source track wbr".split(" "))

interface List {
  readonly ordered: boolean
  readonly level: number
  count: number
}

interface Open {
  readonly tag: string
  readonly look: Appearance
  readonly silent: boolean
  readonly marked: boolean
  /** Where Gmail's box began, and how many quotes there were. */
  readonly box: { readonly line: number; readonly quotes: number } | null
  /** The list around it, or that it is. */
  readonly list: List | null
  /** Where a link leads, or null. */
  readonly href: string | null
}

/**
 * The lines of a text/html part as a reader sees them: hidden text is left out, quotes and signatures are known by
 * their clients' marks. Runs over the text once and keeps no tree. Throws TooMuchMail on nesting without end.
 */
export const htmlLines = (html: string): ReadonlyArray<Line> => {
  const writer = new LineWriter()
  const sheet = new StyleSheet()
  const open: Array<Open> = []
  let css = ""

  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        if (open.length >= elementDepthLimit)
          throw new TooMuchMail(`its HTML is nested more than ${elementDepthLimit} deep`)
        if (tag === "br") return writer.lineBreak()
        const parent = open.at(-1)
        const look = appearanceOf(
          parent?.look ?? rootAppearance,
          tag,
          attributes,
          sheet.declarationsFor(tag, attributes),
        )
        const quiet = (parent?.silent ?? false) || silent.has(tag)
        const mark = quiet ? null : markOf(tag, attributes)
        if (blocks.has(tag) || mark !== null) writer.endLine()
        if (mark !== null) writer.open(mark)
        const outer = parent?.list ?? null
        const isList = tag === "ul" || tag === "ol"
        const list = isList ? { ordered: tag === "ol", level: (outer?.level ?? 0) + 1, count: 0 } : outer
        if (tag === "li" && isSeen(look)) writer.bullet(bulletOf(outer))
        if (tag === "td" || tag === "th") writer.cell()
        if (empty.has(tag)) {
          if (mark !== null) writer.close()
          return
        }
        const href =
          tag === "a" && /^https?:\/\/\S+$/i.test(attributes["href"] ?? "")
            ? (attributes["href"] ?? "")
            : null
        if (href !== null) writer.openLink()
        open.push({
          tag,
          look,
          silent: quiet,
          marked: mark !== null,
          box: mark?.box === true ? { line: writer.count, quotes: writer.quotes } : null,
          list,
          href,
        })
      },
      ontext: (text) => {
        const top = open.at(-1)
        if (top?.tag === "style") css += text
        if (top?.silent === true || (top !== undefined && !isSeen(top.look))) return
        writer.text(text, top?.look.keepsBlanks ?? false)
      },
      onclosetag: (tag) => {
        if (tag === "br") return
        const at = open.findLastIndex((each) => each.tag === tag)
        if (at < 0) return
        for (const each of open.splice(at).toReversed()) closeElement(each)
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeCDATA: false },
  )
  const closeElement = (each: Open) => {
    if (each.tag === "style") {
      sheet.add(css)
      css = ""
    }
    if (each.href !== null) writer.closeLink(each.href)
    if (blocks.has(each.tag) || each.marked) writer.endLine()
    if (each.marked) writer.close()
    // A box without a quote in it is a forwarded mail.
    if (each.box !== null && writer.quotes === each.box.quotes) writer.quoteFrom(each.box.line)
  }
  parser.write(html)
  parser.end()
  return writer.lines()
}

const bulletOf = (list: List | null): string => {
  const indent = "  ".repeat(Math.min(8, (list?.level ?? 1) - 1))
  if (list === null || !list.ordered) return `${indent}- `
  list.count++
  return `${indent}${list.count}. `
}
