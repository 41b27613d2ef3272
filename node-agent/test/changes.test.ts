import { execFile } from "node:child_process"
import { chmod, mkdir, readdir, rename, rm, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import * as Schema from "effect/Schema"
import { Changes } from "@maillm/schema/Turn"
import { ChangesUnknown, WorkspaceChanges } from "../src/workspace/Changes.ts"
import { makeHostWorkspace } from "./testing/hostWorkspace.ts"
import type { HostWorkspace } from "./testing/hostWorkspace.ts"

const isDifference = Schema.is(Changes)
let at: HostWorkspace
let changes: WorkspaceChanges

beforeEach(async () => {
  at = await makeHostWorkspace()
  changes = new WorkspaceChanges(at.runtime)
})
afterEach(() => at.remove())

/** What `act` changed in a folder of the workspace. */
const changed = async (act: () => Promise<unknown>, folder = at.root) => {
  const before = await changes.snapshot(at.owner, folder)
  await act()
  const { difference, patch } = await changes.since(at.owner, before)
  expect(isDifference({ ...difference, patch: null })).toBe(true)
  const files = difference.files.map(
    ({ path, change, added, removed }) => `${change} ${path} +${added ?? "?"} -${removed ?? "?"}`,
  )
  return { files, difference, patch: patch?.toString() ?? null }
}

describe("what a turn changed", () => {
  test("in a folder that is no repository, with a patch that can be applied", async () => {
    await at.write("a.txt", "one\ntwo\nthree\n")
    await at.write("gone.txt", "bye\n")
    await at.write("moved.txt", "the same\n".repeat(20))
    await at.write("bin.dat", Buffer.from([0, 1, 2, 3]))
    const { files, patch, difference } = await changed(async () => {
      await at.write("a.txt", "one\n2\nthree\nfour\n")
      await at.write("sub dir/neu ä.txt", "x\n")
      await at.write("bin.dat", Buffer.from([0, 9, 9]))
      await rm(join(at.root, "gone.txt"))
      await rename(join(at.root, "moved.txt"), join(at.root, "renamed.txt"))
      await symlink("/etc/passwd", join(at.root, "link"))
    })
    expect(files).toEqual([
      "modified a.txt +2 -1",
      "modified bin.dat +? -?",
      "deleted gone.txt +0 -1",
      "added link +1 -0",
      "renamed renamed.txt +0 -0",
      "added sub dir/neu ä.txt +1 -0",
    ])
    expect(difference).toMatchObject({ fileCount: 6, addedLines: 4, removedLines: 2 })
    expect(patch).toContain("+2\n")
    expect(patch).toContain("GIT binary patch")
    expect(patch).not.toContain("root:")

    await at.write("elsewhere/a.txt", "one\ntwo\nthree\n")
    await at.write("elsewhere/gone.txt", "bye\n")
    await at.write("elsewhere/moved.txt", "the same\n".repeat(20))
    await at.write("elsewhere/bin.dat", Buffer.from([0, 1, 2, 3]))
    await writeFile(join(at.dataDir, "turn.patch"), patch ?? "")
    await promisify(execFile)("git", ["apply", join(at.dataDir, "turn.patch")], {
      cwd: join(at.root, "elsewhere"),
    })
    expect((await readdir(join(at.root, "elsewhere"))).toSorted()).toEqual([
      "a.txt",
      "bin.dat",
      "link",
      "renamed.txt",
      "sub dir",
    ])
  })

  test("is nothing when nothing was changed, and only the turn's own part the next time", async () => {
    await at.write("a", "1\n")
    expect(await changed(async () => undefined)).toMatchObject({ files: [], patch: null })
    expect((await changed(() => at.write("a", "2\n"))).files).toEqual(["modified a +1 -1"])
    expect((await changed(() => at.write("b", "2\n"))).files).toEqual(["added b +1 -0"])
  })

  test("in repositories inside, also when the agent has committed it or makes a new one", async () => {
    await at.write("one/a", "1\n")
    await at.git("one", "init", "-q")
    await at.git("one", "add", ".")
    await at.git("one", "commit", "-qm", "first")
    await at.write("two/deep/b", "1\n")
    await at.git("two/deep", "init", "-q")
    const { files } = await changed(async () => {
      await at.write("one/a", "2\n")
      await at.git("one", "commit", "-qam", "second")
      await at.write("two/deep/b", "1\n2\n")
      await at.write("three/c", "x\n")
      await at.git("three", "init", "-q")
      await at.git("three", "add", ".")
      await at.git("three", "commit", "-qm", "new")
    })
    expect(files).toEqual(["modified one/a +1 -1", "added three/c +1 -0", "modified two/deep/b +1 -0"])
  })

  test("in a repository's own worktree, whose index and branches stay untouched", async () => {
    await at.write("work/s1/app/a", "1\n")
    await at.git("work/s1/app", "init", "-q")
    await at.git("work/s1/app", "add", ".")
    await at.git("work/s1/app", "commit", "-qm", "first")
    await at.write("work/s1/app/new", "1\n")
    const status = await at.git("work/s1/app", "status", "--porcelain")
    const folder = join(at.root, "work/s1/app")
    expect((await changed(() => at.write("work/s1/app/a", "2\n"), folder)).files).toEqual([
      "modified a +1 -1",
    ])
    await at.write("work/s1/app/a", "1\n")
    expect(await at.git("work/s1/app", "status", "--porcelain")).toBe(status)
    // To a session without a repository, another session's worktree is no change.
    expect((await changed(() => at.write("work/s1/app/a", "3\n"))).files).toEqual([])
  })

  test("without what projects ignore and what nobody means", async () => {
    await at.write(".gitignore", "*.log\n/build/\n")
    await at.write("inner/.gitignore", "secret\n")
    const { files } = await changed(async () => {
      for (const path of [
        "a.log",
        "build/x",
        "inner/secret",
        "inner/deep/secret",
        "node_modules/m/i.js",
        ".venv/v",
        "sub/dist/d",
        "target/t",
        ".git/x",
        ".maillm/y",
      ])
        await at.write(path, "x\n")
      await at.write("inner/public", "x\n")
      await at.write("sub/build/kept", "x\n")
    })
    expect(files).toEqual(["added inner/public +1 -0", "added sub/build/kept +1 -0"])
  })

  test("of a file that becomes ignored is forgotten, of one that becomes a folder is both", async () => {
    await at.write("x", "1\n")
    await at.write("y", "1\n")
    await changed(async () => undefined)
    const { files } = await changed(async () => {
      await at.write(".gitignore", "y\n")
      await rm(join(at.root, "x"))
      await at.write("x/inside", "2\n")
    })
    expect(files).toEqual([
      "added .gitignore +1 -0",
      "deleted x +0 -1",
      "added x/inside +1 -0",
      "deleted y +0 -1",
    ])
  })

  test("survives a new node agent in the middle of a turn", async () => {
    await at.write("a", "1\n")
    const before = await changes.snapshot(at.owner, at.root)
    await at.write("a", "2\n")
    const other = new WorkspaceChanges(at.runtime)
    const found = await other.since(at.owner, JSON.parse(JSON.stringify(before)) as typeof before)
    expect(found.difference.fileCount).toBe(1)
  })
})

describe("hostile trees", () => {
  const trap = () => join(at.dataDir, "sprung")
  const unsprung = () => expect(readdir(at.dataDir)).resolves.not.toContain("sprung")

  test("attributes, filters, hooks and monitors of the tree and of its repositories run nothing", async () => {
    const bite = `touch ${trap()}`
    await at.write("repo/a.txt", "1\n")
    await at.git("repo", "init", "-q")
    for (const [name, value] of [
      ["core.fsmonitor", bite],
      ["core.hooksPath", join(at.root, "repo/hooks")],
      ["diff.external", bite],
      ["diff.evil.command", bite],
      ["diff.evil.textconv", bite],
      ["filter.evil.clean", bite],
      ["filter.evil.smudge", bite],
      ["filter.evil.required", "true"],
      ["core.pager", bite],
      ["core.attributesFile", join(at.root, "repo/.gitattributes")],
    ] as const)
      await at.git("repo", "config", name, value)
    await at.write(
      ".gitattributes",
      "* filter=evil diff=evil\n*.txt -diff\n*.txt working-tree-encoding=UTF-16\n",
    )
    await at.write("repo/.gitattributes", "* filter=evil diff=evil ident\n")
    await at.write("repo/hooks/post-index-change", `#!/bin/sh\n${bite}\n`)
    await chmod(join(at.root, "repo/hooks/post-index-change"), 0o755)
    await at.write(
      "repo/.gitmodules",
      '[submodule "s"]\n\tpath = sub\n\turl = ext::sh -c evil\n\tignore = none\n',
    )
    await at.write("repo/sub/.git", `gitdir: ${at.root}/repo/.git\n`)
    await at.write("repo/sub/x", "1\n")
    const { files, patch } = await changed(async () => {
      await at.write("repo/a.txt", "$Id$ 2\n")
      await at.write("repo/sub/x", "2\n")
    })
    expect(files).toEqual(["modified repo/a.txt +1 -1", "modified repo/sub/x +1 -1"])
    expect(patch).toContain("+$Id$ 2\n")
    await unsprung()
  })

  test("what was done to our own repository is undone before it is used", async () => {
    await at.write("a", "1\n")
    await changed(async () => undefined)
    const [name = ""] = await readdir(join(at.root, ".maillm/track"))
    const ours = join(at.root, ".maillm/track", name)
    await at.write("hook.sh", `#!/bin/sh\ntouch ${trap()}\n`)
    await chmod(join(at.root, "hook.sh"), 0o755)
    await at.git(".", "--git-dir", ours, "config", "core.fsmonitor", join(at.root, "hook.sh"))
    await at.git(".", "--git-dir", ours, "config", "filter.evil.clean", join(at.root, "hook.sh"))
    await mkdir(join(ours, "hooks"), { recursive: true })
    await rename(join(at.root, "hook.sh"), join(ours, "hooks/post-index-change"))
    await writeFile(join(ours, "info/attributes"), "* filter=evil\n")
    await writeFile(join(ours, "index.lock"), "")
    expect((await changed(() => at.write("a", "2\n"))).files).toEqual(["modified a +1 -1"])
    await unsprung()
  })

  test("names of all kinds are names", async () => {
    const names = ["-rf", ":(top)x", "a\nb", "*", "~", "$(id)", "é\u202e", "GIT~1", "a\\b", " "]
    const { difference } = await changed(async () => {
      for (const name of names) await writeFile(join(at.root, name), "x\n")
      await writeFile(Buffer.concat([Buffer.from(`${at.root}/`), Buffer.from([0xff, 0xfe])]), "x\n")
    })
    expect(difference.files.map(({ path }) => path).toSorted()).toEqual([...names, "\ufffd\ufffd"].toSorted())
  })

  test("links out of the folder, pipes and files that cannot be read are not followed", async () => {
    await writeFile(join(at.dataDir, "outside"), "secret\n")
    await promisify(execFile)("mkfifo", [join(at.root, "pipe")])
    const { files, patch } = await changed(async () => {
      await symlink(at.dataDir, join(at.root, "out"))
      await at.write("closed", "x\n")
      await chmod(join(at.root, "closed"), 0)
    })
    expect(files).toEqual(["added out +1 -0"])
    expect(patch).not.toContain("secret")
  })

  test("a large file is left out, a large change has no patch", async () => {
    const lines = Array.from({ length: 10 }, (_, i) => `${i}`.repeat(1024 * 1024))
    const { files, patch } = await changed(async () => {
      await at.write("huge", Buffer.alloc(17 * 1024 * 1024, "x"))
      for (const i of [1, 2, 3, 4]) await at.write(`large${i}`, `${lines.join(`${i}\n`)}\n`)
    })
    expect(files).toEqual([1, 2, 3, 4].map((i) => `added large${i} +10 -0`))
    expect(patch).toBeNull()
  })

  test("a folder that is gone, or a link, is told as such", async () => {
    await symlink("/etc", join(at.root, "etc"))
    for (const folder of ["none", "etc"]) {
      const refused = changes.snapshot(at.owner, join(at.root, folder))
      await expect(refused).rejects.toThrow(ChangesUnknown)
      await expect(refused).rejects.toThrow(/is not there, or no folder/)
    }
  })

  test("more files than are looked at are told as such; those of ignored folders do not count", async () => {
    const few = new WorkspaceChanges(at.runtime, 100)
    for (let i = 0; i < 100; i++) await at.write(`node_modules/${i}`, "")
    for (let i = 0; i < 100; i++) await at.write(`${i}`, "")
    await few.snapshot(at.owner, at.root)
    await at.write("one more", "")
    await expect(few.snapshot(at.owner, at.root)).rejects.toThrow(/more than 100 files/)
  })

  test("a look that takes too long is given up", async () => {
    const never = { ...at.runtime, run: () => Promise.reject(new Error("find took longer than 20000 ms")) }
    const refused = new WorkspaceChanges(never).snapshot(at.owner, at.root)
    await expect(refused).rejects.toThrow(ChangesUnknown)
    await expect(refused).rejects.toThrow(/took longer/)
  })
})
