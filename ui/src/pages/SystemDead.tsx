import type { DeadLetter, DeadRetried, DeadUsage } from "@maillm/schema/api/DeadApi"
import ChevronRight from "lucide-solid/icons/chevron-right"
import RotateCcw from "lucide-solid/icons/rotate-ccw"
import Trash from "lucide-solid/icons/trash"
import { createSignal, For, Show } from "solid-js"
import { asFailure } from "../api/ApiFailure.ts"
import { ConfirmButton } from "../components/ConfirmButton.tsx"
import { Age } from "../components/Moment.tsx"
import { formatBytes } from "@maillm/schema/formatBytes"
import { useConsole } from "../state/ConsoleContext.ts"
import { createQuery } from "../state/createQuery.ts"
import { pollWhileSeen } from "../state/pollWhileSeen.ts"
import "../components/Card.css"
import "./SystemDead.css"

const pageStep = 20
const pageMax = 200

const retriedWords: Readonly<Record<DeadRetried["outcome"], string>> = {
  stored: "It is put back and will be tried again.",
  repeated: "It had been put back before.",
  handled: "It had been put back and handled before.",
}

/** The body, fetched when it is opened. */
const Body = (props: { readonly sequence: number }) => {
  const { api, onSignedOut } = useConsole()
  const query = createQuery({
    key: () => props.sequence,
    load: (sequence) => api.deadLetter(sequence),
    stale: () => 0,
    onSignedOut,
  })
  return (
    <Show
      when={query.answer()}
      fallback={<p class="system-detail">{query.failure()?.message ?? "Reading it…"}</p>}
    >
      {(letter) => (
        <>
          <pre class="dead-body" tabIndex={0}>
            {letter().body === "" ? "(it is empty)" : letter().body}
          </pre>
          <Show when={letter().bodyCut}>
            <p class="system-detail">
              Only its beginning. <code>nats stream get DEAD {props.sequence}</code> has all of it.
            </p>
          </Show>
        </>
      )}
    </Show>
  )
}

const Letter = (props: { readonly letter: DeadLetter; readonly changed: () => void }) => {
  const { api, say, onSignedOut } = useConsole()
  const [open, setOpen] = createSignal(false)
  const attempt = async (run: () => Promise<string>) => {
    try {
      say(await run())
    } catch (error) {
      const failure = asFailure(error)
      if (failure.kind === "signed-out") onSignedOut()
      say(`${failure.message} ${failure.remedy}`)
    }
    props.changed()
  }
  const name = () => `dead letter ${props.letter.sequence}`
  return (
    <li class="dead-letter">
      <div class="dead-head">
        <button
          class="system-fold dead-name"
          type="button"
          aria-expanded={open()}
          onClick={() => setOpen(!open())}
        >
          <ChevronRight size={14} aria-hidden="true" />
          <span>
            {props.letter.kind} <span class="mono">{props.letter.id}</span>
          </span>
        </button>
        <span class="dead-place numeric">
          {props.letter.stream}
          {props.letter.originalSequence === null ? "" : ` ${props.letter.originalSequence}`},{" "}
          {formatBytes(props.letter.bodyBytes)}, <Age atMillis={props.letter.atMillis} suffix=" ago" />
        </span>
      </div>
      <p class="dead-reason">{props.letter.reason}</p>
      <Show when={props.letter.refusal}>
        {(refusal) => <p class="dead-refusal">It cannot be put back. {refusal()}</p>}
      </Show>
      <Show when={open()}>
        <Body sequence={props.letter.sequence} />
      </Show>
      <div class="dead-actions">
        <Show when={props.letter.refusal === null}>
          <ConfirmButton
            label="Retry"
            description={`Retry ${name()}`}
            sure="Press again to put it back"
            icon={<RotateCcw size={14} aria-hidden="true" />}
            act={() =>
              attempt(async () => retriedWords[(await api.retryDeadLetter(props.letter.sequence)).outcome])
            }
          />
        </Show>
        <ConfirmButton
          label="Drop"
          description={`Drop ${name()}`}
          sure="Press again to erase it"
          danger
          icon={<Trash size={14} aria-hidden="true" />}
          act={() =>
            attempt(async () => {
              await api.dropDeadLetter(props.letter.sequence)
              return "The dead letter is erased."
            })
          }
        />
      </div>
    </li>
  )
}

const usageWords = (usage: DeadUsage) => {
  const share = Math.ceil((100 * usage.bytes) / usage.limitBytes)
  return `${usage.letters} · ${share} % of ${formatBytes(usage.limitBytes).replace(".0", "")}`
}

/** What could not be handled: looked at, put back, or erased. */
export const SystemDead = () => {
  const { api, store, onSignedOut } = useConsole()
  const [limit, setLimit] = createSignal(pageStep)
  const query = createQuery({
    key: () => "dead",
    load: async () => {
      const [letters, usage] = await Promise.all([api.deadLetters({ limit: limit() }), api.deadUsage()])
      return { letters, usage }
    },
    stale: store.staleness,
    onSignedOut,
  })
  pollWhileSeen(query.reload)
  const more = () => {
    setLimit(Math.min(pageMax, limit() + pageStep))
    query.reload()
  }
  return (
    <section class="card" aria-labelledby="dead-heading">
      <header class="card-head">
        <h2 id="dead-heading">Dead letters</h2>
        <Show when={query.answer()}>
          {(known) => <span class="card-note numeric">{usageWords(known().usage)}</span>}
        </Show>
      </header>
      <Show when={query.failure()}>
        {(failure) => (
          <p class="card-body system-detail" role="alert">
            {failure().message} {failure().remedy}
          </p>
        )}
      </Show>
      <Show when={query.answer()}>
        {(known) => (
          <>
            <Show
              when={known().letters.length > 0}
              fallback={<p class="card-body card-note">None: everything could be handled.</p>}
            >
              <ul>
                {/* By number: what was opened stays open when the list is asked for again. */}
                <For each={known().letters.map(({ sequence }) => sequence)}>
                  {(sequence) => (
                    <Show when={known().letters.find((letter) => letter.sequence === sequence)}>
                      {(letter) => <Letter letter={letter()} changed={query.reload} />}
                    </Show>
                  )}
                </For>
              </ul>
            </Show>
            <Show when={known().letters.length >= limit() && limit() < pageMax}>
              <div class="card-body">
                <button class="button" type="button" onClick={more}>
                  Show more
                </button>
              </div>
            </Show>
          </>
        )}
      </Show>
    </section>
  )
}
