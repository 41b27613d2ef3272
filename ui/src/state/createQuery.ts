import { batch, createEffect, createSignal, on, onCleanup } from "solid-js"
import { ApiFailure, asFailure } from "../api/ApiFailure.ts"

/** How long after a sign of staleness the fetch goes out, so that a burst of signs makes one fetch. */
const settleMillis = 150

/**
 * Fetches when `key` changes and again when `stale` rises. What was had stays while it is fetched again; a failure
 * shows only if there is nothing to show. An answer for a key that is no longer asked for is dropped.
 */
export const createQuery = <Key, Answer>(options: {
  readonly key: () => Key
  readonly load: (key: Key) => Promise<Answer>
  readonly stale: () => number
  readonly onSignedOut: () => void
}) => {
  const [answer, setAnswer] = createSignal<{ readonly key: string; readonly value: Answer }>()
  const [failure, setFailure] = createSignal<ApiFailure>()
  const [busy, setBusy] = createSignal(true)
  let run = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const fetchNow = async (key: Key) => {
    run += 1
    const mine = run
    setBusy(true)
    try {
      const value = await options.load(key)
      if (mine !== run) return
      batch(() => {
        setAnswer({ key: JSON.stringify(key), value })
        setFailure(undefined)
        setBusy(false)
      })
    } catch (error) {
      if (mine !== run) return
      const failed = asFailure(error)
      if (failed.kind === "signed-out") options.onSignedOut()
      batch(() => {
        setFailure(failed)
        setBusy(false)
      })
    }
  }

  createEffect(
    on(
      () => JSON.stringify(options.key()),
      () => {
        setFailure(undefined)
        void fetchNow(options.key())
      },
    ),
  )
  createEffect(
    on(
      options.stale,
      () => {
        clearTimeout(timer)
        timer = setTimeout(() => void fetchNow(options.key()), settleMillis)
      },
      { defer: true },
    ),
  )
  onCleanup(() => {
    clearTimeout(timer)
    run = -1
  })

  return {
    /** The answer for the key asked for now; undefined until it is there. */
    answer: () => {
      const held = answer()
      return held !== undefined && held.key === JSON.stringify(options.key()) ? held.value : undefined
    },
    failure,
    busy,
    reload: () => void fetchNow(options.key()),
  }
}
