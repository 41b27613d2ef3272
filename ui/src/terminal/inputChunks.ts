/** Longest `data` of one Pane.PaneInput `Keys`, in UTF-16 code units. */
export const inputLimit = 16_384

/** Cuts a paste into pieces that one message may carry, never through a surrogate pair. */
export const inputChunks = (data: string, limit = inputLimit): ReadonlyArray<string> => {
  const chunks: Array<string> = []
  let start = 0
  while (start < data.length) {
    let end = Math.min(start + limit, data.length)
    const last = data.charCodeAt(end - 1)
    if (end < data.length && last >= 0xd800 && last <= 0xdbff) end -= 1
    chunks.push(data.slice(start, end))
    start = end
  }
  return chunks
}
