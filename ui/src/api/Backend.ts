/** The two ways the console talks to a gateway; the mock backend has the same shape. */
export interface Backend {
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>
  /** Starts the live connection. It reconnects by itself for ever until closed. */
  readonly connect: () => LiveSocket
}

export interface LiveSocket {
  /** Listens until the function returned is called. Besides the server's events: `connect`, `disconnect`. */
  readonly on: (event: string, listener: (...values: ReadonlyArray<unknown>) => void) => () => void
  /** Sends and waits for the ack; fails when there is none in time or the connection is away. */
  readonly ask: (event: string, payload: unknown) => Promise<unknown>
  readonly isConnected: () => boolean
  /** Try at once instead of waiting for the next attempt. */
  readonly retryNow: () => void
  readonly close: () => void
}
