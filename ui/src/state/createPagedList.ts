import { batch, createMemo, createSignal } from "solid-js"
import { createQuery } from "./createQuery.ts"
import type { ListWindow } from "./consoleStore.ts"
import { useConsole } from "./ConsoleContext.ts"
import { asFailure } from "../api/ApiFailure.ts"

export const pageSize = 50
const pageMax = 200
/** Pages of `pageMax` that are fetched again at most: as many rows as the store holds. */
const pagesAgain = 25

/**
 * A list, newest first, out of the store: what the server gave for the filter, and what came live and matches it.
 * Rows older than the last page fetched are not shown, for there may be others between them that are not held.
 */
export const createPagedList = <Key, Row extends { readonly id: string }>(options: {
  readonly name: string
  readonly key: () => Key
  readonly rows: () => ReadonlyArray<Row>
  readonly matches: (key: Key, row: Row) => boolean
  /** The row's key in the list: what it is sorted by, and what `before` means. */
  readonly ageOf: (row: Row) => number
  readonly fetch: (
    key: Key,
    page: { readonly limit: number; readonly before: number | null },
  ) => Promise<ReadonlyArray<Row>>
  readonly hold: (rows: ReadonlyArray<Row>) => void
}) => {
  const { store, onSignedOut, say } = useConsole()
  const keyText = () => `${options.name} ${JSON.stringify(options.key())}`
  const [taken, setTaken] = createSignal(0)
  const [loadingOlder, setLoadingOlder] = createSignal(false)
  const held = createMemo(() => {
    taken()
    return store.window(keyText())
  })

  const take = (key: string, rows: ReadonlyArray<Row>, complete: boolean) => {
    const last = rows.at(-1)
    const floor = last === undefined ? 0 : options.ageOf(last)
    batch(() => {
      options.hold(rows)
      store.keepWindow(key, { floor, complete })
      setTaken((count) => count + 1)
    })
  }

  /** The newest rows, down to where the list reaches now, so that it does not shrink under its reader. */
  const fetchAgain = async (key: Key, window: ListWindow | undefined) => {
    const limit = Math.min(pageMax, Math.max(pageSize, ids().length + 1))
    const floor = window === undefined ? Infinity : window.complete ? -Infinity : window.floor
    const rows: Array<Row> = []
    for (let page = 0; page < pagesAgain; page += 1) {
      const last = rows.at(-1)
      const before = last === undefined ? null : options.ageOf(last)
      if (before !== null && before <= floor) break
      const next = await options.fetch(key, { limit, before })
      rows.push(...next)
      if (next.length < limit) return { rows, complete: true }
    }
    return { rows, complete: false }
  }

  const query = createQuery({
    key: options.key,
    load: async (key) => {
      const name = `${options.name} ${JSON.stringify(key)}`
      const before = store.window(name)
      const { rows, complete } = await fetchAgain(key, before)
      // An older page that came meanwhile reaches further back than this: it stays.
      if (store.window(name) === before) take(name, rows, complete)
      else options.hold(rows)
      return true
    },
    stale: store.staleness,
    onSignedOut,
  })

  const ids = createMemo((): ReadonlyArray<string> => {
    const window = held()
    if (window === undefined) return []
    const key = options.key()
    return options
      .rows()
      .filter((row) => options.matches(key, row) && (window.complete || options.ageOf(row) >= window.floor))
      .toSorted((a, b) => options.ageOf(b) - options.ageOf(a))
      .map((row) => row.id)
  })

  const loadOlder = async () => {
    const window = held()
    const name = keyText()
    if (loadingOlder() || window === undefined || window.complete) return
    setLoadingOlder(true)
    try {
      const rows = await options.fetch(options.key(), { limit: pageSize, before: window.floor })
      take(name, rows, rows.length < pageSize)
    } catch (error) {
      const failure = asFailure(error)
      if (failure.kind === "signed-out") onSignedOut()
      else say(`Older ones could not be loaded: ${failure.message}`)
    } finally {
      setLoadingOlder(false)
    }
  }

  return {
    ids,
    ready: () => held() !== undefined,
    failure: query.failure,
    reload: query.reload,
    hasOlder: () => held()?.complete === false,
    loadingOlder,
    loadOlder,
  }
}
