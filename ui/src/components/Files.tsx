import Paperclip from "lucide-solid/icons/paperclip"
import type { Files as FilesOf, SentFile } from "@maillm/schema/Files"
import { isPictureType } from "@maillm/schema/fileType"
import { For, Show } from "solid-js"
import { blobHref } from "../api/ApiClient.ts"
import { formatBytes } from "@maillm/schema/formatBytes"
import { VisibleText } from "./VisibleText.tsx"
import "./Card.css"
import "./Files.css"

/** What went out with an answer: pictures to see, files to take, and what stayed behind with the reason. */
export const Files = (props: { readonly files: FilesOf; readonly requestId: string }) => {
  const href = (file: SentFile) => blobHref(file.blob.sha256, { requestId: props.requestId })
  const pictures = () => props.files.sent.filter(({ type }) => isPictureType(type))
  const unnamed = () => props.files.leftCount - props.files.left.length
  return (
    <section class="card" aria-labelledby="files-heading">
      <header class="card-head">
        <h2 id="files-heading">Files</h2>
        <span class="card-note numeric">{props.files.sent.length}</span>
      </header>
      <Show when={pictures().length > 0}>
        <div class="files-pictures">
          <For each={pictures()}>
            {(file) => (
              <a class="files-picture" href={href(file)} download={file.name} title={`Download ${file.name}`}>
                <img src={href(file)} alt={file.name} loading="lazy" />
              </a>
            )}
          </For>
        </div>
      </Show>
      <Show when={props.files.sent.length > 0}>
        <ul class="attachments files-list" aria-label="Files to download">
          <For each={props.files.sent}>
            {(file) => (
              <li>
                <a class="button" href={href(file)} download={file.name}>
                  <Paperclip size={14} aria-hidden="true" />
                  <span class="files-name">
                    <VisibleText text={file.name} />
                  </span>
                  <span class="card-note numeric">{formatBytes(file.blob.sizeBytes)}</span>
                </a>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={props.files.leftCount > 0}>
        <ul class="files-left" aria-label="Files that were not sent">
          <For each={props.files.left}>
            {(file) => (
              <li>
                <span class="mono">
                  <VisibleText text={file.name} />
                </span>
                {" was not sent: "}
                <VisibleText text={file.reason} />
              </li>
            )}
          </For>
          <Show when={unnamed() > 0}>
            <li>and {unnamed()} more</li>
          </Show>
        </ul>
      </Show>
    </section>
  )
}
