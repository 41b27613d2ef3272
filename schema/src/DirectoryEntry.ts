/**
 * The DIRECTORY bucket. Under a private address' local part stands whose it is: the user's id, and once its end is known
 * behind a blank when that is, in milliseconds since 1970. What has ended stays there, so that it is never given out again.
 */
export interface DirectoryEntry {
  readonly userId: string
  readonly endsAtMillis: number | null
}

const pattern = /^([A-Za-z0-9_-]{1,64})(?: (\d{1,16}))?$/

export const directoryEntry = (userId: string, endsAtMillis: number): string =>
  `${userId} ${Math.max(0, Math.trunc(endsAtMillis))}`

/** Null for what is no entry of an address. */
export const parseDirectoryEntry = (value: string): DirectoryEntry | null => {
  const [, userId, endsAt] = pattern.exec(value) ?? []
  return userId === undefined ? null : { userId, endsAtMillis: endsAt === undefined ? null : Number(endsAt) }
}

/** Where an account's addresses of now stand; no local part of a private address has such a name. */
export const accountKey = (userId: string): string => `_account.${userId}`
