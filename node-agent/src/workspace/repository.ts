import * as Schema from "effect/Schema"
import type { SessionId } from "@maillm/schema/Ids"
import type { Repository } from "@maillm/schema/Turn"
import type { PaneRuntime, ProgramResult, WorkspaceOwner } from "../container/PaneRuntime.ts"
import { isRevisionName, repositoryAddress } from "./repositoryAddress.ts"
import type { RepositoryAddress } from "./repositoryAddress.ts"
import { fetchScript, resolveScript, worktreeScript } from "./repositoryScript.ts"

/** A session cannot begin in its repository; `message` says why and what to do, for the user. */
export class RepositoryFailed extends Schema.TaggedError<RepositoryFailed>()("RepositoryFailed", {
  kind: Schema.Literals(["address", "not-found", "credentials", "branch", "network", "other"]),
  reason: Schema.String,
}) {
  override get message() {
    return this.reason
  }
}

export interface RepositoryOptions {
  /** Allows `file:` and loopback addresses: for tests, and for repositories on one's own machine. */
  readonly local: boolean
  /** Port of the loopback, where the programs run, of the way to the network (EgressProxy); null when there is none or another. */
  readonly proxyPort: number | null
}

/** One fetch or checkout. */
const stepMillis = 300_000
const quickMillis = 15_000

/**
 * Repositories in workspaces: one bare clone for each repository and user (`repos/<slug>.git`) and in it a worktree for each
 * session (`work/<session>/<name>`), on a branch of its own. Nobody is asked for a password.
 */
export class Repositories {
  private readonly runtime: PaneRuntime
  private readonly options: RepositoryOptions
  private readonly last = new Map<string, Promise<unknown>>()

  constructor(runtime: PaneRuntime, options: RepositoryOptions) {
    this.runtime = runtime
    this.options = options
  }

  /**
   * The path of the session's worktree, as the pane sees it, made if need be. One that is there is answered at once, without
   * the network, whatever was done in it. Fails with `RepositoryFailed`.
   */
  async ensureWorktree(owner: WorkspaceOwner, sessionId: SessionId, repository: Repository): Promise<string> {
    const address = repositoryAddress(repository.url, this.options)
    if ("refused" in address) {
      const shown = JSON.stringify(repository.url.slice(0, 200))
      throw failed("address", `The session cannot begin in ${shown}. ${address.refused}`)
    }
    const { branch } = repository
    if (branch !== null && !isRevisionName(branch))
      throw failed("branch", `${JSON.stringify(branch.slice(0, 100))} is no name of a branch, tag or commit.`)
    const path = `${this.runtime.workspacePath(owner)}/work/${sessionId}/${address.name}`
    return this.serially(`${owner.userId} ${address.slug}`, async () => {
      if (!(await this.isThere(owner, path))) await this.make(owner, sessionId, address, branch, path)
      return path
    })
  }

  private async isThere(owner: WorkspaceOwner, path: string): Promise<boolean> {
    const argv = ["bash", "--noprofile", "--norc", "-c", '[ ! -L "$1" ] && [ -d "$1" ]', "maillm", path]
    return (await this.run(owner, argv, quickMillis)).exitCode === 0
  }

  private async make(
    owner: WorkspaceOwner,
    sessionId: SessionId,
    address: RepositoryAddress,
    branch: string | null,
    path: string,
  ) {
    const fetched = await this.git(owner, address, fetchScript, [])
    if (fetched.exitCode !== 0) throw this.explained(address, fetched.stderr)
    const wanted = branch ?? /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(fetched.stdout.toString())?.[1]
    if (wanted === undefined || !isRevisionName(wanted)) {
      throw failed(
        "branch",
        `${address.url} has no default branch; it may be empty. Name a branch, or push a first commit.`,
      )
    }
    const resolved = await this.git(owner, address, resolveScript, [wanted])
    const commit = resolved.stdout.toString("latin1").trim()
    if (resolved.exitCode !== 0 || !/^[0-9a-f]{40,64}$/.test(commit))
      throw failed("branch", `${address.url} has no branch, tag or commit ${JSON.stringify(wanted)}.`)
    const made = await this.git(owner, address, worktreeScript, [commit, path, `maillm/${sessionId}`])
    if (made.exitCode !== 0) throw failed("other", `The worktree could not be made: ${lastLine(made.stderr)}`)
  }

