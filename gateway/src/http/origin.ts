/**
 * Which host names and origins we answer to. A page of another site can make a browser send requests here, by
 * plain links and forms (checked by Origin) or by a DNS name that it points at us (checked by Host).
 */
export interface OwnNames {
  /** Address that the server binds to. */
  readonly bind: string
  /** Base of public links, or null. */
  readonly publicUrl: string | null
}

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"])
const wildcard = new Set(["0.0.0.0", "::", "[::]"])
const isIpLiteral = (name: string) => /^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name)

/** The name in a `Host` header, lower case, without its port; null when it is none. */
export const hostName = (host: string | undefined): string | null =>
  /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::\d{1,5})?$/.exec((host ?? "").toLowerCase())?.[1] ?? null

/**
 * True for loopback names (`localhost`, `*.localhost`, 127.0.0.1, [::1]), the address bound, the public name,
 * and, when bound to every address, any address as such: only names can be pointed at us by others.
 */
export const isOwnHost = (host: string | undefined, own: OwnNames): boolean => {
  const name = hostName(host)
  if (name === null) return false
  if (loopback.has(name) || name.endsWith(".localhost")) return true
  const bind = own.bind.includes(":") && !own.bind.startsWith("[") ? `[${own.bind}]` : own.bind
  if (name === bind.toLowerCase()) return true
  if (own.publicUrl !== null && URL.canParse(own.publicUrl) && new URL(own.publicUrl).hostname === name) {
    return true
  }
  return wildcard.has(bind) && isIpLiteral(name)
}

/** True when `origin` (an `Origin` header) is a page of the very host, port included, that is asked. */
export const isSameOrigin = (origin: string, host: string | undefined): boolean => {
  if (host === undefined || !URL.canParse(origin)) return false
  const url = new URL(origin)
  return (url.protocol === "http:" || url.protocol === "https:") && url.host === withoutDefaultPort(host, url)
}

const withoutDefaultPort = (host: string, url: URL): string | null => {
  const asked = `${url.protocol}//${host}`
  return URL.canParse(asked) ? new URL(asked).host : null
}

export interface BrowserHeaders {
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
}

/** True when the headers say that a page of another site sent this. */
export const isForeign = (headers: BrowserHeaders): boolean =>
  headers.origin !== undefined
    ? !isSameOrigin(headers.origin, headers.host)
    : headers.fetchSite !== undefined && headers.fetchSite !== "same-origin" && headers.fetchSite !== "none"

/** True when the headers prove that a page of ours sent this; what changes state by cookie asks for it. */
export const isProvenOwn = (headers: BrowserHeaders): boolean =>
  headers.origin !== undefined
    ? isSameOrigin(headers.origin, headers.host)
    : headers.fetchSite === "same-origin"
