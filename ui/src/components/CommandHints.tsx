import { For } from "solid-js"
import "./CommandHints.css"

/** Commands that a message may begin with, here as in a mail. `typed` is what a press puts there. */
const commands: ReadonlyArray<{ readonly typed: string; readonly rest: string; readonly does: string }> = [
  { typed: "/new ", rest: "", does: "in a session of its own" },
  { typed: "/agent ", rest: "codex", does: "by that agent" },
  { typed: "/send ", rest: "report.pdf", does: "files of the workspace, as they are" },
  { typed: "/status", rest: "", does: "tell what runs" },
  { typed: "/stop", rest: "", does: "end what runs" },
]

const commandOf = (text: string) => /^\s*(\/[a-z]+)/i.exec(text)?.[1]?.toLowerCase()

/** The commands that are understood, to be put before what is written; the one that is there already is marked. */
export const CommandHints = (props: { readonly text: string; readonly put: (command: string) => void }) => (
  <div class="command-hints" role="group" aria-label="Commands that are understood">
    <span class="command-hints-word">It may begin with</span>
    <For each={commands}>
      {(command) => (
        <button
          type="button"
          aria-pressed={commandOf(props.text) === command.typed.trim()}
          onClick={() => props.put(command.typed)}
        >
          <code>
            {command.typed.trim()}
            {command.rest === "" ? "" : ` ${command.rest}`}
          </code>{" "}
          {command.does}
        </button>
      )}
    </For>
  </div>
)
