import { A } from "@solidjs/router"
import Hand from "lucide-solid/icons/hand"
import Inbox from "lucide-solid/icons/inbox"
import Mail from "lucide-solid/icons/mail"
import Plus from "lucide-solid/icons/plus"
import Search from "lucide-solid/icons/search"
import Activity from "lucide-solid/icons/activity"
import Terminal from "lucide-solid/icons/square-terminal"
import type { JSX } from "solid-js"
import { Show } from "solid-js"
import { paths } from "../routes.ts"
import { useConsole } from "../state/ConsoleContext.ts"
import { LiveIndicator } from "./LiveIndicator.tsx"
import { ThemeSwitch } from "./ThemeSwitch.tsx"
import "./Shell.css"

const Room = (props: {
  readonly href: string
  readonly word: string
  readonly keys: string
  readonly icon: JSX.Element
  /** How many wait there; none is not shown. */
  readonly count?: number
}) => (
  <A class="room" href={props.href} activeClass="room-here" aria-keyshortcuts={props.keys}>
    {props.icon}
    <span class="room-word">{props.word}</span>
    <Show when={(props.count ?? 0) > 0}>
      <span class="room-count numeric">
        {props.count}
        <span class="visually-hidden"> waiting</span>
      </span>
    </Show>
    <kbd class="room-keys" aria-hidden="true">
      {props.keys}
    </kbd>
  </A>
)

/** The frame around every view: rooms at the left, at the bottom on a phone; the view scrolls by itself. */
export const Shell = (props: { readonly children: JSX.Element }) => {
  const { me, openPalette, approvals } = useConsole()
  return (
    <div class="shell">
      <a
        class="skip-link"
        href="#content"
        onClick={(event) => {
          event.preventDefault()
          document.querySelector<HTMLElement>("#content")?.focus()
        }}
      >
        Skip to content
      </a>
      <header class="rail">
        <A class="brand" href={paths.requests} aria-label="maillm, requests">
          <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
            <rect width="32" height="32" rx="8" fill="var(--color-accent-fill)" />
            <path
              d="M8 11l6 5-6 5M17 21.5h7"
              fill="none"
              stroke="var(--color-on-accent)"
              stroke-width="3"
              stroke-linecap="round"
              stroke-linejoin="round"
            />
          </svg>
          <span>maillm</span>
        </A>
        <div class="rail-actions">
          <A class="button primary" href={paths.compose()} aria-keyshortcuts="c">
            <Plus size={15} aria-hidden="true" />
            New request
          </A>
          <button
            class="button icon"
            type="button"
            aria-label="Open anything by name"
            title="Open anything by name (Ctrl/⌘ K)"
            onClick={openPalette}
          >
            <Search size={15} aria-hidden="true" />
          </button>
        </div>
        <nav class="rooms" aria-label="Rooms">
          <Room
            href={paths.needsYou}
            word="Needs you"
            keys="g a"
            icon={<Hand size={17} aria-hidden="true" />}
            count={approvals.count() + (me()?.user.unreachable?.length ?? 0)}
          />
          <Room
            href={paths.requests}
            word="Requests"
            keys="g r"
            icon={<Inbox size={17} aria-hidden="true" />}
          />
          <Room
            href={paths.sessions}
            word="Sessions"
            keys="g s"
            icon={<Terminal size={17} aria-hidden="true" />}
          />
          <A class="room room-new" href={paths.compose()} activeClass="room-here">
            <Plus size={17} aria-hidden="true" />
            <span class="room-word">New</span>
          </A>
          <Room
            href={paths.messages}
            word="Messages"
            keys="g m"
            icon={<Mail size={17} aria-hidden="true" />}
          />
          <Room
            href={paths.system}
            word="System"
            keys="g y"
            icon={<Activity size={17} aria-hidden="true" />}
          />
        </nav>
        <div class="rail-foot">
          <LiveIndicator />
          <Show when={me()}>
            {(known) => (
              <div class="rail-user">
                <A href={paths.addresses} title={`${known().user.email}: your addresses`}>
                  {known().user.name}
                </A>
                <ThemeSwitch />
              </div>
            )}
          </Show>
        </div>
      </header>
      <main id="content" class="content" tabIndex={-1}>
        {props.children}
      </main>
    </div>
  )
}
