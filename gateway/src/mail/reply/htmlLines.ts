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
  const reader = new HtmlReader()
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => reader.open(tag, attributes),
      ontext: (text) => reader.text(text),
      onclosetag: (tag) => reader.close(tag),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeCDATA: false },
  )
  parser.write(html)
  parser.end()
  return reader.lines()
}

/** The elements that are open, and what has been written so far. */
class HtmlReader {
  readonly #writer = new LineWriter()
  readonly #sheet = new StyleSheet()
  readonly #open: Array<Open> = []
  #css: Array<string> = []

  open(tag: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#open.length >= elementDepthLimit) {
      throw new TooMuchMail(`its HTML is nested more than ${elementDepthLimit} deep`)
    }
    const writer = this.#writer
    if (tag === "br") return writer.lineBreak()
    const parent = this.#open.at(-1)
    const css = this.#sheet.declarationsFor(tag, attributes)
    const look = appearanceOf(parent?.look ?? rootAppearance, tag, attributes, css)
    const quiet = (parent?.silent ?? false) || silent.has(tag)
    const mark = quiet ? null : markOf(tag, attributes)
    if (blocks.has(tag) || mark !== null) writer.endLine()
    if (mark !== null) writer.open(mark)
    const outer = parent?.list ?? null
    const isList = tag === "ul" || tag === "ol"
    if (tag === "li" && isSeen(look)) writer.bullet(bulletOf(outer))
    if (tag === "td" || tag === "th") writer.cell()
    if (empty.has(tag)) {
      if (mark !== null) writer.close()
      return
    }
    const href = tag === "a" && isWebAddress(attributes["href"]) ? attributes["href"] : null
    if (href !== null) writer.openLink()
    this.#open.push({
      tag,
      look,
      silent: quiet,
      marked: mark !== null,
      box: mark?.box === true ? { line: writer.count, quotes: writer.quotes } : null,
      list: isList ? { ordered: tag === "ol", level: (outer?.level ?? 0) + 1, count: 0 } : outer,
      href,
    })
  }

  text(text: string): void {
    const top = this.#open.at(-1)
    if (top?.tag === "style") this.#css.push(text)
    if (top?.silent === true || (top !== undefined && !isSeen(top.look))) return
    this.#writer.text(text, top?.look.keepsBlanks ?? false)
  }

  close(tag: string): void {
    const at = tag === "br" ? -1 : this.#open.findLastIndex((each) => each.tag === tag)
    if (at < 0) return
    for (const each of this.#open.splice(at).toReversed()) this.#closeElement(each)
  }

  #closeElement(each: Open): void {
    const writer = this.#writer
    if (each.tag === "style") {
      this.#sheet.add(this.#css.join(""))
      this.#css = []
    }
    if (each.href !== null) writer.closeLink(each.href)
    if (blocks.has(each.tag) || each.marked) writer.endLine()
    if (each.marked) writer.close()
    // A box without a quote in it is a forwarded mail.
    if (each.box !== null && writer.quotes === each.box.quotes) writer.quoteFrom(each.box.line)
  }

  lines(): ReadonlyArray<Line> {
    return this.#writer.lines()
  }
}

const isWebAddress = (href: string | undefined): href is string =>
  href !== undefined && /^https?:\/\/\S+$/i.test(href)

const bulletOf = (list: List | null): string => {
  const indent = "  ".repeat(Math.min(8, (list?.level ?? 1) - 1))
  if (list === null || !list.ordered) return `${indent}- `
  list.count++
  return `${indent}${list.count}. `
}
