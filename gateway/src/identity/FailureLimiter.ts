/** Failures within this time are counted together. */
export const failureWindowMillis = 60_000
/** So many different wrong credentials lock an address. */
export const failureLimit = 10
export const lockMillis = 300_000
/** Addresses remembered; the one that was touched longest ago is forgotten for a new one. */
export const addressLimit = 10_000

interface Failures {
  /** Hashes of the wrong credentials, at most `failureLimit`. */
  readonly wrong: ReadonlySet<string>
  readonly sinceMillis: number
  readonly lockedUntilMillis: number
}

/**
 * Counts failed sign-ins by network address, in bounded memory. Loopback is counted like any other: pages of
 * other sites reach us from there too. The same wrong credential again is no further guess: a console that was
 * left open with an ended cookie must not lock its owner out.
 */
export interface FailureLimiter {
  /** Seconds until this address may try again; 0 when it may now. */
  readonly lockedSeconds: (address: string) => number
  readonly failed: (address: string, credentialHash: string) => void
}

export const makeFailureLimiter = (nowMillis: () => number): FailureLimiter => {
  const table = new Map<string, Failures>()
  return {
    lockedSeconds: (address) => {
      const until = table.get(networkOf(address))?.lockedUntilMillis ?? 0
      return Math.max(0, Math.ceil((until - nowMillis()) / 1_000))
    },
    failed: (address, credentialHash) => {
      const key = networkOf(address)
      const now = nowMillis()
      const before = table.get(key)
      const fresh = before === undefined || now - before.sinceMillis > failureWindowMillis
      if (!fresh && before.wrong.has(credentialHash)) return
      const wrong = new Set(fresh ? [] : before.wrong).add(credentialHash)
      const locks = wrong.size >= failureLimit
      table.delete(key)
      table.set(key, {
        wrong: locks ? new Set() : wrong,
        sinceMillis: fresh ? now : before.sinceMillis,
        lockedUntilMillis: locks ? now + lockMillis : (before?.lockedUntilMillis ?? 0),
      })
      const oldest = table.size > addressLimit ? table.keys().next() : undefined
      if (oldest?.done === false) table.delete(oldest.value)
    },
  }
}

/** IPv4 as it is, also when mapped into IPv6; IPv6 by its first 64 bits, which one customer has to itself. */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1] !== undefined) return mapped[1]
  if (!address.includes(":")) return address
  const [head = "", tail] = address.split("::")
  const groups = head === "" ? [] : head.split(":")
  const rest = tail === undefined || tail === "" ? [] : tail.split(":")
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill("0")
  return [...groups, ...zeros, ...rest].slice(0, 4).join(":")
}
