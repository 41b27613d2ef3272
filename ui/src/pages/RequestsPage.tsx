import { A, useNavigate, useSearchParams } from "@solidjs/router"
import type { RequestState } from "@maillm/schema/ReadModel"
import { createMemo, Show } from "solid-js"
import { FilterChoices, FilterSearch, FilterTag } from "../components/FilterBar.tsx"
import { PageHeader } from "../components/PageHeader.tsx"
import { EmptyState } from "../components/Placeholder.tsx"
import { PrivateAddress } from "../components/PrivateAddress.tsx"
import { RequestRowHead, RequestRowLink } from "../components/RequestRowLink.tsx"
import { RowList } from "../components/RowList.tsx"
import { matchesRequest, paths, requestFilter } from "../routes.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { createPagedList } from "../state/createPagedList.ts"

const choices: ReadonlyArray<{ readonly value: RequestState | null; readonly word: string }> = [
  { value: null, word: "All" },
  { value: "running", word: "Running" },
  { value: "queued", word: "Queued" },
  { value: "waiting", word: "Waiting" },
  { value: "done", word: "Done" },
  { value: "failed", word: "Failed" },
  { value: "cancelled", word: "Cancelled" },
]

export default function RequestsPage() {
  const { api, store } = useConsole()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const filter = createMemo(() => requestFilter(search))
  const list = createPagedList({
    name: "requests",
    key: filter,
    rows: () => Object.values(store.state.requests),
    matches: matchesRequest,
    ageOf: (row) => row.createdAtMillis,
    fetch: (key, page) =>
      api.requests({ state: key.state, sessionId: key.sessionId, search: key.search, ...page }),
    hold: (requests) => store.hold({ requests }),
  })
  const sessionTitle = (id: string) => store.state.sessions[id]?.title ?? id
  const filtered = () => filter().state !== null || filter().sessionId !== null || filter().search !== ""

  return (
    <>
      <PageHeader title="Requests" />
      <div class="filter-bar">
        <FilterChoices
          label="State"
          choices={choices}
          value={filter().state}
          choose={(state) => setSearch({ state }, { replace: true })}
        />
        <Show when={filter().sessionId}>
          {(id) => (
            <FilterTag
              word={sessionTitle(id())}
              remove={() => setSearch({ session: null }, { replace: true })}
            />
          )}
        </Show>
        <FilterSearch
          label="Search title, text and answer"
          value={filter().search}
          change={(q) => setSearch({ q: q === "" ? null : q }, { replace: true })}
        />
      </div>
      <RowList
        list={list}
        listKey={JSON.stringify(filter())}
        label="Requests"
        head={<RequestRowHead withSession />}
        empty={
          <Show
            when={filtered()}
            fallback={
              <EmptyState title="No requests yet">
                <p>Send the first one by mail to your private address, or write it here.</p>
                <PrivateAddress />
                <A class="button primary" href={paths.compose()}>
                  New request
                </A>
              </EmptyState>
            }
          >
            <EmptyState title="No request matches">
              <p>Nothing has this state and all of these words.</p>
              <button class="button" type="button" onClick={() => navigate(paths.requests)}>
                Show all requests
              </button>
            </EmptyState>
          </Show>
        }
      >
        {(id) => (
          <Show when={store.state.requests[id]}>
            {(row) => <RequestRowLink row={row()} session={sessionTitle(row().sessionId)} />}
          </Show>
        )}
      </RowList>
    </>
  )
}
