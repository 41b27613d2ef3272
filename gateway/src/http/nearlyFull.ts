import type { StreamReport } from "@maillm/schema/api/SystemApi"
import { buckets, streams } from "@maillm/schema/Streams"
import type { StreamDeclaration } from "@maillm/schema/Streams"

/** Share of its bound from which on a stream is said to be nearly full. */
const share = 0.9

/** Bytes that each stream may hold before it refuses what comes; those that drop their oldest refuse nothing. */
const bounds = new Map<string, number>([
  ...Object.values<StreamDeclaration>(streams).flatMap(({ name, discard, maxBytes }) =>
    discard === "new" && maxBytes > 0 ? [[name, maxBytes] as const] : [],
  ),
  ...Object.values(buckets).flatMap(({ name, maxBytes }) =>
    maxBytes > 0 ? [[`KV_${name}`, maxBytes] as const] : [],
  ),
])

/**
 * Streams that will soon take nothing more, in words. What is accepted then waits: actors hand a full stream their
 * work again and again until it has room.
 */
export const nearlyFull = (
  reports: ReadonlyArray<Pick<StreamReport, "name" | "bytes">>,
): ReadonlyArray<string> =>
  reports.flatMap(({ name, bytes }) => {
    const bound = bounds.get(name)
    return bound === undefined || bytes < share * bound
      ? []
      : [`${name} holds ${mebibytes(bytes)} of ${mebibytes(bound)} MiB`]
  })

const mebibytes = (bytes: number) => Math.round(bytes / 1024 ** 2)
