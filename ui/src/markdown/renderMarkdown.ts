import { visiblePieces } from "@maillm/schema/visibleText"
import MarkdownIt from "markdown-it"

const parser = new MarkdownIt({ html: false, linkify: true, breaks: false, typographer: false })
// `retry.ts`, `notes.md` and `deploy.sh` are files here, not hosts.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })

type Token = ReturnType<typeof parser.parse>[number]

/** Elements that an answer may have. What is not here is shown as its text. */
const allowed: ReadonlySet<string> = new Set(
  "p h1 h2 h3 h4 h5 h6 ul ol li blockquote em strong s table thead tbody tr th td hr".split(" "),
)
const protocols: ReadonlySet<string> = new Set(["http:", "https:", "mailto:"])
/** The page's own headings are above those of an answer. */
const deeper = 2

/** What joins emoji and keeps words together may stay as it is; all else that cannot be seen is shown as an escape. */
const harmless = /((?:\u00a0|\u202f|\u200d|\ufe0f)+)/

const appendText = (to: Node, text: string) => {
  for (const [index, part] of text.split(harmless).entries()) {
    for (const piece of index % 2 === 1 ? [{ text: part, isEscape: false }] : visiblePieces(part)) {
      if (!piece.isEscape || piece.text === "\\t") {
        to.appendChild(document.createTextNode(piece.isEscape ? "\t" : piece.text))
        continue
      }
      const escape = document.createElement("span")
      escape.className = "unseen"
      escape.textContent = piece.text
      to.appendChild(escape)
    }
  }
}

const addressOf = (href: string): URL | null => {
  try {
    const url = new URL(href)
    return protocols.has(url.protocol) ? url : null
  } catch {
    return null
  }
}

/** A link that says where it leads, when its words do not; plain words when it leads nowhere outside. */
const linkTo = (href: string) => {
  const url = addressOf(href)
  if (url === null) return { element: document.createElement("span"), finish: () => undefined }
  const element = document.createElement("a")
  element.href = url.href
  element.target = "_blank"
  element.rel = "noopener noreferrer nofollow"
  element.title = url.href
  const finish = () => {
    const host = url.protocol === "mailto:" ? url.pathname : url.host
    if ((element.textContent ?? "").includes(host)) return
    const where = document.createElement("span")
    where.className = "markdown-host"
    where.textContent = ` (${host})`
    element.append(where)
  }
  return { element, finish }
}

const attribute = (token: Token, name: string): string => String(token.attrGet(name) ?? "")

const elementOf = (token: Token): HTMLElement | null => {
  if (!allowed.has(token.tag)) return null
  const level = /^h([1-6])$/.exec(token.tag)?.[1]
  if (level !== undefined) return document.createElement(`h${Math.min(6, Number(level) + deeper)}`)
  const element = document.createElement(token.tag)
  const start = attribute(token, "start")
  if (/^\d{1,9}$/.test(start)) element.setAttribute("start", start)
  if (/text-align:\s*right/.test(attribute(token, "style"))) element.className = "markdown-right"
  return element
}

const preOf = (token: Token): HTMLElement => {
  const pre = document.createElement("pre")
  const code = document.createElement("code")
  appendText(code, token.content.replace(/\n$/, ""))
  pre.tabIndex = 0
  pre.setAttribute("aria-label", "Code")
  pre.append(code)
  return pre
}

/** A table scrolls by itself, not with the page. */
const framed = (element: HTMLElement): HTMLElement => {
  if (element.tagName !== "TABLE") return element
  const frame = document.createElement("div")
  frame.className = "markdown-table"
  frame.tabIndex = 0
  frame.append(element)
  return frame
}

const appendLeaf = (to: Node, token: Token) => {
  switch (token.type) {
    case "softbreak":
      to.appendChild(document.createTextNode("\n"))
      return
    case "hardbreak":
      to.appendChild(document.createElement("br"))
      return
    case "hr":
      to.appendChild(document.createElement("hr"))
      return
    case "fence":
    case "code_block":
      to.appendChild(preOf(token))
      return
    case "code_inline": {
      const code = document.createElement("code")
      appendText(code, token.content)
      to.appendChild(code)
      return
    }
    case "image": {
      // Nothing is fetched from outside: an image is the link to it.
      const { element, finish } = linkTo(attribute(token, "src"))
      appendText(element, token.content === "" ? "image" : token.content)
      finish()
      to.appendChild(element)
      return
    }
    default:
      appendText(to, token.content)
  }
}

const append = (root: Node, tokens: ReadonlyArray<Token>) => {
  const open: Array<{ readonly node: Node; readonly finish: () => void }> = []
  let here = root
  for (const token of tokens) {
    if (token.type === "inline") append(here, token.children ?? [])
    else if (token.nesting === 0) appendLeaf(here, token)
    else if (token.nesting === 1) {
      const link = token.type === "link_open" ? linkTo(attribute(token, "href")) : null
      const element = token.hidden ? null : (link?.element ?? elementOf(token))
      open.push({ node: here, finish: link?.finish ?? (() => undefined) })
      if (element !== null) {
        here.appendChild(framed(element))
        here = element
      }
    } else {
      const last = open.pop()
      last?.finish()
      here = last?.node ?? root
    }
  }
}

/**
 * An agent's Markdown as elements of the page. It is hostile: there is no raw HTML, no attribute of its own choosing, no
 * image, and a link leads to http, https or mailto only and says where.
 */
export const renderMarkdown = (text: string): DocumentFragment => {
  const fragment = document.createDocumentFragment()
  append(fragment, parser.parse(text, {}))
  return fragment
}
