import { useNavigate } from "@solidjs/router"
import { visibleText } from "@maillm/schema/visibleText"
import { createEffect, createMemo, createSignal, For, onCleanup, Show } from "solid-js"
import { asFailure } from "../api/ApiFailure.ts"
import { classWord } from "../format/approvalWords.ts"
import { formatAge } from "../format/duration.ts"
import { channelWords, messageStateWords, requestStateWords, sessionStateWords } from "../format/words.ts"
import { paths } from "../routes.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { Overlay } from "./Overlay.tsx"
import { type PaletteEntry, rankEntries } from "./rankEntries.ts"
import "./Palette.css"

const searchDelayMillis = 200
/** Of a command in one line. */
const nameLimit = 120

/** Opens anything by its name: rooms, actions, sessions, requests, messages. Asks the server for older requests. */
export const Palette = (props: {
  readonly open: boolean
  readonly close: () => void
  readonly showKeys: () => void
}) => {
  const { api, store, theme, approvals, onSignedOut } = useConsole()
  const navigate = useNavigate()
  const [query, setQuery] = createSignal("")
  const [chosen, setChosen] = createSignal(0)

  createEffect(() => {
    if (props.open) {
      setQuery("")
      setChosen(0)
    }
  })
  createEffect(() => {
    const search = query().trim()
    if (!props.open || search.length < 2) return
    const timer = setTimeout(() => {
      api
        .requests({ search, limit: 20 })
        .then((requests) => store.hold({ requests }))
        .catch((error: unknown) => {
          if (asFailure(error).kind === "signed-out") onSignedOut()
        })
    }, searchDelayMillis)
    onCleanup(() => clearTimeout(timer))
  })

  const go = (path: string) => () => navigate(path)
  const signOut = () => {
    api.signOut().then(onSignedOut, onSignedOut)
  }
  const fixed: ReadonlyArray<PaletteEntry> = [
    { id: "new", kind: "Action", name: "New request", detail: "c", run: go(paths.compose()) },
    { id: "needs-you", kind: "Room", name: "Needs you", detail: "g a", run: go(paths.needsYou) },
    { id: "requests", kind: "Room", name: "Requests", detail: "g r", run: go(paths.requests) },
    { id: "sessions", kind: "Room", name: "Sessions", detail: "g s", run: go(paths.sessions) },
    { id: "messages", kind: "Room", name: "Messages", detail: "g m", run: go(paths.messages) },
    { id: "system", kind: "Room", name: "System", detail: "g y", run: go(paths.system) },
    { id: "addresses", kind: "Room", name: "Addresses", detail: "g d", run: go(paths.addresses) },
    { id: "keys", kind: "Action", name: "Show keys", detail: "?", run: () => props.showKeys() },
    { id: "dark", kind: "Action", name: "Theme: dark", detail: "", run: () => theme.choose("dark") },
    { id: "light", kind: "Action", name: "Theme: light", detail: "", run: () => theme.choose("light") },
    {
      id: "auto",
      kind: "Action",
      name: "Theme: as the system",
      detail: "",
      run: () => theme.choose("system"),
    },
    { id: "out", kind: "Action", name: "Sign out", detail: "", run: signOut },
  ]
  const entries = createMemo((): ReadonlyArray<PaletteEntry> => {
    if (!props.open) return []
    const sessions = Object.values(store.state.sessions).toSorted(
      (a, b) => b.updatedAtMillis - a.updatedAtMillis,
    )
    const requests = Object.values(store.state.requests).toSorted(
      (a, b) => b.createdAtMillis - a.createdAtMillis,
    )
    const messages = Object.values(store.state.messages).toSorted((a, b) => b.atMillis - a.atMillis)
    return [
      ...fixed,
      ...approvals.pending().map((row): PaletteEntry => ({
        id: `a-${row.id}`,
        kind: "Question",
        name: `${classWord(row.class)}: ${visibleText(row.command.slice(0, nameLimit))}`,
        detail: `${row.title}, ${formatAge(Date.now() - row.askedAtMillis)}`,
        run: go(paths.approval(row.id)),
      })),
      ...sessions.map((row): PaletteEntry => ({
        id: `s-${row.id}`,
        kind: "Session",
        name: row.title,
        detail: `${sessionStateWords[row.state].word}, ${formatAge(Date.now() - row.updatedAtMillis)}`,
        run: go(paths.session(row.id)),
      })),
      ...requests.map((row): PaletteEntry => ({
        id: `r-${row.id}`,
        kind: "Request",
        name: row.title,
        detail: `${requestStateWords[row.state].word}, ${formatAge(Date.now() - row.createdAtMillis)}`,
        run: go(paths.request(row.id)),
      })),
      ...messages.map((row): PaletteEntry => ({
        id: `m-${row.id}`,
        kind: "Message",
        name: row.subject === "" ? "(no subject)" : row.subject,
        detail: `${row.direction === "in" ? row.from : row.to}, ${channelWords[row.channel]}, ${messageStateWords[row.state].word}`,
        run: go(paths.message(row.id)),
      })),
    ]
  })
  const found = createMemo(() => rankEntries(query(), entries()))

  const run = (entry: PaletteEntry | undefined) => {
    if (entry === undefined) return
    props.close()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const count = found().length
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    if (step !== 0 && count > 0) {
      event.preventDefault()
      setChosen((chosen() + step + count) % count)
      document.querySelector(`#palette-${found()[chosen()]?.id ?? ""}`)?.scrollIntoView({ block: "nearest" })
    }
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault()
      run(found()[chosen()])
    }
  }

  return (
    <Overlay
      open={props.open}
      close={() => props.close()}
      title="Open anything by name"
      titleHidden
      kind="palette"
    >
      <input
        class="palette-input"
        type="text"
        role="combobox"
        aria-label="Name of a request, session, message, room or action"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found().length > 0 ? `palette-${found()[chosen()]?.id ?? ""}` : undefined}
        placeholder="Open a request, session, message or room…"
        autocomplete="off"
        spellcheck={false}
        value={query()}
        onInput={(event) => {
          setQuery(event.currentTarget.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul class="palette-list" id="palette-list" role="listbox" aria-label="Results">
        <For each={found()}>
          {(entry, index) => (
            <li
              id={`palette-${entry.id}`}
              role="option"
              aria-selected={index() === chosen()}
              onPointerMove={() => setChosen(index())}
              onClick={() => run(entry)}
            >
              <span class="palette-kind">{entry.kind}</span>
              <span class="palette-name">{entry.name}</span>
              <span class="palette-detail">{entry.detail}</span>
            </li>
          )}
        </For>
      </ul>
      <Show when={found().length === 0}>
        <p class="palette-none">Nothing has all of these words.</p>
      </Show>
    </Overlay>
  )
}
