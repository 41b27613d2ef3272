import type { ComponentState, NodeRow, SystemReport } from "@maillm/schema/api/SystemApi"
import type { AgentInfo } from "@maillm/schema/Turn"
import { createSignal, For, Show } from "solid-js"
import { Age } from "../components/Moment.tsx"
import { PageHeader } from "../components/PageHeader.tsx"
import { FailureState, SkeletonRows } from "../components/Placeholder.tsx"
import { PrivateAddress } from "../components/PrivateAddress.tsx"
import { RuntimeWord } from "../components/RuntimeWord.tsx"
import { StateBadge } from "../components/StateBadge.tsx"
import { ThemeSwitch } from "../components/ThemeSwitch.tsx"
import { formatBytes } from "@maillm/schema/formatBytes"
import { driverWords, limitedUntil } from "../format/agentWords.ts"
import { formatAge, formatCountdown } from "../format/duration.ts"
import { formatMoment } from "../format/moment.ts"
import type { StateWord } from "../format/words.ts"
import { now } from "../state/clock.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { createQuery } from "../state/createQuery.ts"
import { pollWhileSeen } from "../state/pollWhileSeen.ts"
import { SystemActors } from "./SystemActors.tsx"
import { SystemDead } from "./SystemDead.tsx"
import { SystemStreams } from "./SystemStreams.tsx"
import "../components/Card.css"
import "./SystemPage.css"

const healthWords: Readonly<Record<ComponentState["state"], StateWord>> = {
  ok: { word: "OK", tone: "done" },
  degraded: { word: "Degraded", tone: "waiting" },
  down: { word: "Down", tone: "failed" },
}

const Components = (props: { readonly rows: ReadonlyArray<ComponentState> }) => (
  <section class="card" aria-labelledby="components-heading">
    <header class="card-head">
      <h2 id="components-heading">Components</h2>
    </header>
    <table class="system-table">
      <thead class="visually-hidden">
        <tr>
          <th>State</th>
          <th>Component</th>
          <th>Detail</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            <tr>
              <td class="system-state">
                <StateBadge state={healthWords[row.state]} />
              </td>
              <th scope="row">{row.name}</th>
              <td class="system-detail">{row.detail}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  </section>
)

const agentWord = (agent: AgentInfo): StateWord => {
  if (agent.problem !== "") return { word: "Not usable", tone: "failed" }
  return limitedUntil(agent, now()) === null
    ? { word: "Ready", tone: "done" }
    : { word: "Limited", tone: "waiting" }
}

/** The agents of a node: which can be used, in which version, and what keeps the others from it. */
const NodeAgents = (props: { readonly agents: ReadonlyArray<AgentInfo> }) => (
  <ul class="node-agents" aria-label="Agents">
    <For each={props.agents}>
      {(agent) => (
        <li>
          <StateBadge state={agentWord(agent)} />
          <span class="node-agent-name">{driverWords[agent.driver]}</span>
          <span class="mono node-agent-version">{agent.version}</span>
          <span class="node-agent-why">
            {agent.problem}
            <Show when={limitedUntil(agent, now())}>
              {(until) => (
                <span title={formatMoment(until())}>
                  its provider takes more in {formatCountdown(until() - now())}
                </span>
              )}
            </Show>
          </span>
        </li>
      )}
    </For>
  </ul>
)

const Node = (props: { readonly row: NodeRow }) => {
  const used = () => Math.max(0, props.row.memoryBytes - props.row.memoryFreeBytes)
  return (
    <li class="node">
      <div class="node-head">
        <StateBadge
          state={props.row.alive ? { word: "Alive", tone: "done" } : { word: "Not heard of", tone: "failed" }}
        />
        <span class="node-name">{props.row.hostname}</span>
        <span class="mono node-id">{props.row.nodeId}</span>
        <span class="node-beat">
          heartbeat <Age atMillis={props.row.beatAtMillis} suffix=" ago" />
        </span>
      </div>
      <p class="node-runtime">
        <RuntimeWord runtime={props.row.runtime} />
        <span>{props.row.runtimeReason}</span>
      </p>
      <dl class="node-figures">
        <div>
          <dt>Panes</dt>
          <dd>{props.row.paneCount}</dd>
        </div>
        <div>
          <dt>Turns running</dt>
          <dd>{props.row.turnsRunning}</dd>
        </div>
        <div>
          <dt>Load</dt>
          <dd>
            {props.row.loadAverage.toFixed(2)} <small>of {props.row.cpuCount} CPUs</small>
          </dd>
        </div>
        <div class="node-memory">
          <dt>Memory</dt>
          <dd>
            {formatBytes(used())} <small>of {formatBytes(props.row.memoryBytes)}</small>
            <meter min={0} max={props.row.memoryBytes} value={used()} aria-label="Memory in use" />
          </dd>
        </div>
        <Show when={props.row.agents === undefined}>
          <div>
            <dt>Agents</dt>
            <dd>{props.row.drivers.map((driver) => driverWords[driver]).join(", ")}</dd>
          </div>
        </Show>
        <div>
          <dt>Version</dt>
          <dd class="mono">{props.row.version}</dd>
        </div>
      </dl>
      <Show when={props.row.agents}>{(agents) => <NodeAgents agents={agents()} />}</Show>
    </li>
  )
}

