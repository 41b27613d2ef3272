import { A, useParams } from "@solidjs/router"
import FileText from "lucide-solid/icons/file-text"
import type { MessageRow } from "@maillm/schema/ReadModel"
import { For, Show } from "solid-js"
import { blobHref, rawMessageHref } from "../api/ApiClient.ts"
import { Attachments } from "../components/Attachments.tsx"
import { MailOriginCard } from "../components/MailOriginCard.tsx"
import { ReleaseMail } from "../components/ReleaseMail.tsx"
import { CopyButton } from "../components/CopyButton.tsx"
import { Age } from "../components/Moment.tsx"
import { PageHeader } from "../components/PageHeader.tsx"
import { FailureState, SkeletonRows } from "../components/Placeholder.tsx"
import { ChannelWord } from "../components/RequestRowLink.tsx"
import { StateBadge } from "../components/StateBadge.tsx"
import { formatBytes } from "@maillm/schema/formatBytes"
import { formatMoment } from "../format/moment.ts"
import { messageStateMeanings, messageStateWords, reasonsOf } from "../format/words.ts"
import { paths } from "../routes.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { createQuery } from "../state/createQuery.ts"
import "../components/Card.css"
import "./MessagePage.css"

const textHeading = (row: MessageRow) => {
  if (row.direction === "in") return "Text as read"
  return row.state === "delivered" ? "Text as sent" : "Text as written"
}

const Detail = (props: { readonly row: MessageRow }) => (
  <div class="message-page">
    <div class="message-state">
      <StateBadge state={messageStateWords[props.row.state]} filled />
      <span>{messageStateMeanings[props.row.state]}</span>
      <span class="message-state-age">
        <Age atMillis={props.row.updatedAtMillis} suffix=" ago" />
      </span>
    </div>
    <Show when={reasonsOf(props.row).length > 0}>
      <ul class="message-reasons" aria-label="Reasons">
        <For each={reasonsOf(props.row)}>{(reason) => <li>{reason}</li>}</For>
      </ul>
    </Show>
    <Show when={props.row.state === "quarantined"}>
      <div>
        <ReleaseMail row={props.row} />
      </div>
    </Show>
    <dl class="facts message-facts">
      <dt>From</dt>
      <dd>{props.row.proof === true ? "not shown, for it takes the answer" : props.row.from}</dd>
      <dt>To</dt>
      <dd>{props.row.to}</dd>
      <dt>{props.row.direction === "in" ? "Received" : "Written"}</dt>
      <dd class="numeric">{formatMoment(props.row.atMillis)}</dd>
      <dt>Channel</dt>
      <dd>
        <ChannelWord channel={props.row.channel} />
      </dd>
      <Show when={props.row.remoteAddress !== ""}>
        <dt>Came from</dt>
        <dd class="mono">{props.row.remoteAddress}</dd>
      </Show>
      <Show when={props.row.internetMessageId !== ""}>
        <dt>Message-ID</dt>
        <dd class="mono">{props.row.internetMessageId}</dd>
      </Show>
      <Show when={props.row.inReplyTo !== ""}>
        <dt>In-Reply-To</dt>
        <dd class="mono">{props.row.inReplyTo}</dd>
      </Show>
      <Show when={props.row.report}>
        {(report) => (
          <>
            <dt>Came back with</dt>
            <dd>
              <a href={blobHref(report().sha256, { messageId: props.row.id })} download="">
                the server’s report
              </a>{" "}
              <span class="card-note numeric">{formatBytes(report().sizeBytes)}</span>
            </dd>
          </>
        )}
      </Show>
      <Show when={props.row.released}>
        {(released) => (
          <>
            <dt>Released</dt>
            <dd>
              from quarantine by {released().by},{" "}
              <span class="numeric">{formatMoment(released().atMillis)}</span>
            </dd>
          </>
        )}
      </Show>
      <Show when={props.row.requestId}>
        {(id) => (
          <>
            <dt>Request</dt>
            <dd>
              <A href={paths.request(id())}>{id()}</A>
            </dd>
          </>
        )}
      </Show>
    </dl>
    <Show when={props.row.origin}>{(origin) => <MailOriginCard origin={origin()} />}</Show>
    <section class="card" aria-labelledby="text-heading">
      <header class="card-head">
        <h2 id="text-heading">{textHeading(props.row)}</h2>
        <div class="card-actions">
          <CopyButton text={() => props.row.text} what="the text" />
        </div>
      </header>
      <Show when={props.row.text !== ""} fallback={<p class="card-body card-note">No text.</p>}>
        <pre class="card-body plain-text">{props.row.text}</pre>
      </Show>
      <Attachments files={props.row.attachments} owner={{ messageId: props.row.id }} />
    </section>
    <Show when={props.row.quotedText !== ""}>
      <details class="card message-quoted">
        <summary class="card-head">
          <h2>Quoted text</h2>
          <span class="card-note">left out of the request</span>
        </summary>
        <pre class="card-body plain-text">{props.row.quotedText}</pre>
      </details>
    </Show>
  </div>
)

export default function MessagePage() {
  const { api, store, onSignedOut } = useConsole()
  const params = useParams()
  const id = () => params["id"] ?? ""
  const query = createQuery({
    key: id,
    load: async (messageId) => {
      store.hold({ messages: [await api.message(messageId)] })
      return true
    },
    stale: store.staleness,
    onSignedOut,
  })
  const row = () => store.state.messages[id()]
  const title = () => {
    const subject = row()?.subject
    return subject === "" ? "(no subject)" : (subject ?? "Message")
  }
  return (
    <>
      <PageHeader title={title()} back={{ href: paths.messages, word: "Messages" }}>
        <Show when={row()?.raw}>
          {(raw) => (
            <a class="button" href={rawMessageHref(id())} target="_blank" rel="noreferrer">
              <FileText size={14} aria-hidden="true" />
              <span>
                Raw<span class="wide-only"> source</span>
              </span>
              <span class="card-note numeric">{formatBytes(raw().sizeBytes)}</span>
            </a>
          )}
        </Show>
      </PageHeader>
      <Show
        when={row()}
        fallback={
          <Show when={query.failure()} fallback={<SkeletonRows count={8} />}>
            {(failure) => <FailureState failure={failure()} retry={query.reload} />}
          </Show>
        }
      >
        {(known) => <Detail row={known()} />}
      </Show>
    </>
  )
}
