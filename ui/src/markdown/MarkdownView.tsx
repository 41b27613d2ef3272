import { createMemo } from "solid-js"
import { renderMarkdown } from "./renderMarkdown.ts"
import "../components/VisibleText.css"
import "./MarkdownView.css"

/** An agent's Markdown, well set. */
export default function MarkdownView(props: { readonly text: string }) {
  const content = createMemo(() => renderMarkdown(props.text))
  return (
    <div class="markdown" dir="auto">
      {content()}
    </div>
  )
}
