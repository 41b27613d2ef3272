/** Does `count` things, so many at a time, and starts none after the deadline; answers how many were done. */
export const inFlight = async (
  concurrency: number,
  count: number,
  deadlineMillis: number,
  work: (index: number) => Promise<unknown>,
): Promise<number> => {
  const end = performance.now() + deadlineMillis
  let next = 0
  let done = 0
  const loop = async () => {
    while (next < count && performance.now() < end) {
      await work(next++)
      done++
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, loop))
  return done
}
