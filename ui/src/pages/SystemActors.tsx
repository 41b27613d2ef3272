import type { ActorHostRow, ActorsReport, PartitionRow } from "@maillm/schema/api/ActorsApi"
import { createMemo, createSignal, Index, Show } from "solid-js"
import { StateBadge, StateGlyph } from "../components/StateBadge.tsx"
import { formatAge } from "../format/duration.ts"
import type { StateWord } from "../format/words.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { createQuery } from "../state/createQuery.ts"
import { pollWhileSeen } from "../state/pollWhileSeen.ts"
import "../components/Card.css"
import "./SystemActors.css"

const reportWords: Readonly<Record<ActorsReport["state"], StateWord>> = {
  ok: { word: "OK", tone: "done" },
  degraded: { word: "Behind", tone: "waiting" },
  down: { word: "Stopped", tone: "failed" },
}
const partitionWords: Readonly<Record<PartitionRow["state"], StateWord>> = {
  ok: { word: "Served", tone: "done" },
  late: { word: "Behind", tone: "waiting" },
  stopped: { word: "Stopped", tone: "failed" },
  free: { word: "No owner", tone: "queued" },
}
/** The worst first. */
const ranks: Readonly<Record<PartitionRow["state"], number>> = { stopped: 0, late: 1, free: 2, ok: 3 }

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/** A letter for each host, so that its partitions are found by more than a colour. */
const letterOf = (hosts: ReadonlyArray<ActorHostRow>, id: string | null) => {
  if (id === null) return "–"
  const index = hosts.findIndex((host) => host.id === id)
  return index === -1 ? "?" : (letters[index % letters.length] ?? "?")
}

/** How long ago, in one unit; short enough for a cell. */
const shortAge = (millis: number) => formatAge(millis).replace("now", "0 s")

const sinceBeat = (millis: number) => {
  const age = formatAge(millis)
  return age === "now" ? "just now" : `${age} ago`
}

const spoken = (row: PartitionRow) => {
  const owner = row.host === null ? "no owner" : `owner ${row.host}`
  const commands = row.depth === 1 ? "1 command" : `${row.depth} commands`
  const oldest = row.oldest === null ? "" : `, the oldest of ${shortAge(row.oldest.ageMillis)} ago`
  return `Partition ${row.partition}: ${partitionWords[row.state].word}, ${owner}, ${commands}${oldest}`
}

const Cell = (props: {
  readonly row: PartitionRow
  readonly letter: string
  readonly chosen: boolean
  readonly choose: () => void
}) => (
  <label class="partition" data-state={props.row.state} data-chosen={props.chosen ? "" : undefined}>
    <input
      class="visually-hidden"
      type="radio"
      name="partition"
      checked={props.chosen}
      aria-label={spoken(props.row)}
      onChange={() => props.choose()}
    />
    <span class="partition-number">{props.row.partition}</span>
    <span class="partition-owner" aria-hidden="true">
      {props.letter}
    </span>
    <span class="partition-depth" aria-hidden="true">
      <Show when={props.row.depth > 0}>
        {props.row.depth}
        <small>{props.row.oldest === null ? "" : shortAge(props.row.oldest.ageMillis)}</small>
      </Show>
    </span>
    <Show when={props.row.state !== "ok"}>
      <StateGlyph tone={partitionWords[props.row.state].tone} />
    </Show>
  </label>
)

/** One partition in words. */
const Chosen = (props: { readonly row: PartitionRow }) => {
  const oldest = () => props.row.oldest
  return (
    <div class="partition-words" role="status">
      <StateBadge state={partitionWords[props.row.state]} />
      <p>
        <strong>Partition {props.row.partition}</strong>
        {", "}
        {props.row.host === null ? "without an owner" : `owned by ${props.row.host}`}
        {props.row.epoch === null ? "" : `, epoch ${props.row.epoch}`}
        {"; "}
        {props.row.depth === 0 ? "its mailboxes are empty." : `${props.row.depth} in mailboxes`}
        <Show when={oldest()}>
          {(first) => `, the oldest of ${shortAge(first().ageMillis)} ago for ${first().kind} ${first().id}.`}
        </Show>
        <Show when={props.row.meaning !== ""}>
          <span class="partition-meaning"> {props.row.meaning}</span>
        </Show>
      </p>
    </div>
  )
}

