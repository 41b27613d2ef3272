/** Where the listeners of an address are reached from this machine, as a URL names it. */
export const hostOf = (bind: string): string => {
  const host = bind === "0.0.0.0" ? "127.0.0.1" : bind === "::" ? "::1" : bind
  return host.includes(":") ? `[${host}]` : host
}
