import { Resolver } from "node:dns/promises"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { DnsAnswer, DnsRecord, RecordType } from "./DnsAnswer.ts"
import { isPossibleName, plainName } from "./DnsAnswer.ts"
import { DnsCache, keepFailureMillis } from "./DnsCache.ts"
import type { Zone } from "./Zone.ts"

export interface DnsOptions {
  /** `address` or `address:port` of the servers to ask; the system's where empty. */
  readonly servers: ReadonlyArray<string>
  /** How long one server is waited for. */
  readonly queryMillis: number
  /** Times that the servers are asked before it is called a failure. */
  readonly tries: number
  /** How long it is remembered that nobody answered. */
  readonly failureMillis: number
}
export const dnsOptions: DnsOptions = {
  servers: [],
  queryMillis: 2_500,
  tries: 2,
  failureMillis: keepFailureMillis,
}

/** The DNS as it is asked on behalf of mail. It never fails: that nobody answers is an answer of its own. */
export class Dns extends Context.Service<
  Dns,
  { readonly resolve: (name: string, type: RecordType) => Effect.Effect<DnsAnswer> }
>()("@maillm/gateway/dns/Dns") {
  /** Asks real servers, and remembers for a minute what they said. */
  static readonly layer = (options: Partial<DnsOptions> = {}) =>
    Layer.effect(
      Dns,
      Effect.gen(function* () {
        const { failureMillis, queryMillis, servers, tries } = { ...dnsOptions, ...options }
        const asking = new Set<Resolver>()
        // Else they would go on asking for as long as they have tries.
        yield* Effect.addFinalizer(() => Effect.sync(() => asking.forEach((resolver) => resolver.cancel())))
        const cache = new DnsCache(async (name, type) => {
          // One for each question: one that has had three quick answers gives up after a second, whatever it was told.
          const resolver = new Resolver({ timeout: queryMillis, tries })
          if (servers.length > 0) resolver.setServers(servers)
          asking.add(resolver)
          try {
            return await ask(resolver, name, type)
          } finally {
            asking.delete(resolver)
          }
        }, failureMillis)
        return {
          resolve: (given: string, type: RecordType) => {
            const name = plainName(given)
            return isPossibleName(name) ? Effect.promise(() => cache.resolve(name, type)) : noSuchName
          },
        }
      }),
    )

  /** Answers from a file's worth of records; what is not in it does not exist. */
  static readonly layerZone = (zone: Zone) =>
    Layer.succeed(Dns, { resolve: (name, type) => Effect.sync(() => zone.resolve(plainName(name), type)) })
}

const noSuchName = Effect.succeed<DnsAnswer>({ _tag: "None", code: "ENOTFOUND" })

const ask = async (resolver: Resolver, name: string, type: RecordType): Promise<DnsAnswer> => {
  try {
    return { _tag: "Records", records: await records(resolver, name, type) }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "EUNKNOWN"
    if (code === "ENOTFOUND" || code === "ENODATA") return { _tag: "None", code }
    return code === "EBADNAME" ? { _tag: "None", code: "ENOTFOUND" } : { _tag: "Failed", code }
  }
}

const records = (resolver: Resolver, name: string, type: RecordType): Promise<ReadonlyArray<DnsRecord>> => {
  switch (type) {
    case "TXT":
      return resolver.resolveTxt(name)
    case "MX":
      return resolver.resolveMx(name)
    case "A":
      return resolver.resolve4(name)
    case "AAAA":
      return resolver.resolve6(name)
    case "CNAME":
      return resolver.resolveCname(name)
    case "PTR":
      return resolver.resolvePtr(name)
  }
}
