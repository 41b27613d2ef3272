import type { MailOrigin } from "@maillm/schema/MailOrigin"
import { For, Show } from "solid-js"
import { checksOf, checkWord, originSentence } from "../format/originWords.ts"
import { StateBadge } from "./StateBadge.tsx"
import { VisibleText } from "./VisibleText.tsx"
import "./Card.css"
import "./MailOriginCard.css"

/** Who sent a mail, and how that is known. Details are a stranger's words: nothing in them is hidden. */
export const MailOriginCard = (props: { readonly origin: MailOrigin }) => (
  <section class="card" aria-labelledby="origin-heading">
    <header class="card-head">
      <h2 id="origin-heading">Who sent it</h2>
    </header>
    <p class="card-body">{originSentence(props.origin)}</p>
    <Show when={props.origin._tag === "Relayed" ? props.origin : null}>
      {(relayed) => (
        <dl class="origin-checks">
          <For each={checksOf(relayed())}>
            {({ about, check, name }) => (
              <>
                <dt title={about}>{name}</dt>
                <dd>
                  <StateBadge state={checkWord(check.result)} />
                  <Show when={check.detail !== ""}>
                    <span class="origin-detail">
                      <VisibleText text={check.detail} />
                    </span>
                  </Show>
                </dd>
              </>
            )}
          </For>
        </dl>
      )}
    </Show>
  </section>
)
