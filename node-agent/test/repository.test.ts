import { once } from "node:events"
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { SessionId } from "@maillm/schema/Ids"
import { notesPreface } from "../src/workspace/notes.ts"
import { Repositories, RepositoryFailed } from "../src/workspace/repository.ts"
import { startGitServer } from "./testing/gitServer.ts"
import { makeHostWorkspace } from "./testing/hostWorkspace.ts"
import type { HostWorkspace } from "./testing/hostWorkspace.ts"

type GitServer = Awaited<ReturnType<typeof startGitServer>>
let at: HostWorkspace
let server: GitServer
let repositories: Repositories
const one = SessionId.make("s1")
const two = SessionId.make("s2")
/** Where the repositories of the server are, outside the workspace. */
const origin = (name: string) => join("../../origin", name)

const commit = async (name: string, path: string, content: string, branch = "main") => {
  await at.git(origin(name), "checkout", "-q", "-B", branch)
  await writeFile(join(at.dataDir, "origin", name, path), content)
  await at.git(origin(name), "add", ".")
  await at.git(origin(name), "commit", "-qm", `${path} is ${content}`)
}

beforeEach(async () => {
  at = await makeHostWorkspace()
  await mkdir(join(at.dataDir, "origin/app"), { recursive: true })
  await at.git(origin("app"), "init", "-q")
  await commit("app", "a.txt", "first")
  await at.git(origin("app"), "tag", "v1")
  await commit("app", "a.txt", "second")
  await commit("app", "b.txt", "other", "feature/x")
  await at.git(origin("app"), "checkout", "-q", "main")
  server = await startGitServer(join(at.dataDir, "origin"))
  repositories = new Repositories(at.runtime, { local: true, proxyPort: null })
})
afterEach(async () => {
  await server.close()
  await at.remove()
})

const url = (path = "app") => `${server.url}/${path}/.git`
const ensure = (sessionId: SessionId, branch: string | null = null, from = url()) =>
  repositories.ensureWorktree(at.owner, sessionId, { url: from, branch })
const refused = async (
  branch: string | null,
  from: string,
  among = repositories,
): Promise<RepositoryFailed> => {
  try {
    await among.ensureWorktree(at.owner, one, { url: from, branch })
  } catch (error) {
    if (error instanceof RepositoryFailed) return error
    throw error
  }
  throw new Error("it was not refused")
}