const Hosts = (props: { readonly rows: ReadonlyArray<ActorHostRow> }) => (
  <Show
    when={props.rows.length > 0}
    fallback={<p class="card-body system-detail">No actor host has been heard of within a day.</p>}
  >
    <ul class="actor-hosts">
      <Index each={props.rows}>
        {(host) => (
          <li>
            <span class="partition-owner" aria-hidden="true">
              {letterOf(props.rows, host().id)}
            </span>
            <span class="mono actor-host-id">{host().id}</span>
            <StateBadge
              state={
                host().alive ? { word: "Alive", tone: "done" } : { word: "Not heard of", tone: "failed" }
              }
            />
            <span class="actor-host-figures numeric">
              {host().partitions === 1 ? "1 partition" : `${host().partitions} partitions`}, beat{" "}
              {sinceBeat(host().beatAgeMillis)}
            </span>
          </li>
        )}
      </Index>
    </ul>
  </Show>
)

const Mailboxes = (props: { readonly rows: ActorsReport["mailboxes"] }) => (
  <Show when={props.rows.length > 0}>
    <table class="system-table system-figures actor-mailboxes">
      <thead>
        <tr>
          <th>Fullest mailboxes</th>
          <th>Partition</th>
          <th>Commands</th>
        </tr>
      </thead>
      <tbody>
        <Index each={props.rows.slice(0, 5)}>
          {(box) => (
            <tr>
              <th scope="row">
                <span class="actor-kind">{box().kind}</span> <span class="mono">{box().id}</span>
              </th>
              <td>{box().partition}</td>
              <td>
                {box().waiting} <small>of {box().limit}</small>
              </td>
            </tr>
          )}
        </Index>
      </tbody>
    </table>
  </Show>
)

const Report = (props: { readonly report: ActorsReport }) => {
  const [chosen, setChosen] = createSignal<number>()
  const shown = createMemo(() => {
    const rows = props.report.partitions
    const asked = rows.find(({ partition }) => partition === chosen())
    const [worst] = rows.toSorted((a, b) => ranks[a.state] - ranks[b.state] || b.depth - a.depth)
    return asked ?? (worst !== undefined && worst.state !== "ok" ? worst : undefined)
  })
  return (
    <>
      <p class="card-body actors-detail">{props.report.detail}.</p>
      <div class="partitions" role="radiogroup" aria-label="Partitions">
        <Index each={props.report.partitions}>
          {(row) => (
            <Cell
              row={row()}
              letter={letterOf(props.report.hosts, row().host)}
              chosen={shown()?.partition === row().partition}
              choose={() => setChosen(row().partition)}
            />
          )}
        </Index>
      </div>
      <Show when={shown()}>{(row) => <Chosen row={row()} />}</Show>
      <Hosts rows={props.report.hosts} />
      <Mailboxes rows={props.report.mailboxes} />
    </>
  )
}

/** Partitions of the actors by owner, with what waits in them. */
export const SystemActors = () => {
  const { api, store, onSignedOut } = useConsole()
  const query = createQuery({
    key: () => "actors",
    load: () => api.actors(),
    stale: store.staleness,
    onSignedOut,
  })
  pollWhileSeen(query.reload)
  return (
    <section class="card" aria-labelledby="actors-heading">
      <header class="card-head">
        <h2 id="actors-heading">Actors</h2>
        <Show when={query.answer()}>
          {(report) => (
            <span class="card-end">
              <StateBadge state={reportWords[report().state]} />
            </span>
          )}
        </Show>
      </header>
      <Show when={query.failure()}>
        {(failure) => (
          <p class="card-body system-detail" role="alert">
            {failure().message} {failure().remedy}
          </p>
        )}
      </Show>
      <Show when={query.answer()}>{(report) => <Report report={report()} />}</Show>
    </section>
  )
}