const Nodes = (props: { readonly rows: ReadonlyArray<NodeRow> }) => (
  <section class="card" aria-labelledby="nodes-heading">
    <header class="card-head">
      <h2 id="nodes-heading">Nodes</h2>
      <span class="card-note numeric">{props.rows.length}</span>
    </header>
    <Show
      when={props.rows.length > 0}
      fallback={
        <p class="card-body system-detail">
          No node has reported: requests wait until a node agent runs. <code>npm start</code> starts one; its
          log says why it did not.
        </p>
      }
    >
      <ul>
        <For each={props.rows}>{(row) => <Node row={row} />}</For>
      </ul>
    </Show>
  </section>
)

const Settings = (props: { readonly report: SystemReport }) => (
  <section class="card" aria-labelledby="settings-heading">
    <header class="card-head">
      <h2 id="settings-heading">Settings that are set</h2>
    </header>
    <Show
      when={props.report.settings.length > 0}
      fallback={<p class="card-body card-note">None: everything has its default.</p>}
    >
      <table class="system-table">
        <thead class="visually-hidden">
          <tr>
            <th>Name</th>
            <th>Value</th>
            <th>From</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.report.settings}>
            {(setting) => (
              <tr>
                <th scope="row" class="mono">
                  {setting.name}
                </th>
                <td class="mono system-detail">{setting.value}</td>
                <td class="system-source">{setting.source}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Show>
  </section>
)

const You = () => {
  const { api, onSignedOut, me } = useConsole()
  const [leaving, setLeaving] = createSignal(false)
  const signOut = () => {
    setLeaving(true)
    api.signOut().then(onSignedOut, onSignedOut)
  }
  return (
    <section class="card" aria-labelledby="you-heading">
      <header class="card-head">
        <h2 id="you-heading">You</h2>
        <span class="card-note">{me()?.user.name}</span>
        <div class="card-actions">
          <ThemeSwitch />
          <button class="button quiet" type="button" disabled={leaving()} onClick={signOut}>
            Sign out
          </button>
        </div>
      </header>
      <div class="card-body">
        <PrivateAddress />
      </div>
    </section>
  )
}

const statusSentence = (report: SystemReport) => {
  const wrong = report.components.filter((component) => component.state !== "ok")
  if (wrong.length === 0) return "Everything works."
  return `${wrong.map((component) => component.name).join(", ")}: ${wrong.length === 1 ? "needs" : "need"} a look.`
}

export default function SystemPage() {
  const { api, store, onSignedOut } = useConsole()
  const query = createQuery({
    key: () => "system",
    load: async () => {
      const [report, nodes] = await Promise.all([api.system(), api.nodes()])
      return { report, nodes }
    },
    stale: store.staleness,
    onSignedOut,
  })
  pollWhileSeen(query.reload)
  return (
    <>
      <PageHeader title="System" />
      <Show
        when={query.answer()}
        fallback={
          <Show when={query.failure()} fallback={<SkeletonRows count={10} />}>
            {(failure) => <FailureState failure={failure()} retry={query.reload} />}
          </Show>
        }
      >
        {(known) => (
          <div class="system-page">
            <div class="system-status">
              <StateBadge state={healthWords[known().report.status]} filled />
              <span>{statusSentence(known().report)}</span>
              <span class="system-up numeric">
                up {formatAge(now() - known().report.startedAtMillis).replace("now", "0 s")} ·{" "}
                {known().report.sockets} {known().report.sockets === 1 ? "console" : "consoles"} open
              </span>
            </div>
            <Show when={query.failure()}>
              {(failure) => (
                <p class="system-old" role="alert">
                  {failure().message} What is shown is from{" "}
                  <Age atMillis={known().report.atMillis} suffix=" ago" />.
                </p>
              )}
            </Show>
            <div class="system-columns">
              <div>
                <Components rows={known().report.components} />
                <SystemActors />
                <Nodes rows={known().nodes} />
                <SystemStreams report={known().report} />
              </div>
              <div>
                <You />
                <SystemDead />
                <section class="card" aria-labelledby="versions-heading">
                  <header class="card-head">
                    <h2 id="versions-heading">Versions</h2>
                  </header>
                  <dl class="facts card-body">
                    <dt>maillm</dt>
                    <dd class="mono">{known().report.versions.maillm}</dd>
                    <dt>Node.js</dt>
                    <dd class="mono">{known().report.versions.node}</dd>
                    <dt>NATS server</dt>
                    <dd class="mono">{known().report.versions.nats}</dd>
                  </dl>
                </section>
                <Settings report={known().report} />
              </div>
            </div>
          </div>
        )}
      </Show>
    </>
  )
}
