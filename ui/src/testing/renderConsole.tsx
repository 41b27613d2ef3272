import { cleanup, configure, render } from "@solidjs/testing-library"
import type { Backend } from "../api/Backend.ts"
import { App } from "../App.tsx"
import { makeMockBackend } from "../mock/mockBackend.ts"

/** A deadline, not a wait: several test files and a browser share the machine's cores. */
configure({ asyncUtilTimeout: 10_000 })

/** What of the page jsdom leaves out and the console calls: scrolling. */
const scrollingFor = (prototype: object) => {
  for (const name of ["scrollTo", "scrollIntoView"]) {
    if (!(name in prototype))
      Object.defineProperty(prototype, name, { value: () => undefined, writable: true })
  }
}

export interface SentRequest {
  readonly path: string
  readonly method: string
  readonly body: string
  readonly headers: Headers
}

/**
 * The whole console in jsdom at `path`, on the mock's in-memory gateway: every layer but the network is the real
 * one. `sent` is what went to the API; `cut` lets calls fail as an unreachable server does; `pause` lets them wait.
 */
export const renderConsole = (path: string, mode = "quiet") => {
  cleanup()
  scrollingFor(Element.prototype)
  Object.defineProperty(window, "scrollTo", { value: () => undefined, writable: true })
  sessionStorage.setItem("maillm.mock", mode)
  window.history.replaceState(null, "", path)
  const inner = makeMockBackend()
  const sent: Array<SentRequest> = []
  let down = false
  let answered = 0
  let paused: ((path: string) => boolean) | null = null
  let resume = () => {}
  let resumed = Promise.resolve()
  const backend: Backend = {
    fetch: async (asked, init) => {
      sent.push({
        path: asked,
        method: init.method ?? "GET",
        body: typeof init.body === "string" ? init.body : "",
        headers: new Headers(init.headers),
      })
      if (paused?.(asked) === true) await resumed
      if (down) throw new TypeError("Failed to fetch")
      const answer = await inner.fetch(asked, init)
      answered += 1
      return answer
    },
    connect: inner.connect,
  }
  const view = render(() => <App backend={backend} />)
  return {
    ...view,
    sent,
    answered: () => answered,
    cut: (next: boolean) => {
      down = next
    },
    /** Lets the answers to these calls wait until the function returned is called. */
    pause: (which: (path: string) => boolean) => {
      paused = which
      resumed = new Promise((resolve) => {
        resume = resolve
      })
      return () => {
        paused = null
        resume()
      }
    },
    /** Presses a key where the focus is. */
    press: (key: string, more: KeyboardEventInit = {}) => {
      const target = document.activeElement ?? document.body
      target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }))
    },
    mock: () => {
      const handles = window.maillmMock
      if (handles === undefined) throw new Error("the mock is not running")
      return handles
    },
  }
}
