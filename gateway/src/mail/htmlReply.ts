import { convert } from "html-to-text"
import type { FormatCallback, HtmlToTextOptions, SelectorDefinition } from "html-to-text"
import { assemble } from "./replyParts.ts"
import type { Part, ReplyText } from "./replyParts.ts"

/** Private-use characters that mark stretches of the output; removed from the input. */
const marks = { quoted: "\ue000", rest: "\ue001", signature: "\ue002", end: "\ue003" } as const
const anyMark = /[\ue000-\ue003]/g

/** How mail clients mark what they quote. Language-free, unlike the text they put above it. */
const quotedBlocks = [
  "blockquote.gmail_quote",
  "div.gmail_attr",
  'blockquote[type="cite"]',
  "div.moz-cite-prefix",
  "div.moz-forward-container",
  "div.yahoo_quoted",
  "div.protonmail_quote",
  "div.tutanota_quote",
  "div#mail-editor-reference-message-container",
]
/** From here to the end everything is quoted: Outlook puts the old mail beside its header, not inside. */
const quotedRest = [
  "#divRplyFwdMsg",
  "#appendonsend",
  "#x_divRplyFwdMsg",
  'div[style*="border-top:solid #E1E1E1"]',
  'div[style*="border-top:solid #B5C4DF"]',
  "div#reply-intro",
]
const signatures = [
  "div.gmail_signature",
  "span.gmail_signature_prefix",
  "div.moz-signature",
  "pre.moz-signature",
  "div#Signature",
  "div#signature",
  "div#AppleMailSignature",
  "div#ms-outlook-mobile-signature",
  "div.protonmail_signature_block",
]
/** Not shown to the sender, so not said by the sender. */
const hidden = [
  "[hidden]",
  '[style*="display:none"]',
  '[style*="display: none"]',
  '[style*="visibility:hidden"]',
  '[style*="visibility: hidden"]',
  '[style*="font-size:0"]',
  '[style*="font-size: 0"]',
  '[style*="mso-hide:all"]',
  '[style*="opacity:0;"]',
  '[style*="opacity: 0;"]',
  "style",
  "script",
  "title",
  "img",
  "head",
  "template",
  "noscript",
]

const block =
  (open: string): FormatCallback =>
  (element, walk, builder) => {
    builder.openBlock({ leadingLineBreaks: 1 })
    builder.addLiteral(open)
    walk(element.children, builder)
    builder.addLiteral(marks.end)
    builder.closeBlock({ trailingLineBreaks: 1 })
  }

/** Gmail wraps answers typed between or below its quotes into the same box; a box without quotes is a forward. */
const gmailBox: FormatCallback = (element, walk, builder, options) => {
  const holdsQuote = holdsClass(element, "gmail_quote", 4)
  if (!holdsQuote) return block(marks.quoted)(element, walk, builder, options)
  builder.openBlock({ leadingLineBreaks: 1 })
  walk(element.children, builder)
  builder.closeBlock({ trailingLineBreaks: 1 })
}

const holdsClass = (element: unknown, name: string, depth: number): boolean => {
  if (depth === 0 || typeof element !== "object" || element === null || !("children" in element)) return false
  const { children } = element
  return (
    Array.isArray(children) &&
    children.some((child: unknown) => classOf(child).includes(name) || holdsClass(child, name, depth - 1))
  )
}

const classOf = (element: unknown): ReadonlyArray<string> => {
  if (typeof element !== "object" || element === null || !("attribs" in element)) return []
  const { attribs } = element
  return typeof attribs === "object" && attribs !== null && "class" in attribs
    ? String(attribs.class).split(/\s+/)
    : []
}

const selectors: ReadonlyArray<SelectorDefinition> = [
  { selector: "a", options: { ignoreHref: true } },
  ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({
    selector,
    options: { uppercase: false, leadingLineBreaks: 1, trailingLineBreaks: 1 },
  })),
  { selector: "p", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  { selector: "ul", options: { itemPrefix: "- ", leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  { selector: "ol", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  { selector: "pre", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  { selector: "hr", format: "skip" },
  { selector: "div.gmail_quote", format: "gmailBox" },
  ...quotedBlocks.map((selector) => ({ selector, format: "quotedBlock" })),
  ...quotedRest.map((selector) => ({ selector, format: "quotedRest" })),
  ...signatures.map((selector) => ({ selector, format: "signatureBlock" })),
  ...hidden.map((selector) => ({ selector, format: "skip" })),
]

const options: HtmlToTextOptions = {
  wordwrap: false,
  formatters: {
    quotedBlock: block(marks.quoted),
    quotedRest: block(marks.rest),
    signatureBlock: block(marks.signature),
    gmailBox,
  },
  selectors: [...selectors],
  limits: { maxDepth: 200, maxChildNodes: 20_000, ellipsis: "" },
}

/** Splits HTML by how its client marked it. Throws on HTML that cannot be converted (nesting without end). */
export const splitHtmlReply = (html: string): ReplyText => {
  const text = convert(html.replace(anyMark, ""), options)
    .replace(/\r\n?/g, "\n")
    .replace(/\u00a0/g, " ")
    .replace(/\n{3,}/g, "\n\n")
  return assemble(markedParts(text))
}

const markedParts = (text: string): ReadonlyArray<Part> => {
  const parts: Array<Part> = []
  const stack: Array<Part["kind"]> = []
  let rest = false
  let from = 0
  const flush = (to: number) => {
    const kind = rest ? "quoted" : stack.includes("quoted") ? "quoted" : (stack.at(-1) ?? "newest")
    const piece = text.slice(from, to)
    if (piece.trim() !== "") parts.push({ kind, text: piece.replace(/^\n+|\n+$/g, "") })
  }
  for (const match of text.matchAll(anyMark)) {
    flush(match.index)
    from = match.index + 1
    if (match[0] === marks.end) stack.pop()
    else stack.push(match[0] === marks.signature ? "signature" : "quoted")
    if (match[0] === marks.rest) rest = true
  }
  flush(text.length)
  return parts
}
