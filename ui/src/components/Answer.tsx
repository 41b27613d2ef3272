import Download from "lucide-solid/icons/download"
import WrapText from "lucide-solid/icons/text-wrap"
import type { RequestRow } from "@maillm/schema/ReadModel"
import { createSignal, Show } from "solid-js"
import { blobHref } from "../api/ApiClient.ts"
import { formatBytes } from "../format/bytes.ts"
import { CopyButton } from "./CopyButton.tsx"
import "./Answer.css"

/** The answer in full, as the terminal printed it; the whole output is a download when it is longer. */
export const Answer = (props: { readonly row: RequestRow }) => {
  const [wrap, setWrap] = createSignal(true)
  return (
    <section class="card" aria-labelledby="answer-heading">
      <header class="card-head">
        <h2 id="answer-heading">Answer</h2>
        <span class="card-note numeric">{formatBytes(props.row.outputBytes)} printed</span>
        <div class="card-actions">
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
          <CopyButton text={() => props.row.answer} what="the answer" />
        </div>
      </header>
      <Show
        when={props.row.answer !== ""}
        fallback={<p class="card-body answer-none">It printed nothing.</p>}
      >
        <pre class="answer-text" data-wrap={wrap() ? "" : undefined} tabIndex={0} aria-label="Answer">
          {props.row.answer}
        </pre>
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
