/** Bytes of a pane's output kept while nobody consumes them, for example while the agent is away. */
export const sinkLimitBytes = 64 * 1024 * 1024

const segmentBase = 1_000_000_000_000_000
const segmentPattern = /^(1\d{15})\.raw$/
const endPattern = /^(1\d{15})\.end$/

/** File that holds the output from `offset` on. All names have the same length, so they sort by offset. */
export const segmentName = (offset: number) => `${segmentBase + offset}.raw`

/** Offsets of the segments in a folder's listing, rising. */
export const segmentOffsets = (names: ReadonlyArray<string>): Array<number> =>
  names
    .flatMap((name) => {
      const offset = segmentPattern.exec(name)?.[1]
      return offset === undefined ? [] : [Number(offset) - segmentBase]
    })
    .toSorted((a, b) => a - b)

/** Where the output ended, if the sink has said so. */
export const endOffset = (names: ReadonlyArray<string>): number | null => {
  for (const name of names) {
    const offset = endPattern.exec(name)?.[1]
    if (offset !== undefined) return Number(offset) - segmentBase
  }
  return null
}

/**
 * The program at the other end of `tmux pipe-pane`: it outlives the agent and writes what it reads at once into
 * segments of at most 4 MiB (64 reads), each named by the offset of its first byte. When more than
 * `sinkLimitBytes` wait, the oldest go. At the end of its input it leaves `<offset>.end`.
 *
 * `dd` because it writes each read without buffering and leaves the rest of its input to its successor
 * (`head` and `split` of GNU coreutils do one of the two).
 *
 * Arguments: folder, offset of the first byte.
 */
export const outputSink = `#!/bin/sh
umask 077
cd "$1" || exit 1
offset=$((${segmentBase} + $2))
rm -f -- *.end
while :; do
  dd bs=65536 count=64 of="$offset.raw" 2>/dev/null || exit 1
  size=$(wc -c <"$offset.raw") || exit 1
  if [ "$size" -eq 0 ]; then
    rm -f -- "$offset.raw"
    : >"$offset.end"
    exit 0
  fi
  offset=$((offset + size))
  set -- 1*.raw
  while [ -e "$1" ] && [ $((offset - \${1%.raw})) -gt ${sinkLimitBytes} ]; do
    rm -f -- "$1"
    shift
  done
done
`
