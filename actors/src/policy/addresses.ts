const localHost =
  /^(localhost|[\w-]+\.localhost|127(\.\d{1,3}){1,3}|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal)$/i

/** Whether an address is this machine. What cannot be known is not. */
export const isLocal = (address: string): boolean => {
  const host = /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]+)/i.exec(address)?.[1] ?? ""
  return localHost.test(host) || /^:\d+/.test(address)
}
