import type { SystemReport } from "@maillm/schema/api/SystemApi"
import ChevronRight from "lucide-solid/icons/chevron-right"
import { createSignal, Index, Show } from "solid-js"
import { formatBytes } from "@maillm/schema/formatBytes"
import { type ConsumerGroup, consumerGroups, isFolded } from "./consumerGroups.ts"

interface Figures {
  readonly pending: number
  readonly unacknowledged: number
  readonly redelivered: number
}

const FigureCells = (props: { readonly figures: Figures }) => (
  <>
    <td colSpan={3} />
    <td>{props.figures.pending}</td>
    <td>{props.figures.unacknowledged}</td>
    <td>{props.figures.redelivered}</td>
  </>
)

const Members = (props: { readonly group: ConsumerGroup; readonly inner: boolean }) => (
  <Index each={props.group.members}>
    {(member) => (
      <tr class="system-consumer" data-inner={props.inner ? "" : undefined}>
        <th scope="row" class="mono" title={member().name}>
          {member().name}
        </th>
        <FigureCells figures={member()} />
      </tr>
    )}
  </Index>
)

/** Consumers of one kind: each on its own line, or many as one line that opens. */
const Group = (props: {
  readonly group: ConsumerGroup
  readonly open: boolean
  readonly toggle: () => void
}) => (
  <Show when={isFolded(props.group)} fallback={<Members group={props.group} inner={false} />}>
    <tr class="system-consumer">
      <th scope="row">
        <button class="system-fold" type="button" aria-expanded={props.open} onClick={props.toggle}>
          <ChevronRight size={14} aria-hidden="true" />
          {props.group.members.length} {props.group.kind}
        </button>
      </th>
      <FigureCells figures={props.group} />
    </tr>
    <Show when={props.open}>
      <Members group={props.group} inner />
    </Show>
  </Show>
)

/** The streams with their consumers. The report is a new one every few seconds; what was opened stays open. */
export const SystemStreams = (props: { readonly report: SystemReport }) => {
  const [opened, setOpened] = createSignal<ReadonlySet<string>>(new Set())
  const toggle = (name: string) => {
    const next = new Set(opened())
    if (!next.delete(name)) next.add(name)
    setOpened(next)
  }
  return (
    <section class="card" aria-labelledby="streams-heading">
      <header class="card-head">
        <h2 id="streams-heading">Streams</h2>
        <span class="card-note numeric">
          read model at {props.report.readModel.sequence}
          {props.report.readModel.lag === 0 ? ", up to date" : `, ${props.report.readModel.lag} behind`}
        </span>
      </header>
      <div class="system-scroll" tabIndex={0} role="group" aria-label="Streams and their consumers">
        <table class="system-table system-figures">
          <thead>
            <tr>
              <th>Stream</th>
              <th>Messages</th>
              <th>Size</th>
              <th>Last</th>
              <th>Waiting</th>
              <th>In work</th>
              <th>Repeated</th>
            </tr>
          </thead>
          <tbody>
            <Index each={props.report.streams}>
              {(stream) => (
                <>
                  <tr>
                    <th scope="row" class="mono">
                      {stream().name}
                    </th>
                    <td>{stream().messages}</td>
                    <td>{formatBytes(stream().bytes)}</td>
                    <td>{stream().lastSequence}</td>
                    <td colSpan={3} />
                  </tr>
                  <Index each={consumerGroups(stream().consumers)}>
                    {(group) => {
                      const name = () => `${stream().name} ${group().kind}`
                      return (
                        <Group group={group()} open={opened().has(name())} toggle={() => toggle(name())} />
                      )
                    }}
                  </Index>
                </>
              )}
            </Index>
          </tbody>
        </table>
      </div>
    </section>
  )
}
