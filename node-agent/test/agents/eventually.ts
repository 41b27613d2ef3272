import { vi } from "vitest"

/**
 * Until the assertion holds, which may be awaited; rejects with its last failure. Also outside of tests. What is waited for
 * comes within a second or two; the deadline is for machines that have much else to do.
 */
export const eventually = <A>(assertion: () => A | Promise<A>, timeoutMillis = 20_000): Promise<A> =>
  vi.waitFor(assertion, { timeout: timeoutMillis, interval: 30 })
