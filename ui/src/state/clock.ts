import { createSignal } from "solid-js"

const [value, setValue] = createSignal(Date.now())

/** Milliseconds now, moving once a second while the page is looked at: what ages and running times read. */
export const now = value

/** Lets the clock run; returns how to stop it. */
export const runClock = (): (() => void) => {
  const tick = () => {
    if (!document.hidden) setValue(Date.now())
  }
  const timer = setInterval(tick, 1_000)
  document.addEventListener("visibilitychange", tick)
  tick()
  return () => {
    clearInterval(timer)
    document.removeEventListener("visibilitychange", tick)
  }
}
