import Download from "lucide-solid/icons/download"
import FileDiff from "lucide-solid/icons/file-diff"
import type { BlobRef } from "@maillm/schema/Message"
import type { Changes as ChangesOf } from "@maillm/schema/Turn"
import { createSignal, ErrorBoundary, For, lazy, Show, Suspense } from "solid-js"
import { blobHref } from "../api/ApiClient.ts"
import { ChangeBar, ChangeMark, LineCounts } from "../diff/ChangeMark.tsx"
import { formatBytes } from "@maillm/schema/formatBytes"
import { useConsole } from "../state/ConsoleContext.ts"
import { createQuery } from "../state/createQuery.ts"
import { FailureState, SkeletonRows } from "./Placeholder.tsx"
import { VisibleText } from "./VisibleText.tsx"
import "./Card.css"
import "./Changes.css"

const PatchView = lazy(() => import("../diff/PatchView.tsx"))

/** A patch up to this size is shown at once; a larger one on a press. */
const shownBytes = 48 * 1_024
/** A larger one is a download: a page of it would not be read. */
const readableBytes = 2 * 1_024 * 1_024
const filesShown = 12

const Patch = (props: { readonly patch: BlobRef; readonly requestId: string }) => {
  const { api, onSignedOut } = useConsole()
  const query = createQuery({
    key: () => props.patch.sha256,
    load: (sha256) => api.blobText(sha256, { requestId: props.requestId }),
    // What a hash names never changes.
    stale: () => 0,
    onSignedOut,
  })
  return (
    <Show
      when={query.answer()}
      fallback={
        <Show when={query.failure()} fallback={<SkeletonRows count={4} />}>
          {(failure) => <FailureState failure={failure()} retry={query.reload} />}
        </Show>
      }
    >
      {(text) => (
        <ErrorBoundary
          fallback={<p class="card-body card-note">The patch could not be shown; download it.</p>}
        >
          <Suspense fallback={<SkeletonRows count={4} />}>
            <PatchView patch={text()} />
          </Suspense>
        </ErrorBoundary>
      )}
    </Show>
  )
}

/** What a turn changed: the files with their sizes, the patch to read and to take. */
export const Changes = (props: { readonly changes: ChangesOf; readonly requestId: string }) => {
  const [wanted, setWanted] = createSignal<boolean>()
  const [all, setAll] = createSignal(false)
  const patch = () => props.changes.patch
  const shown = () => wanted() ?? (patch()?.sizeBytes ?? Infinity) <= shownBytes
  const readable = () => (patch()?.sizeBytes ?? Infinity) <= readableBytes
  const largest = () =>
    Math.max(1, ...props.changes.files.map((file) => (file.added ?? 0) + (file.removed ?? 0)))
  const files = () => (all() ? props.changes.files : props.changes.files.slice(0, filesShown))
  const unnamed = () => props.changes.fileCount - props.changes.files.length
  return (
    <section class="card" aria-labelledby="changes-heading">
      <header class="card-head">
        <h2 id="changes-heading">Changes</h2>
        <span class="card-note numeric">
          {props.changes.fileCount} {props.changes.fileCount === 1 ? "file" : "files"}
        </span>
        <LineCounts added={props.changes.addedLines} removed={props.changes.removedLines} />
        <Show when={patch()}>
          {(blob) => (
            <div class="card-actions">
              <Show when={readable()}>
                <button
                  class="button quiet"
                  type="button"
                  aria-expanded={shown()}
                  onClick={() => setWanted(!shown())}
                >
                  <FileDiff size={14} aria-hidden="true" />
                  <span class="changes-word">{shown() ? "Hide the patch" : "Show the patch"}</span>
                </button>
              </Show>
              <a
                class="button quiet"
                href={blobHref(blob().sha256, { requestId: props.requestId })}
                download={`${props.requestId}.patch`}
                aria-label={`Download the patch, ${formatBytes(blob().sizeBytes)}`}
              >
                <Download size={14} aria-hidden="true" />
                <span class="changes-word">Patch</span>
              </a>
            </div>
          )}
        </Show>
      </header>
      <ul class="changes-files" aria-label="Files changed">
        <For each={files()}>
          {(file) => (
            <li>
              <ChangeMark change={file.change} />
              <span class="changes-path mono">
                <VisibleText text={file.path} />
              </span>
              <LineCounts added={file.added} removed={file.removed} />
              <ChangeBar added={file.added} removed={file.removed} largest={largest()} />
            </li>
          )}
        </For>
      </ul>
      <Show when={props.changes.files.length > files().length || unnamed() > 0}>
        <p class="changes-more">
          <Show
            when={props.changes.files.length > files().length}
            fallback={`${unnamed()} more files are in the patch.`}
          >
            <button class="button" type="button" onClick={() => setAll(true)}>
              {props.changes.files.length - files().length} more files
            </button>
          </Show>
        </p>
      </Show>
      <Show when={patch()} fallback={<p class="changes-more">The patch is larger than what is kept.</p>}>
        {(blob) => (
          <Show when={shown() && readable()}>
            <Patch patch={blob()} requestId={props.requestId} />
          </Show>
        )}
      </Show>
    </section>
  )
}
