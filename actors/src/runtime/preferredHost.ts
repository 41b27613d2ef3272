import { createHash } from "node:crypto"

/** Rendezvous hashing: the live host with the highest hash of (partition, host) should own the partition. */
export const preferredHost = (partition: number, hosts: Iterable<string>): string | null => {
  let best: { readonly host: string; readonly score: string } | null = null
  for (const host of hosts) {
    const score = createHash("sha256").update(`${partition}/${host}`).digest("hex")
    if (best === null || score > best.score) best = { host, score }
  }
  return best === null ? null : best.host
}
