import Code from "lucide-solid/icons/code"
import Download from "lucide-solid/icons/download"
import WrapText from "lucide-solid/icons/text-wrap"
import type { RequestRow } from "@maillm/schema/ReadModel"
import { createSignal, ErrorBoundary, lazy, Show, Suspense } from "solid-js"
import { blobHref } from "../api/ApiClient.ts"
import { driverWords } from "../format/agentWords.ts"
import { formatBytes } from "@maillm/schema/formatBytes"
import { CopyButton } from "./CopyButton.tsx"
import { SkeletonRows } from "./Placeholder.tsx"
import { VisibleText } from "./VisibleText.tsx"
import "./Answer.css"

const MarkdownView = lazy(() => import("../markdown/MarkdownView.tsx"))

/**
 * The answer in full: an agent's Markdown set as it is meant, a terminal's text as it was printed. The whole output is a
 * download when it is longer.
 */
export const Answer = (props: { readonly row: RequestRow }) => {
  const [wrap, setWrap] = createSignal(true)
  const [asWritten, setAsWritten] = createSignal(false)
  const markdown = () => props.row.answerFormat === "markdown"
  const asText = () => (
    <pre class="answer-text" data-wrap={wrap() ? "" : undefined} tabIndex={0} aria-label="Answer">
      <Show when={markdown()} fallback={props.row.answer}>
        <VisibleText text={props.row.answer} />
      </Show>
    </pre>
  )
  return (
    <section class="card" aria-labelledby="answer-heading">
      <header class="card-head">
        <h2 id="answer-heading">Answer</h2>
        <Show
          when={markdown()}
          fallback={<span class="card-note numeric">{formatBytes(props.row.outputBytes)} printed</span>}
        >
          <span class="card-note">{props.row.driver === undefined ? "" : driverWords[props.row.driver]}</span>
        </Show>
        <div class="card-actions">
          <Show when={markdown()}>
            <button
              class="button quiet icon"
              type="button"
              aria-pressed={asWritten()}
              aria-label="As it was written"
              title="As it was written"
              onClick={() => setAsWritten(!asWritten())}
            >
              <Code size={15} aria-hidden="true" />
            </button>
          </Show>
          <Show when={!markdown() || asWritten()}>
            <button
              class="button quiet icon"
              type="button"
              aria-pressed={wrap()}
              aria-label="Wrap long lines"
              title="Wrap long lines"
              onClick={() => setWrap(!wrap())}
            >
              <WrapText size={15} aria-hidden="true" />
            </button>
          </Show>
          <CopyButton text={() => props.row.answer} what="the answer" />
        </div>
      </header>
      <Show
        when={props.row.answer !== ""}
        fallback={
          <p class="card-body answer-none">{markdown() ? "It said nothing." : "It printed nothing."}</p>
        }
      >
        <Show when={markdown() && !asWritten()} fallback={asText()}>
          <ErrorBoundary fallback={asText()}>
            <Suspense fallback={<SkeletonRows count={4} />}>
              <MarkdownView text={props.row.answer} />
            </Suspense>
          </ErrorBoundary>
        </Show>
      </Show>
      <Show when={props.row.truncated}>
        <footer class="answer-rest">
          <span>The middle is left out here: it printed {formatBytes(props.row.outputBytes)}.</span>
          <Show when={props.row.outputBlob}>
            {(blob) => (
              <a class="button" href={blobHref(blob().sha256, { requestId: props.row.id })} download="">
                <Download size={14} aria-hidden="true" />
                Whole output
              </a>
            )}
          </Show>
        </footer>
      </Show>
    </section>
  )
}
