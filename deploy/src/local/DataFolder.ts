import { createHash, randomBytes } from "node:crypto"
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from "node:fs"
import { createServer } from "node:net"
import type { Server } from "node:net"
import { join } from "node:path"
import type { AccountEntry } from "@maillm/schema/Record"
import { newLocalPart } from "@maillm/gateway/identity/newLocalPart"
import { StartFailure } from "./StartFailure.ts"

/** The owner's account as outside scripts read it from `owner.json`. */
export interface Owner {
  /** The private address that requests are sent to. */
  readonly address: string
  /** The owner's own address. */
  readonly email: string
  /** API token, and password of SMTP AUTH. */
  readonly token: string
}

/** The folder of everything that this machine keeps, held by this process alone. */
export interface DataFolder {
  readonly path: string
  /** Signs reply addresses, and links in mails. */
  readonly secret: string
  readonly natsToken: string
  /** `<name>.<token>` of the private address that is given out now. */
  readonly privateLocalPart: string
  readonly owner: Owner
  /** The account's addresses are these from now on; the files say so too. */
  readonly follow: (account: AccountEntry) => void
  readonly release: () => Promise<void>
}

/**
 * Opens the folder, making it when missing (0700), and locks it. Fails with one line when it cannot be written or
 * another maillm holds it. The lock is a socket of the kernel, so it is gone with its process, however that ends.
 */
export const openDataFolder = async (
  path: string,
  account: { readonly domain: string; readonly email: string; readonly name: string },
): Promise<DataFolder> => {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
    chmodSync(path, 0o700)
    writeFileSync(join(path, ".writable"), "")
  } catch (error) {
    throw new StartFailure(
      `the data folder ${path} cannot be written (${codeOf(error)}): correct its permissions, or set MAILLM_DATA_DIR to another folder`,
    )
  }
  const lock = await lockFolder(path)
  const secret = keptSecret(path, "secret")
  const token = keptSecret(path, "token")
  let privateLocalPart = kept(path, "private-address", () => newLocalPart(slug(account.name)))
  const ownerOf = (email: string): Owner => ({
    address: `${privateLocalPart}@${account.domain}`,
    email,
    token,
  })
  let owner = ownerOf(account.email)
  const writeOwner = () => writePrivate(path, "owner.json", `${JSON.stringify(owner, null, 2)}\n`)
  writeOwner()
  return {
    path,
    secret,
    natsToken: keptSecret(path, "nats-token"),
    get privateLocalPart() {
      return privateLocalPart
    },
    get owner() {
      return owner
    },
    follow: (now) => {
      if (now.privateLocalPart !== privateLocalPart) {
        privateLocalPart = now.privateLocalPart
        writePrivate(path, "private-address", `${privateLocalPart}\n`)
      }
      const next = ownerOf(now.email)
      if (next.address === owner.address && next.email === owner.email) return
      owner = next
      writeOwner()
    },
    release: () => new Promise((resolve) => lock.close(() => resolve())),
  }
}

/** Writes a file of the folder whole or not at all, readable by its owner only. */
export const writePrivate = (folder: string, name: string, content: string): void => {
  const temporary = join(folder, `.${name}.${process.pid}`)
  writeFileSync(temporary, content, { mode: 0o600, flush: true })
  renameSync(temporary, join(folder, name))
}

/** Where the lock of an existing folder is; a connection to it is accepted as long as a maillm holds the folder. */
export const lockAddress = (path: string): string => {
  const name = `maillm-${createHash("sha256").update(realpathSync(path)).digest("hex").slice(0, 32)}`
  // Linux: a name without a file. Elsewhere a pipe's name that the system forgets with its process.
  return process.platform === "linux" ? `\0${name}` : join(path, "lock.sock")
}

/** Holds an existing folder until the server is closed. Fails when another maillm holds it. */
export const lockFolder = (path: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once("error", (error) =>
      reject(
        codeOf(error) === "EADDRINUSE"
          ? new StartFailure(
              `another maillm runs on the data folder ${path}: stop it, or set MAILLM_DATA_DIR to another folder`,
            )
          : error,
      ),
    )
    server.listen({ path: lockAddress(path) }, () => resolve(server))
    server.unref()
  })

const kept = (folder: string, name: string, make: () => string): string => {
  const file = join(folder, name)
  try {
    const text = readFileSync(file, "utf8").trim()
    if (text !== "") return text
  } catch (error) {
    if (codeOf(error) !== "ENOENT")
      throw new StartFailure(`${file} cannot be read (${codeOf(error)}): correct its permissions`)
  }
  const made = make()
  writePrivate(folder, name, `${made}\n`)
  return made
}

const keptSecret = (folder: string, name: string) =>
  kept(folder, name, () => randomBytes(32).toString("base64url"))

const slug = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 24)
    .replace(/-+$/, "") || "owner"

const codeOf = (error: unknown) =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error)
