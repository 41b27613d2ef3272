import { type KeyAction, type KeyPress, noKeys, pressKey } from "./keymap.ts"

const focusOf = (target: EventTarget | null): KeyPress["focus"] => {
  if (document.querySelector('[role="dialog"]') !== null) return "overlay"
  if (!(target instanceof Element)) return "page"
  if (target.closest("[data-terminal]") !== null) return "terminal"
  return target.closest('input, textarea, select, [contenteditable="true"]') === null ? "page" : "field"
}

/** Hears the page's keys and hands over what they mean. Returns how to stop. */
export const listenForKeys = (act: (action: KeyAction) => void): (() => void) => {
  let state = noKeys
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return
    const result = pressKey(state, {
      key: event.key,
      ctrl: event.ctrlKey,
      meta: event.metaKey,
      alt: event.altKey,
      shift: event.shiftKey,
      atMillis: event.timeStamp,
      repeat: event.repeat,
      focus: focusOf(event.target),
    })
    state = result.state
    if (result.action === null) return
    event.preventDefault()
    event.stopPropagation()
    act(result.action)
  }
  document.addEventListener("keydown", onKeyDown, { capture: true })
  return () => document.removeEventListener("keydown", onKeyDown, { capture: true })
}
