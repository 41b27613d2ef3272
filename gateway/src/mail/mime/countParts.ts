import { partsLimit } from "../parseLimits.ts"

/** Longest boundary by RFC 2046 §5.1.1, and then some. */
const boundaryLimit = 100

/**
 * How often the delimiter line comes that comes most often, of those that are announced as a boundary; counting ends
 * where there are too many. Costs one pass over the bytes: what has 300,000 parts is refused before each becomes an
 * object.
 */
export const countDelimiters = (raw: Uint8Array): number => {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const counts = new Map<string, number>()
  for (let at = bytes.indexOf("\n--"); at >= 0; at = bytes.indexOf("\n--", at + 1)) {
    const end = bytes.subarray(at + 3, at + 3 + boundaryLimit).indexOf(0x0a)
    if (end <= 0) continue
    const boundary = bytes.toString("latin1", at + 3, at + 3 + end).trimEnd()
    const count = (counts.get(boundary) ?? 0) + 1
    counts.set(boundary, count)
    if (count > partsLimit && count % partsLimit === 1 && isAnnounced(bytes, boundary)) return count
    // So many different ones are no boundaries.
    if (counts.size > 10_000) counts.clear()
  }
  return 0
}

const isAnnounced = (bytes: Buffer, boundary: string) =>
  bytes.includes(`boundary="${boundary}"`, 0, "latin1") ||
  bytes.includes(`boundary=${boundary}`, 0, "latin1") ||
  bytes.includes(`BOUNDARY="${boundary}"`, 0, "latin1") ||
  bytes.includes(`Boundary="${boundary}"`, 0, "latin1")
