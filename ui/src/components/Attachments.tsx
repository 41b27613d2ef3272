import Paperclip from "lucide-solid/icons/paperclip"
import type { Attachment } from "@maillm/schema/Message"
import { For, Show } from "solid-js"
import { blobHref } from "../api/ApiClient.ts"
import { formatBytes } from "@maillm/schema/formatBytes"

/** Files that came along, as downloads. */
export const Attachments = (props: {
  readonly files: ReadonlyArray<Attachment>
  readonly owner: { readonly requestId: string } | { readonly messageId: string }
}) => (
  <Show when={props.files.length > 0}>
    <ul class="attachments" aria-label="Attachments">
      <For each={props.files}>
        {(file) => (
          <li>
            <a class="button" href={blobHref(file.blob.sha256, props.owner)} download={file.name}>
              <Paperclip size={14} aria-hidden="true" />
              {file.name}
              <span class="card-note numeric">{formatBytes(file.blob.sizeBytes)}</span>
            </a>
          </li>
        )}
      </For>
    </ul>
  </Show>
)