describe("a session's worktree", () => {
  test("begins at the default branch, a branch, a tag or a commit, on a branch of its own", async () => {
    const path = await ensure(one)
    expect(path).toBe(join(at.root, "work/s1/app"))
    expect(await readFile(join(path, "a.txt"), "utf8")).toBe("second")
    expect(await at.git("work/s1/app", "branch", "--show-current")).toBe("maillm/s1")
    const first = await at.git(origin("app"), "rev-parse", "v1")
    for (const [name, branch, content] of [
      ["b", "feature/x", "second"],
      ["t", "v1", "first"],
      ["c", first, "first"],
      ["d", first.slice(0, 9), "first"],
    ] as const) {
      const other = await ensure(SessionId.make(name), branch)
      expect(await readFile(join(other, "a.txt"), "utf8"), branch).toBe(content)
    }
    expect(await readdir(join(at.root, "repos"))).toHaveLength(1)
    expect(await at.git("work/s1/app", "status", "--porcelain")).toBe("")
  })

  test("is answered again as it is, without the network", async () => {
    const path = await ensure(one)
    await writeFile(join(path, "a.txt"), "mine")
    await server.close()
    expect(
      await new Repositories(at.runtime, { local: true, proxyPort: null }).ensureWorktree(at.owner, one, {
        url: url(),
        branch: "gone",
      }),
    ).toBe(path)
    expect(await readFile(join(path, "a.txt"), "utf8")).toBe("mine")
  })

  test("has what was pushed meanwhile; two at the same time do not meet", async () => {
    await ensure(one)
    await commit("app", "a.txt", "third")
    const [second, third] = await Promise.all([ensure(two), ensure(SessionId.make("s3"))])
    for (const path of [second, third]) expect(await readFile(join(path, "a.txt"), "utf8")).toBe("third")
  })

  test("that was cut off while it was made is made anew; one that was lost goes on with its branch", async () => {
    const path = await ensure(one)
    await at.git("work/s1/app", "commit", "-q", "--allow-empty", "-m", "work of the agent")
    await rm(path, { recursive: true })
    await mkdir(join(at.root, "work/s1/.making-app/half"), { recursive: true })
    expect(await ensure(one)).toBe(path)
    expect(await at.git("work/s1/app", "log", "-1", "--format=%s")).toBe("work of the agent")
    expect(await readdir(join(at.root, "work/s1"))).toEqual(["app"])
  })

  test("runs no hook, and follows no submodule", async () => {
    const trap = join(at.dataDir, "sprung")
    await commit("app", ".gitmodules", '[submodule "s"]\n\tpath = s\n\turl = ext::sh -c touch% x\n')
    await at.git(origin("app"), "update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},s`)
    await at.git(origin("app"), "commit", "-qm", "a submodule")
    await ensure(one)
    const [clone = ""] = await readdir(join(at.root, "repos"))
    await mkdir(join(at.root, "repos", clone, "hooks"), { recursive: true })
    for (const hook of ["post-checkout", "reference-transaction"]) {
      await writeFile(join(at.root, "repos", clone, "hooks", hook), `#!/bin/sh\ntouch ${trap}\n`)
      await chmod(join(at.root, "repos", clone, "hooks", hook), 0o755)
    }
    await ensure(two)
    expect(await readdir(at.dataDir)).not.toContain("sprung")
  })

  test("of a repository on this machine, if that is allowed", async () => {
    const local = `file://${join(at.dataDir, "origin/app")}`
    expect(await readFile(join(await ensure(one, null, local), "a.txt"), "utf8")).toBe("second")
    const strict = new Repositories(at.runtime, { local: false, proxyPort: null })
    expect(await refused(null, local, strict)).toMatchObject({ kind: "address" })
  })

  test("has its notes beside the code", async () => {
    const path = await ensure(one)
    expect(await notesPreface(at.runtime, at.owner, path)).toContain("no notes of earlier")
    await writeFile(join(path, "NOTES.md"), "# Notes")
    expect(await notesPreface(at.runtime, at.owner, path)).toContain(`are in ${path}/NOTES.md`)
  })
})

describe("why there is none", () => {
  test.each([
    ["ext::sh -c true", null, "address"],
    ["https://a:b@example.org/x", null, "address"],
    ["--upload-pack=x", null, "address"],
  ] as const)("%s", async (from, branch, kind) => {
    expect(await refused(branch, from)).toMatchObject({ kind })
  })

  test("an unknown or impossible branch, an empty repository", async () => {
    for (const branch of ["none", "deadbeef0", "HEAD~1", "--all"]) {
      const error = await refused(branch, url())
      expect(error.kind).toBe("branch")
      expect(error.message).toContain(branch)
    }
    await mkdir(join(at.dataDir, "origin/empty"))
    await at.git(origin("empty"), "init", "-q")
    expect(await refused(null, url("empty"))).toMatchObject({ kind: "branch" })
    expect(await readdir(join(at.root, "work")).catch(() => [])).toEqual([])
  })

  test("no repository there, or one that wants a password: nobody is asked", async () => {
    expect(await refused(null, url("none"))).toMatchObject({ kind: "not-found" })
    const error = await refused(null, `${server.url}/private/app/.git`)
    expect(error.kind).toBe("credentials")
    expect(error.message).toContain("wants credentials")
  })

  test("no network: in a container it names the setting", async () => {
    await server.close()
    expect(await refused(null, url())).toMatchObject({ kind: "network" })
    const proxy = createServer()
    proxy.on("connect", (_, socket) => socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"))
    proxy.listen(0, "127.0.0.1")
    await once(proxy, "listening")
    try {
      const place = proxy.address()
      const proxyPort = typeof place === "object" && place !== null ? place.port : 0
      const inContainer = new Repositories({ ...at.runtime, name: "docker" }, { local: false, proxyPort })
      const error = await refused(null, "https://git.example.org/ada/app.git", inContainer)
      expect(error.kind).toBe("network")
      expect(error.message).toContain("MAILLM_EGRESS_HOSTS; git.example.org must be one of them")
    } finally {
      proxy.close()
    }
  })
})
