import type { RepositoryWish } from "@maillm/schema/Intent"

/** One path character of an address; no query, fragment, blank, quote or backslash. */
const path = String.raw`[A-Za-z0-9._~@:+,=%/-]*`
const host = String.raw`[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})`
const port = String.raw`(?::[0-9]{1,5})?`
const https = new RegExp(`^https://${host}${port}/${path}$`, "i")
const ssh = new RegExp(`^ssh://(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}@)?${host}${port}/${path}$`, "i")
const scp = new RegExp(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}@${host}:${path}$`)

/** Longest address in UTF-16 code units. */
const urlLimit = 2_048
const branchLimit = 255

/** Why an address is not one to clone from, or null when it is. */
const urlRefusal = (url: string): string | null => {
  if (url.length > urlLimit) return `The address has more than ${urlLimit} characters.`
  if (/^https:\/\/[^/]*@/i.test(url) || /^ssh:\/\/[^/@]*:[^/]*@/i.test(url))
    return "The address holds a user name or password. Leave them out: credentials never belong in a message."
  if (!https.test(url) && !ssh.test(url) && !scp.test(url))
    return "Only https://host/path, ssh://git@host/path and git@host:path are taken, with no query and no blanks."
  // An option to git or ssh, a way out of the folder, or a control character in disguise.
  const where = url.replace(/^[a-z]+:\/\//i, "")
  if (/(?:^|[/:@])-/.test(where) || /(?:^|[/:])\.\.(?:\/|$)/.test(where) || /%(?:[01]|7f|2f|5c)/i.test(where))
    return "The address has a part that begins with a dash, leads upwards or hides a control character."
  return null
}

/** The rules of git-check-ref-format, and no character that needs quoting. */
const isBranch = (branch: string): boolean =>
  branch.length <= branchLimit &&
  /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._/+@#-]*$/u.test(branch) &&
  !/\.\.|\/\/|@\{|\/\.|\.lock(?:\/|$)|[./]$/u.test(branch)

/** Reads what follows `/repo` on its line. Fails with the reason, for its sender. */
export const readRepository = (
  words: ReadonlyArray<string>,
): { readonly wish: RepositoryWish } | { readonly reason: string } => {
  const [address = "", branch = null, ...more] = words
  const url = address.replace(/^<(.*)>$/, "$1")
  if (url === "") return { reason: "Write the repository's address after /repo." }
  const refusal = urlRefusal(url)
  if (refusal !== null) return { reason: refusal }
  if (more.length > 0)
    return { reason: "After /repo come an address and a branch; put the request on the next line." }
  if (branch !== null && !isBranch(branch)) return { reason: "That is not the name of a branch." }
  return { wish: { url, branch } }
}
