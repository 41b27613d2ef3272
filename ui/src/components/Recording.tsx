import Download from "lucide-solid/icons/download"
import type { BlobRef } from "@maillm/schema/Message"
import { blobHref } from "../api/ApiClient.ts"
import { formatBytes } from "../format/bytes.ts"
import "./Card.css"

/** What the pane showed during the turn, to play and to take. */
export const Recording = (props: { readonly blob: BlobRef; readonly requestId: string }) => (
  <section class="card" aria-labelledby="recording-heading">
    <header class="card-head">
      <h2 id="recording-heading">Recording</h2>
      <span class="card-note numeric">{formatBytes(props.blob.sizeBytes)}</span>
      <div class="card-actions">
        <a
          class="button quiet"
          href={blobHref(props.blob.sha256, { requestId: props.requestId })}
          download={`${props.requestId}.cast`}
        >
          <Download size={14} aria-hidden="true" />
          Asciicast
        </a>
      </div>
    </header>
  </section>
)
