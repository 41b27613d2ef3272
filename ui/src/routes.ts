import { MessageState, RequestState } from "@maillm/schema/ReadModel"

/** Every address of the console, built in one place. */
export const paths = {
  needsYou: "/needs-you",
  approval: (id: string) => `/approvals/${encodeURIComponent(id)}`,
  requests: "/requests",
  request: (id: string) => `/requests/${encodeURIComponent(id)}`,
  sessions: "/sessions",
  session: (id: string) => `/sessions/${encodeURIComponent(id)}`,
  sessionTimeline: (id: string) => `/sessions/${encodeURIComponent(id)}/timeline`,
  sessionRequests: (id: string) => `/sessions/${encodeURIComponent(id)}/requests`,
  sessionChanges: (id: string) => `/sessions/${encodeURIComponent(id)}/changes`,
  sessionCost: (id: string) => `/sessions/${encodeURIComponent(id)}/cost`,
  messages: "/messages",
  message: (id: string) => `/messages/${encodeURIComponent(id)}`,
  system: "/system",
  addresses: "/addresses",
  confirmSender: (token: string) => `/addresses/confirm/${encodeURIComponent(token)}`,
  compose: (sessionId?: string | null) =>
    sessionId === undefined || sessionId === null ? "/new" : `/new?session=${encodeURIComponent(sessionId)}`,
  signIn: "/sign-in",
} as const

/** Where Esc leads from a view; null where there is nothing above. */
export const parentOf = (pathname: string): string | null => {
  const [room, id] = pathname.split("/").filter((part) => part !== "")
  if (room === "new") return paths.requests
  if (room === "approvals") return paths.needsYou
  if (id === undefined) return null
  if (room === "addresses") return paths.addresses
  return room === "requests" || room === "sessions" || room === "messages" ? `/${room}` : paths.requests
}

type SearchValue = string | ReadonlyArray<string> | undefined
type Search = Readonly<Record<string, SearchValue>>
const one = (value: SearchValue): string => {
  const text = typeof value === "string" ? value : (value?.[0] ?? "")
  return text.slice(0, 200)
}

const requestStates: ReadonlyArray<string> = RequestState.literals
const messageStates: ReadonlyArray<string> = MessageState.literals

/** Filter of the list of requests as its URL says it. What the URL says wrongly is no filter. */
export interface RequestFilter {
  readonly state: RequestState | null
  readonly sessionId: string | null
  readonly search: string
}

const isRequestState = (value: string): value is RequestState => requestStates.includes(value)
const isMessageState = (value: string): value is MessageState => messageStates.includes(value)

export const requestFilter = (search: Search): RequestFilter => {
  const state = one(search["state"])
  const sessionId = one(search["session"])
  return {
    state: isRequestState(state) ? state : null,
    sessionId: /^[A-Za-z0-9_-]{1,64}$/.test(sessionId) ? sessionId : null,
    search: one(search["q"]),
  }
}

export interface MessageFilter {
  readonly direction: "in" | "out" | null
  readonly state: MessageState | null
}

export const messageFilter = (search: Search): MessageFilter => {
  const direction = one(search["direction"])
  const state = one(search["state"])
  return {
    direction: direction === "in" || direction === "out" ? direction : null,
    state: isMessageState(state) ? state : null,
  }
}

interface Filterable {
  readonly state: string
  readonly sessionId: string
  readonly title: string
  readonly text: string
  readonly answer: string
}

/** Whether a row that came live belongs into the list; the same rule as the server's. */
export const matchesRequest = (filter: RequestFilter, row: Filterable): boolean => {
  if (filter.state !== null && row.state !== filter.state) return false
  if (filter.sessionId !== null && row.sessionId !== filter.sessionId) return false
  const words = filter.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "")
  if (words.length === 0) return true
  const text = `${row.title}\n${row.text}\n${row.answer}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

export const matchesMessage = (
  filter: MessageFilter,
  row: { readonly direction: string; readonly state: string },
): boolean =>
  (filter.direction === null || row.direction === filter.direction) &&
  (filter.state === null || row.state === filter.state)
