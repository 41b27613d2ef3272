import { useNavigate, useSearchParams } from "@solidjs/router"
import Send from "lucide-solid/icons/send-horizontal"
import { createSignal, For, onMount, Show } from "solid-js"
import { type ApiFailure, asFailure } from "../api/ApiFailure.ts"
import { AgentChoice } from "../components/AgentChoice.tsx"
import { CommandHints } from "../components/CommandHints.tsx"
import { PageHeader } from "../components/PageHeader.tsx"
import { driverWords } from "../format/agentWords.ts"
import { sessionStateWords } from "../format/words.ts"
import { paths } from "../routes.ts"
import { agentChoices } from "../state/agentChoices.ts"
import { now } from "../state/clock.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { createQuery } from "../state/createQuery.ts"
import { attemptOf, emptyDraft, loadDraft, newKey, saveDraft } from "../state/draft.ts"
import { rememberFresh } from "../state/freshRequests.ts"
import { repositoryWish } from "../state/repositoryWish.ts"
import "./ComposePage.css"

/** Above this share of the limit the count is shown. */
const countFrom = 0.8

/** Writes a request. What is typed is kept in this browser until the server has taken it. */
export default function ComposePage() {
  const { api, store, me, onSignedOut, say } = useConsole()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const [draft, setDraft] = createSignal(loadDraft(localStorage))
  const [failure, setFailure] = createSignal<ApiFailure>()
  const [busy, setBusy] = createSignal(false)
  let area: HTMLTextAreaElement | undefined
  onMount(() => area?.focus())

  const sessionId = () => {
    const value = search["session"]
    return typeof value === "string" && value !== "" ? value : null
  }
  const sessions = () =>
    Object.values(store.state.sessions).toSorted((a, b) => b.updatedAtMillis - a.updatedAtMillis)
  const limit = () => me()?.requestTextLimit ?? 32_768
  const tooLong = () => draft().text.length > limit()
  const nodes = createQuery({
    key: () => "nodes",
    load: () => api.nodes(),
    stale: store.staleness,
    onSignedOut,
  })
  const choices = () => agentChoices(nodes.answer() ?? [], now())
  const session = () => store.state.sessions[sessionId() ?? ""]
  const usual = () => {
    const known = session()
    return known === undefined ? "Your usual" : `As before: ${driverWords[known.driver]}`
  }
  /** Only a session that is opened for it can start from a repository. */
  const repository = () =>
    sessionId() === null ? repositoryWish(draft().repository ?? "", draft().branch ?? "") : { wish: null }
  const refusal = () => {
    const read = repository()
    return "reason" in read ? read.reason : ""
  }
  const wish = () => {
    const read = repository()
    const { driver } = draft()
    return {
      ...(driver === undefined || driver === null ? {} : { driver }),
      ...("wish" in read && read.wish !== null ? { repository: read.wish } : {}),
    }
  }
  const ready = () => draft().text.trim() !== "" && !tooLong() && !busy() && refusal() === ""

  const keep = (next: ReturnType<typeof draft>) => {
    setDraft(next)
    saveDraft(localStorage, next)
  }
  const send = async () => {
    if (!ready()) return
    const attempt = attemptOf(draft(), sessionId(), newKey(), JSON.stringify(wish()))
    keep(attempt)
    setBusy(true)
    setFailure(undefined)
    try {
      const taken = await api.createRequest(attempt.attempt.key, attempt.text, sessionId(), wish())
      keep(emptyDraft)
      rememberFresh(taken.id, Date.now())
      say("The request is stored.")
      navigate(paths.request(taken.id))
    } catch (error) {
      const failed = asFailure(error)
      if (failed.kind === "signed-out") onSignedOut()
      setFailure(failed)
      setBusy(false)
      area?.focus()
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void send()
    }
  }

  return (
    <>
      <PageHeader title="New request" back={{ href: paths.requests, word: "Requests" }} />
      <form
        class="compose"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <label class="compose-label" for="compose-session">
          Session
        </label>
        <select
          id="compose-session"
          class="field"
          value={sessionId() ?? ""}
          onChange={(event) =>
            setSearch({ session: event.currentTarget.value === "" ? null : event.currentTarget.value })
          }
        >
          <option value="">A new session</option>
          <For each={sessions()}>
            {(session) => (
              <option value={session.id} selected={session.id === sessionId()}>
                {session.title} · {sessionStateWords[session.state].word}
              </option>
            )}
          </For>
        </select>
        <AgentChoice
          choices={choices()}
          value={draft().driver ?? null}
          usual={usual()}
          choose={(driver) => keep({ ...draft(), driver })}
        />
        <Show when={sessionId() === null}>
          <details class="compose-more" open={(draft().repository ?? "") !== ""}>
            <summary>Start from a git repository</summary>
            <div class="compose-repository">
              <div>
                <label class="compose-label" for="compose-repository">
                  Repository
                </label>
                <input
                  id="compose-repository"
                  class="field mono"
                  type="text"
                  inputMode="url"
                  autocomplete="off"
                  spellcheck={false}
                  placeholder="https://git.example.org/team/project.git"
                  maxLength={1_000}
                  value={draft().repository ?? ""}
                  aria-invalid={refusal() !== ""}
                  aria-describedby="compose-repository-note"
                  onInput={(event) => keep({ ...draft(), repository: event.currentTarget.value })}
                />
              </div>
              <div>
                <label class="compose-label" for="compose-branch">
                  Branch
                </label>
                <input
                  id="compose-branch"
                  class="field mono"
                  type="text"
                  autocomplete="off"
                  spellcheck={false}
                  placeholder="its default"
                  maxLength={250}
                  value={draft().branch ?? ""}
                  onInput={(event) => keep({ ...draft(), branch: event.currentTarget.value })}
                />
              </div>
              <p id="compose-repository-note" class="compose-refusal" role="status">
                {refusal()}
              </p>
            </div>
          </details>
        </Show>
        <label class="compose-label" for="compose-text">
          What is to be done
        </label>
        <textarea
          id="compose-text"
          ref={(element) => {
            area = element
          }}
          class="field compose-text"
          rows={10}
          placeholder="As you would write it to a colleague, or a command for a shell session."
          value={draft().text}
          aria-describedby="compose-note"
          onInput={(event) => keep({ ...draft(), text: event.currentTarget.value })}
          onKeyDown={onKeyDown}
        />
        <CommandHints
          text={draft().text}
          put={(command) => {
            keep({ ...draft(), text: `${command}${draft().text.replace(/^\s*\/[a-z]+ ?/i, "")}` })
            area?.focus()
          }}
        />
        <div class="compose-foot">
          <p id="compose-note" class="compose-note">
            <Show
              when={draft().text.length > limit() * countFrom}
              fallback={draft().text === "" ? "" : "Kept in this browser until it is sent."}
            >
              <span class="numeric" data-over={tooLong() ? "" : undefined}>
                {draft().text.length} of {limit()} characters
                {tooLong() ? ": too long to be one request" : ""}
              </span>
            </Show>
          </p>
          <kbd class="wide-only">Ctrl/⌘ Enter</kbd>
          <button class="button primary" type="submit" disabled={!ready()}>
            <Send size={14} aria-hidden="true" />
            {busy() ? "Sending…" : "Send"}
          </button>
        </div>
        <Show when={me() !== null && failure() === undefined}>
          <p class="compose-mail">
            By mail it works too: <code>{me()?.address}</code>
          </p>
        </Show>
        <Show when={failure()}>
          {(failed) => (
            <div class="compose-failure" role="alert">
              <strong>{failed().message}</strong> {failed().remedy} Nothing typed is lost; sending again is
              safe.
            </div>
          )}
        </Show>
      </form>
    </>
  )
}
