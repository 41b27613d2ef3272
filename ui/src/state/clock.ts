import { createRoot, createSignal } from "solid-js"

/** Milliseconds now, moving once a second while the page is looked at: what ages and running times read. */
export const now = createRoot(() => {
  const [value, setValue] = createSignal(Date.now())
  setInterval(() => {
    if (!document.hidden) setValue(Date.now())
  }, 1_000)
  document.addEventListener("visibilitychange", () => setValue(Date.now()))
  return value
})
