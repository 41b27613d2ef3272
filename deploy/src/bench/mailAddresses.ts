export const benchDomain = "bench.test"

/** The private address' local part of a user of the mail benchmark. */
export const benchLocalPart = (user: number) => `u${user}.${"a".repeat(26)}`
