import { For } from "solid-js"
import { keyHelp } from "../keys/keymap.ts"
import { Overlay } from "./Overlay.tsx"
import "./KeysHelp.css"

/** The keys, on `?`. */
export const KeysHelp = (props: { readonly open: boolean; readonly close: () => void }) => (
  <Overlay open={props.open} close={() => props.close()} title="Keys" kind="sheet">
    <div class="keys-help">
      <For each={keyHelp}>
        {(group) => (
          <section>
            <h3>{group.group}</h3>
            <dl>
              <For each={group.keys}>
                {([keys, meaning]) => (
                  <div>
                    <dt>
                      <For each={keys.split(" ")}>{(key) => <kbd>{key}</kbd>}</For>
                    </dt>
                    <dd>{meaning}</dd>
                  </div>
                )}
              </For>
            </dl>
          </section>
        )}
      </For>
    </div>
  </Overlay>
)
