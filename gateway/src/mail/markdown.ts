import MarkdownIt from "markdown-it"
import { escapeHtml } from "./escapeHtml.ts"
import { boxed } from "./htmlParts.ts"

const allowedLink = /^(?:https?|mailto):/i
/** Inline as well as in the style sheet: some clients drop style sheets. */
const styles: Readonly<Record<string, string>> = {
  p: "margin:0 0 14px",
  h1: "margin:24px 0 10px;font-size:19px;line-height:1.3",
  h2: "margin:24px 0 10px;font-size:17px;line-height:1.3",
  h3: "margin:20px 0 8px;font-size:15px;line-height:1.3",
  h4: "margin:20px 0 8px;font-size:15px;line-height:1.3",
  ul: "margin:0 0 14px;padding:0 0 0 22px",
  ol: "margin:0 0 14px;padding:0 0 0 24px",
  li: "margin:0 0 4px",
  blockquote: "margin:0 0 14px;padding:0 0 0 14px;border-left:3px solid #cbcfd7",
  table: "margin:0 0 14px;border-collapse:collapse;font-size:14px",
  th: "padding:4px 12px 4px 0;border-bottom:1px solid #cbcfd7;text-align:left",
  td: "padding:4px 12px 4px 0;border-bottom:1px solid #e3e5ea;vertical-align:top",
  hr: "margin:20px 0;border:0;border-top:1px solid #cbcfd7",
  a: "color:#5346cf",
}
export const monospace =
  "'JetBrains Mono',ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"

/** Text kept as it is, in a box whose lines wrap. */
export const preformatted = (text: string): string =>
  boxed(
    `<pre style="margin:0;font-family:${monospace};font-size:13px;line-height:1.55;white-space:pre-wrap;` +
      `overflow-wrap:anywhere;word-break:break-word">${escapeHtml(text.replace(/^\n+/, "").trimEnd())}</pre>`,
  )

const make = () => {
  const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable("image")
  markdown.validateLink = (url) => allowedLink.test(url.trim())
  markdown.core.ruler.push("inline_styles", ({ tokens }) => {
    for (const token of tokens.flatMap((block) => [block, ...(block.children ?? [])])) {
      const style = styles[token.tag]
      if (style !== undefined && token.nesting >= 0 && token.type !== "inline") {
        // A table's cell comes with its alignment, which has the last word.
        token.attrSet("style", [style, token.attrGet("style") ?? ""].filter((part) => part !== "").join(";"))
      }
      if (token.type === "td_open") token.attrSet("class", "cell")
      if (token.type === "code_inline") {
        token.attrSet("class", "code")
        token.attrSet(
          "style",
          `padding:1px 4px;background:#f0f1f4;border-radius:3px;font-family:${monospace};font-size:13px`,
        )
      }
    }
  })
  const box = (tokens: ReadonlyArray<{ readonly content: string }>, index: number) =>
    preformatted(tokens[index]?.content ?? "")
  markdown.renderer.rules["fence"] = box
  markdown.renderer.rules["code_block"] = box
  return markdown
}
const markdown = make()

/** Markdown as HTML without images, raw HTML, or links to anything but pages and addresses. */
export const markdownHtml = (text: string): string => markdown.render(text)
