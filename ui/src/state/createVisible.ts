import { createSignal, onCleanup, onMount } from "solid-js"

/** Whether an element can be seen: it is scrolled into view and the page is looked at. */
export const createVisible = (element: () => Element | undefined): (() => boolean) => {
  const [inView, setInView] = createSignal(false)
  const [hidden, setHidden] = createSignal(document.hidden)
  onMount(() => {
    const target = element()
    if (target === undefined || typeof IntersectionObserver === "undefined") return
    const observer = new IntersectionObserver((entries) => setInView(entries.at(-1)?.isIntersecting === true))
    observer.observe(target)
    const look = () => setHidden(document.hidden)
    document.addEventListener("visibilitychange", look)
    onCleanup(() => {
      observer.disconnect()
      document.removeEventListener("visibilitychange", look)
    })
  })
  return () => inView() && !hidden()
}
