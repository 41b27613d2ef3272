import { onCleanup, onMount } from "solid-js"

/** What comes by no live event is asked for again this often, while the page is looked at. */
export const pollWhileSeen = (reload: () => void, everyMillis = 5_000) => {
  onMount(() => {
    const timer = setInterval(() => {
      if (!document.hidden) reload()
    }, everyMillis)
    onCleanup(() => clearInterval(timer))
  })
}
