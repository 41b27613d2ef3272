import type { DriverName } from "@maillm/schema/Turn"
import { Index, Show } from "solid-js"
import { formatCountdown } from "../format/duration.ts"
import type { AgentChoice as Choice } from "../state/agentChoices.ts"
import { now } from "../state/clock.ts"
import "./AgentChoice.css"

/** Which agent is to do it; none chosen leaves it to the session or the account. */
export const AgentChoice = (props: {
  readonly choices: ReadonlyArray<Choice>
  readonly value: DriverName | null
  /** What happens when none is chosen. */
  readonly usual: string
  readonly choose: (driver: DriverName | null) => void
}) => {
  const chosen = () => props.choices.find((choice) => choice.driver === props.value)
  return (
    <fieldset class="agent-choice">
      <legend>Agent</legend>
      <div class="agent-options">
        <label>
          <input
            type="radio"
            name="agent"
            checked={props.value === null}
            onChange={() => props.choose(null)}
          />
          <span>{props.usual}</span>
        </label>
        <Index each={props.choices}>
          {(choice) => (
            <label data-unusable={choice().usable ? undefined : ""}>
              <input
                type="radio"
                name="agent"
                checked={props.value === choice().driver}
                disabled={!choice().usable && props.value !== choice().driver}
                onChange={() => props.choose(choice().driver)}
              />
              <span>
                {choice().name}
                <Show when={choice().limitedUntilMillis}>
                  {(until) => <small class="numeric"> waits {formatCountdown(until() - now())}</small>}
                </Show>
                <Show when={!choice().usable}>
                  <small> not usable</small>
                </Show>
              </span>
            </label>
          )}
        </Index>
      </div>
      <Show when={chosen()}>
        {(choice) => (
          <p class="agent-why" role="status">
            <Show when={!choice().usable}>{choice().why}</Show>
            <Show when={choice().limitedUntilMillis}>
              {(until) => (
                <>
                  Its provider takes no more for {formatCountdown(until() - now())}; the request waits for
                  that, and can be withdrawn meanwhile.
                </>
              )}
            </Show>
          </p>
        )}
      </Show>
    </fieldset>
  )
}
