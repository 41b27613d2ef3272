import { createSignal, For } from "solid-js"
import "./Notices.css"

const shownMillis = 5_000
const limit = 3

/** Short news at the edge of the page, read out by screen readers, gone by themselves. */
export const createNotices = () => {
  const [notices, setNotices] = createSignal<ReadonlyArray<{ readonly id: number; readonly text: string }>>(
    [],
  )
  let next = 0
  const say = (text: string) => {
    next += 1
    const id = next
    setNotices((held) => [...held, { id, text }].slice(-limit))
    setTimeout(() => setNotices((held) => held.filter((notice) => notice.id !== id)), shownMillis)
  }
  return { notices, say }
}

export const Notices = (props: {
  readonly notices: ReadonlyArray<{ readonly id: number; readonly text: string }>
}) => (
  <div class="notices" role="status" aria-live="polite">
    <For each={props.notices}>{(notice) => <div class="notice">{notice.text}</div>}</For>
  </div>
)
