/** How long a request made here may be unknown to the read model before that is an error. */
const freshMillis = 20_000
const limit = 20

const madeAt = new Map<string, number>()

/** Remembers that a request was taken by the server just now. */
export const rememberFresh = (requestId: string, atMillis: number): void => {
  madeAt.set(requestId, atMillis)
  const oldest = madeAt.keys().next()
  if (madeAt.size > limit && oldest.done === false) madeAt.delete(oldest.value)
}

/** Whether the server took this request so lately that it may not be readable yet. */
export const isFresh = (requestId: string, nowMillis: number): boolean => {
  const at = madeAt.get(requestId)
  return at !== undefined && nowMillis - at < freshMillis
}
