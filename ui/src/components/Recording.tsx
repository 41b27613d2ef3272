import Download from "lucide-solid/icons/download"
import Play from "lucide-solid/icons/play"
import type { BlobRef } from "@maillm/schema/Message"
import { createSignal, ErrorBoundary, lazy, Show, Suspense } from "solid-js"
import { blobHref } from "../api/ApiClient.ts"
import { formatBytes } from "@maillm/schema/formatBytes"
import { useConsole } from "../state/ConsoleContext.ts"
import { createQuery } from "../state/createQuery.ts"
import { parseCast } from "../terminal/parseCast.ts"
import { FailureState } from "./Placeholder.tsx"
import "./Card.css"

const RecordingPlayer = lazy(() => import("../terminal/RecordingPlayer.tsx"))

/** A larger one is for a player of its own. */
const playableBytes = 8 * 1_024 * 1_024

const Player = (props: { readonly blob: BlobRef; readonly requestId: string }) => {
  const { api, onSignedOut } = useConsole()
  const query = createQuery({
    key: () => props.blob.sha256,
    load: async (sha256) => ({ cast: parseCast(await api.blobText(sha256, { requestId: props.requestId })) }),
    // What a hash names never changes.
    stale: () => 0,
    onSignedOut,
  })
  const loading = (
    <p class="card-body card-note" role="status">
      Loading…
    </p>
  )
  return (
    <Show
      when={query.answer()}
      fallback={
        <Show when={query.failure()} fallback={loading}>
          {(failure) => <FailureState failure={failure()} retry={query.reload} />}
        </Show>
      }
    >
      {(read) => (
        <Show
          when={read().cast}
          fallback={
            <p class="card-body card-note">It is no recording that can be played here; download it.</p>
          }
        >
          {(cast) => (
            <ErrorBoundary fallback={<p class="card-body card-note">The player could not be loaded.</p>}>
              <Suspense fallback={loading}>
                <RecordingPlayer cast={cast()} />
              </Suspense>
            </ErrorBoundary>
          )}
        </Show>
      )}
    </Show>
  )
}

/** What the pane showed during the turn, to play and to take. */
export const Recording = (props: { readonly blob: BlobRef; readonly requestId: string }) => {
  const [open, setOpen] = createSignal(false)
  return (
    <section class="card" aria-labelledby="recording-heading">
      <header class="card-head">
        <h2 id="recording-heading">Recording</h2>
        <span class="card-note numeric">{formatBytes(props.blob.sizeBytes)}</span>
        <div class="card-actions">
          <Show when={props.blob.sizeBytes <= playableBytes && !open()}>
            <button class="button quiet" type="button" onClick={() => setOpen(true)}>
              <Play size={14} aria-hidden="true" />
              Open
            </button>
          </Show>
          <a
            class="button quiet"
            href={blobHref(props.blob.sha256, { requestId: props.requestId })}
            download={`${props.requestId}.cast`}
            aria-label="Download the recording"
          >
            <Download size={14} aria-hidden="true" />
            <span class="changes-word">Asciicast</span>
          </a>
        </div>
      </header>
      <Show when={open()}>
        <Player blob={props.blob} requestId={props.requestId} />
      </Show>
    </section>
  )
}