  private git(
    owner: WorkspaceOwner,
    address: RepositoryAddress,
    script: string,
    words: ReadonlyArray<string>,
  ): Promise<ProgramResult> {
    const clone = `${this.runtime.workspacePath(owner)}/repos/${address.slug}.git`
    const local = this.options.local ? "always" : "never"
    const argv = [
      "bash",
      "--noprofile",
      "--norc",
      "-c",
      script,
      "maillm",
      clone,
      address.url,
      local,
      ...words,
    ]
    return this.run(owner, argv, stepMillis)
  }

  private async run(owner: WorkspaceOwner, argv: ReadonlyArray<string>, timeoutMillis: number) {
    try {
      return await this.runtime.run(owner, argv, { timeoutMillis, environment: this.environment })
    } catch (error) {
      throw failed(
        "other",
        `The repository could not be got: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }

  private get environment(): Readonly<Record<string, string>> {
    const { proxyPort } = this.options
    const throughProxy =
      proxyPort === null ? "" : ` -o 'ProxyCommand=socat - PROXY:127.0.0.1:%h:%p,proxyport=${proxyPort}'`
    return {
      GIT_TERMINAL_PROMPT: "0",
      GIT_ASKPASS: "/bin/false",
      SSH_ASKPASS: "/bin/false",
      GIT_SSH_COMMAND: `ssh -o BatchMode=yes -o ConnectTimeout=15 -o StrictHostKeyChecking=accept-new${throughProxy}`,
      LC_ALL: "C",
      ...(proxyPort === null ? {} : { https_proxy: `http://127.0.0.1:${proxyPort}` }),
    }
  }

  private explained(address: RepositoryAddress, stderr: string): RepositoryFailed {
    const said = lastLine(stderr)
    const kind = kindOf(stderr)
    const remedy: Readonly<Record<RepositoryFailed["kind"], string>> = {
      "not-found":
        "There is no repository at this address, or it is private and this machine has no access to it.",
      credentials:
        "It wants credentials that are not here. Use a public address, or set up a key for its host in the workspace (ssh), or a credential helper.",
      network:
        this.runtime.name === "docker"
          ? `Containers have no network but to the hosts in MAILLM_EGRESS_HOSTS; ${address.host} must be one of them.`
          : "Its host was not reached. Is the address right, and this machine online?",
      address: "",
      branch: "",
      other: "",
    }
    return failed(kind, `${address.url} could not be fetched. ${remedy[kind]} (git: ${said})`)
  }

  private serially<A>(key: string, use: () => Promise<A>): Promise<A> {
    const next = (this.last.get(key) ?? Promise.resolve()).then(use)
    const done = next
      .catch(() => undefined)
      .then(() => {
        if (this.last.get(key) === done) this.last.delete(key)
      })
    this.last.set(key, done)
    return next
  }
}

/** From the words of git 2.39 and OpenSSH 9 in English. */
const kindOf = (stderr: string): RepositoryFailed["kind"] => {
  if (
    /could not read (Username|Password)|Authentication failed|terminal prompts disabled|Permission denied|Host key verification failed|error: 40[13]\b/.test(
      stderr,
    )
  )
    return /CONNECT tunnel failed|from proxy after CONNECT/.test(stderr) ? "network" : "credentials"
  if (
    /CONNECT tunnel failed|from proxy after CONNECT|Could not resolve|unable to access|Connection (refused|timed out|reset|closed)|Network is unreachable|Failed to connect|timed out|Could not connect/i.test(
      stderr,
    )
  )
    return /error: 404|not found/i.test(stderr) ? "not-found" : "network"
  if (/not found|does not appear to be a git repository|does not exist|No such file/i.test(stderr))
    return "not-found"
  return "other"
}

const failed = (kind: RepositoryFailed["kind"], reason: string) =>
  new RepositoryFailed({ kind, reason: reason.slice(0, 900).toWellFormed() })

const lastLine = (stderr: string) => {
  const lines = stderr.split("\n").filter((line) => /^(fatal|error|ssh|remote)/.test(line))
  return (lines.find((line) => line.startsWith("fatal")) ?? lines.at(-1) ?? stderr.trim())
    .replaceAll(/[^\x20-\x7e]/g, " ")
    .slice(0, 300)
}
