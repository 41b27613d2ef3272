import { A, useNavigate, useSearchParams } from "@solidjs/router"
import type { MessageRow, MessageState } from "@maillm/schema/ReadModel"
import { createMemo, Show } from "solid-js"
import { FilterChoices } from "../components/FilterBar.tsx"
import { DirectionIcon } from "../components/MessageCard.tsx"
import { Age } from "../components/Moment.tsx"
import { PageHeader } from "../components/PageHeader.tsx"
import { EmptyState } from "../components/Placeholder.tsx"
import { PrivateAddress } from "../components/PrivateAddress.tsx"
import { RowList } from "../components/RowList.tsx"
import { StateBadge } from "../components/StateBadge.tsx"
import { messageStateWords, reasonsOf } from "../format/words.ts"
import { matchesMessage, messageFilter, paths } from "../routes.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { createPagedList } from "../state/createPagedList.ts"
import "./MessagesPage.css"

const directions = [
  { value: null, word: "All" },
  { value: "in", word: "In" },
  { value: "out", word: "Out" },
] as const

const states: ReadonlyArray<{ readonly value: MessageState | null; readonly word: string }> = [
  { value: null, word: "Any state" },
  { value: "quarantined", word: "Quarantined" },
  { value: "refused", word: "Refused" },
  { value: "unread", word: "Not read" },
  { value: "retrying", word: "Retrying" },
  { value: "failed", word: "Not delivered" },
]

/** How much of a text is looked through for its first words. */
const previewChars = 2_000

/** The first line of the text that is not the subject over again, as it is in what was typed in the console. */
const previewOf = (row: MessageRow) =>
  row.text
    .slice(0, previewChars)
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "" && line !== row.subject) ?? ""

const MessageLink = (props: { readonly row: MessageRow }) => (
  <A class="row message-row" href={paths.message(props.row.id)} data-row>
    <DirectionIcon direction={props.row.direction} />
    <span class="row-quiet message-who">{props.row.direction === "in" ? props.row.from : props.row.to}</span>
    <span class="row-main">
      <span class="row-title">{props.row.subject === "" ? "(no subject)" : props.row.subject}</span>
      <span class="row-outcome">{reasonsOf(props.row)[0] ?? previewOf(props.row)}</span>
    </span>
    <StateBadge state={messageStateWords[props.row.state]} />
    <span class="row-number">
      <Age atMillis={props.row.atMillis} />
    </span>
  </A>
)

export default function MessagesPage() {
  const { api, store } = useConsole()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const filter = createMemo(() => messageFilter(search))
  const list = createPagedList({
    name: "messages",
    key: filter,
    rows: () => Object.values(store.state.messages),
    matches: matchesMessage,
    ageOf: (row) => row.atMillis,
    fetch: (key, page) => api.messages({ ...key, ...page }),
    hold: (messages) => store.hold({ messages }),
  })
  const filtered = () => filter().direction !== null || filter().state !== null
  return (
    <>
      <PageHeader title="Messages" />
      <div class="filter-bar">
        <FilterChoices
          label="Direction"
          choices={directions}
          value={filter().direction}
          choose={(direction) => setSearch({ direction }, { replace: true })}
        />
        <span class="filter-rule" aria-hidden="true" />
        <FilterChoices
          label="State"
          choices={states}
          value={filter().state}
          choose={(state) => setSearch({ state }, { replace: true })}
        />
      </div>
      <RowList
        list={list}
        listKey={JSON.stringify(filter())}
        label="Messages"
        head={
          <div class="row-head message-row" aria-hidden="true">
            <span />
            <span>From or to</span>
            <span>Subject and text</span>
            <span>State</span>
            <span class="row-number">Age</span>
          </div>
        }
        empty={
          <Show
            when={filtered()}
            fallback={
              <EmptyState title="No messages yet">
                <p>
                  Mail to your private address and the replies are shown here, as they went over the wire.
                </p>
                <PrivateAddress />
              </EmptyState>
            }
          >
            <EmptyState title="No message matches">
              <button class="button" type="button" onClick={() => navigate(paths.messages)}>
                Show all messages
              </button>
            </EmptyState>
          </Show>
        }
      >
        {(id) => <Show when={store.state.messages[id]}>{(row) => <MessageLink row={row()} />}</Show>}
      </RowList>
    </>
  )
}
