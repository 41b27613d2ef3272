export const benchDomain = "bench.test"

/** The private address' local part of a user of the mail benchmark. */
export const benchLocalPart = (user: number) => `u${user}.${"a".repeat(26)}`

/** Mails of one run of smtp-source, which puts their numbers, from 1 on, before the address that it is given. */
export const numberedMails = 3_000
export const numberedAddress = (number: number | "" = "") => `${number}${benchLocalPart(0)}@${benchDomain}`
