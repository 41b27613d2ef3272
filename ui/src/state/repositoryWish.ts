import type { Repository } from "@maillm/schema/Turn"

const host = String.raw`[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})(?::[0-9]{1,5})?`
const path = String.raw`[A-Za-z0-9._~@:+,=%/-]+`
const address = new RegExp(
  `^(?:https://${host}/${path}|ssh://(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}@)?${host}/${path}|[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}@${host}:${path})$`,
  "i",
)
const urlLimit = 1_000
const branchLimit = 250

/**
 * What was typed as repository and branch: null when nothing was, a reason when it cannot be one. The server judges it
 * again; this only saves the way.
 */
export const repositoryWish = (
  url: string,
  branch: string,
): { readonly wish: Repository | null } | { readonly reason: string } => {
  const where = url.trim()
  const from = branch.trim()
  if (where === "") return from === "" ? { wish: null } : { reason: "A branch needs its repository." }
  if (/^https:\/\/[^/]*@/i.test(where) || /^ssh:\/\/[^/@]*:[^/]*@/i.test(where))
    return { reason: "Leave user name and password out of the address: the node has its own." }
  if (where.length > urlLimit || !address.test(where))
    return { reason: "Only https://host/path, ssh://git@host/path and git@host:path are taken." }
  if (from.length > branchLimit || /[\s~^:?*[\\]|\.\.|^[-/]|[./]$/.test(from))
    return { reason: "That is not the name of a branch, tag or commit." }
  return { wish: { url: where, branch: from === "" ? null : from } }
}
