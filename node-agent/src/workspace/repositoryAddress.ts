import { createHash } from "node:crypto"

/** Where a repository is, once its address is found to be one that may be used. */
export interface RepositoryAddress {
  readonly url: string
  /** Name of its clone: letters, digits, `.`, `_`, `-`; another for every address. */
  readonly slug: string
  /** Of the folder of a worktree. */
  readonly name: string
  /** Empty for a path on this machine. */
  readonly host: string
}

const lengthLimit = 1_000

/**
 * An address for git: `https://…`, `ssh://…` or `user@host:path`, without credentials; with `local` also `file:///…` and plain
 * `http://` of this machine. Or why it is none, for a person. Nothing of it can be an option or name a program.
 */
export const repositoryAddress = (
  url: string,
  options: { readonly local: boolean },
): RepositoryAddress | { readonly refused: string } => {
  if (url.length > lengthLimit || !/^[\x21-\x7e]+$/.test(url))
    return { refused: "It is no address of a git repository." }
  const short = /^([\w.-]+)@([A-Za-z0-9][\w.-]*):(?!\/\/)(~?[\w./+-]*[\w])$/.exec(url)
  if (short !== null) {
    const [, user = "", host = "", path = ""] = short
    if (user.startsWith("-") || path.startsWith("-"))
      return { refused: "It is no address of a git repository." }
    return named(url, host.toLowerCase(), path)
  }
  if (!URL.canParse(url)) return { refused: onlyThese(options.local) }
  const { protocol, hostname, port, pathname, username, password, search, hash } = new URL(url)
  const fine =
    protocol === "https:" ||
    protocol === "ssh:" ||
    (options.local && (protocol === "file:" || (protocol === "http:" && hostname === "127.0.0.1")))
  if (!fine) return { refused: onlyThese(options.local) }
  if (password !== "" || (username !== "" && protocol !== "ssh:"))
    return { refused: "It has credentials in it. Leave them out: they would be kept and shown." }
  if (
    search !== "" ||
    hash !== "" ||
    hostname.startsWith("-") ||
    username.startsWith("-") ||
    !/[^/]/.test(pathname)
  )
    return { refused: "It is no address of a git repository." }
  if (protocol === "file:" && hostname !== "") return { refused: "A file address has no host." }
  return named(url, port === "" ? hostname : `${hostname}-${port}`, decoded(pathname), hostname)
}

const onlyThese = (local: boolean) =>
  `Only https and ssh addresses of git repositories are used${local ? ", and file: ones of this machine" : ""}.`

const decoded = (path: string) => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const named = (url: string, place: string, path: string, host = place): RepositoryAddress => {
  const bare = path.replace(/\/+$/, "").replace(/\/?\.git$/i, "")
  const name = plain(bare.split("/").at(-1) ?? "").slice(0, 64) || "repository"
  const hashed = createHash("sha256").update(url).digest("hex").slice(0, 10)
  return { url, host, name, slug: `${plain(`${place}${bare.replaceAll("/", "-")}`).slice(0, 80)}-${hashed}` }
}

const plain = (words: string) => words.replaceAll(/[^\w.-]+/g, "-").replaceAll(/^[-.]+|[-.]+$/g, "")

/** A branch, tag or commit that cannot be taken for anything else, by git's own rules for names (check-ref-format). */
export const isRevisionName = (name: string): boolean =>
  /^[^\x00-\x20\x7f~^:?*[\\]{1,250}$/.test(name) &&
  !/^[-/.]|\.\.|\/\/|@\{|\/\.|\.lock(\/|$)|[/.]$|^@$/.test(name)
