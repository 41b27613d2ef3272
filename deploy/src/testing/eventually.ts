/** Asks until there is an answer other than null; fails with the name when there is none in time. */
export const eventually = async <A>(
  what: string,
  ask: () => A | null | Promise<A | null>,
  deadlineMillis = 30_000,
): Promise<A> => {
  const end = performance.now() + deadlineMillis
  for (;;) {
    const answer = await ask()
    if (answer !== null) return answer
    if (performance.now() > end) throw new Error(`not within ${deadlineMillis / 1000} s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
