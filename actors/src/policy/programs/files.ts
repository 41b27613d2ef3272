import { deletesFile, emptiesFile, isSourceFolder, pathsOf, writesFile } from "../files.ts"
import { list, parseOptions } from "../options.ts"
import { noOutput, textOutput, unknownOutput } from "../outputs.ts"
import { SOME, UNKNOWN, placeOf } from "../paths.ts"
import { isSecretPath } from "../sensitivePaths.ts"
import type { Call, Programs, Rule, Shell } from "../Shell.ts"
import { runsAside } from "../suspicions.ts"
import { shown } from "../Verdict.ts"
import { forNames } from "../verbs.ts"

const rm: Rule = ({ shell, args, name }) => {
  const { rest, has } = parseOptions(args)
  const whole = has("-r", "-R", "--recursive") || /rimraf|del|trash/.test(name)
  // As an alias, or with names that are appended only then.
  if (rest.length === 0 && has("-r", "-R", "-f", "--recursive", "--force"))
    shell.report("delete-outside-workspace", "deletes what it is given only then")
  if (has("--no-preserve-root"))
    shell.report("delete-outside-workspace", "deletes even the root folder (--no-preserve-root)")
  for (const target of rest) deletesFile(shell, target, whole)
  return noOutput
}

const shred: Rule = ({ shell, args, name }) => {
  const { rest } = parseOptions(args, { short: "ns", long: "--iterations --size" })
  shell.report(
    "anti-forensics",
    `overwrites files so that nobody can restore them: ${shown([name, ...rest].join(" "))}`,
  )
}

/** Copies, moves and links: what is read, and what is written. */
const copy: Rule = ({ shell, args, name }) => {
  const { rest, valuesOf } = parseOptions(args, {
    short: "tSmog",
    long: "--target-directory --suffix --mode --owner --group",
  })
  const [folder] = valuesOf("-t", "--target-directory")
  const target = folder ?? (rest.length > 1 ? rest.at(-1) : name === "ln" ? "." : undefined)
  const sources = folder === undefined ? rest.slice(0, -1) : rest
  if (target !== undefined) writesFile(shell, intoFolder(shell, target, sources))
  if (target !== undefined && name === "cp" && sources.includes("/dev/null")) emptiesFile(shell, target)
  if (target === "/dev/null" && name === "mv") for (const source of sources) deletesFile(shell, source, true)
  for (const source of sources) {
    if (/^\/dev\/(zero|u?random|full)$/.test(source))
      shell.report("resource", `writes without end, which fills the disk: ${shown(source)}`)
    if (name === "mv") movesAway(shell, source, target ?? ".")
    if (name === "ln")
      links(
        shell,
        source,
        args.some((arg) => /^-\w*s|--symbolic/.test(arg)),
      )
    for (const path of pathsOf(shell, source)) {
      const content = shell.scope.files.get(path)
      if (content !== undefined && target !== undefined)
        for (const to of pathsOf(shell, target)) shell.scope.files.set(to, content)
    }
  }
  for (const [variable, mode] of modes(args, name)) checkMode(shell, variable, mode)
  return noOutput
}

/** `cp x ~/.ssh/` writes `~/.ssh/x`. */
const intoFolder = (_shell: Shell, target: string, sources: ReadonlyArray<string>): string =>
  target.endsWith("/") && sources.length === 1
    ? target + (sources[0] ?? "").slice((sources[0] ?? "").lastIndexOf("/") + 1)
    : target

const modes = (args: ReadonlyArray<string>, name: string): ReadonlyArray<readonly [string, string]> =>
  name === "install"
    ? parseOptions(args, { short: "mogt", long: "--mode --owner --group" })
        .valuesOf("-m", "--mode")
        .map((mode) => [args.at(-1) ?? "", mode] as const)
    : []

const movesAway = (shell: Shell, source: string, target: string): void => {
  const leaves = pathsOf(shell, target).some((path) => placeOf(path, shell.context).includes("temporary"))
  for (const path of pathsOf(shell, source)) {
    const place = placeOf(path, shell.context)
    if (place === "whole-workspace")
      shell.report("wipe-workspace", `moves the whole workspace away: ${shown(path)}`)
    if (place === "workspace" && leaves && isSourceFolder(path, shell.context))
      shell.report("wipe-workspace", `moves the workspace's own files out of it: ${shown(path)}`)
    if (place === "workspace" || place === "temporary" || place === "sink") continue
    if (place === "unknown")
      shell.report("write-outside-workspace", "moves a file that is not known until then")
    else deletesFile(shell, source, true)
  }
}

/** A link makes other files look as if they were in the workspace. */
const links = (shell: Shell, source: string, symbolic: boolean): void => {
  // What a symbolic link says is relative to the link, so only an absolute one says where it leads.
  if (symbolic && !source.startsWith("/")) return
  for (const path of pathsOf(shell, source)) {
    if (isSecretPath(path, shell.context)) shell.report("credentials", `links to secrets: ${shown(path)}`)
    else if (
      ["outside", "device", "unknown"].includes(placeOf(path, shell.context)) &&
      !/^\/(usr|opt|lib)\//.test(path)
    )
      shell.report("write-outside-workspace", `links to files outside the workspace: ${shown(path)}`)
  }
}

const writeTargets: Rule = ({ shell, args }) => {
  const { rest } = parseOptions(args, { short: "mZ", long: "--mode --context" })
  for (const target of rest) writesFile(shell, target)
  return noOutput
}

const touch: Rule = ({ shell, args }) => {
  const { rest } = parseOptions(args, { short: "tdr", long: "--date --reference --time" })
  for (const target of rest)
    if (isSecretPath(pathsOf(shell, target)[0] ?? "", shell.context) && !target.includes("/"))
      shell.report("workspace-write", `writes in the workspace: ${shown(target)}`)
    else writesFile(shell, target)
  return noOutput
}

const tee: Rule = ({ shell, args, input }) => {
  const { rest } = parseOptions(args)
  for (const target of rest) {
    writesFile(shell, target)
    if (input?.text === "" && !args.some((arg) => /^-\w*a|^--append/.test(arg))) emptiesFile(shell, target)
    if (input?.endless === true)
      shell.report("resource", `writes without end, which fills the disk: ${shown(target)}`)
    if (input !== undefined && !target.includes(UNKNOWN))
      for (const path of pathsOf(shell, target)) {
        const before = shell.scope.files.get(path) ?? []
        if (before.length < 16) shell.scope.files.set(path, [...before, input])
      }
  }
  return input ?? noOutput
}

const hugeBytes = 2 ** 32
const bytesOf = (size: string): number => {
  const match = /^[+<>/%-]?(\d+(?:\.\d+)?)\s*([kmgtpe]?)i?b?$/i.exec(size)
  if (match === null) return size.includes(UNKNOWN) ? 0 : 0
  return Number(match[1]) * 1024 ** ["", "k", "m", "g", "t", "p", "e"].indexOf((match[2] ?? "").toLowerCase())
}

const truncate: Rule = ({ shell, args, name }) => {
  const { rest, valuesOf } = parseOptions(args, {
    short: "srlo",
    long: "--size --reference --length --offset",
  })
  for (const size of valuesOf("-s", "--size", "-l", "--length"))
    if (bytesOf(size) >= hugeBytes)
      shell.report("resource", `makes a file of ${shown(size)}, which fills the disk (${name})`)
  for (const target of rest) {
    writesFile(shell, target)
    if (valuesOf("-s", "--size").includes("0")) emptiesFile(shell, target)
  }
  return noOutput
}

const chmod: Rule = ({ shell, args }) => {
  const { rest, valuesOf } = parseOptions(
    args.map((arg) => (/^-[rwxXst]+$/.test(arg) && !/^-[R]/.test(arg) ? `u${arg}` : arg)),
    {
      long: "--reference",
    },
  )
  const [mode = "", ...targets] = valuesOf("--reference").length > 0 ? ["", ...rest] : rest
  for (const target of targets) checkMode(shell, target, mode)
  if (/^0*(777|666|000)$|^(a|o|ugo|go)?[+=]r?w[xX]?$|^a?-[rwx]{2,3}$/.test(mode) && !/^\+w$/.test(mode))
    shell.report("privilege", `lets anybody change files, or nobody use them: ${shown(targets.join(" "))}`)
  return noOutput
}

const checkMode = (shell: Shell, target: string, mode: string): void => {
  if (/^0*[2-7]\d{3}$/.test(mode) || /[ugoa]*[+=][rwxX]*s/.test(mode))
    shell.report("privilege", `lets anybody run a program with its owner's rights (setuid): ${shown(target)}`)
  for (const path of pathsOf(shell, target)) {
    const place = placeOf(path, shell.context)
    if (place === "outside" || place === "device" || place === "whole-temporary")
      shell.report(
        /^\/(etc|usr|bin|sbin|lib|boot|var|root|dev|$)/.test(path) ? "privilege" : "write-outside-workspace",
        `changes who may use files outside the workspace: ${shown(path)}`,
      )
    else if (place === "unknown")
      shell.report("write-outside-workspace", "changes who may use files that are not known until then")
    else if (place === "git-data" && /hooks/.test(path))
      shell.report("persistence", `makes a git hook run: ${shown(path)}`)
    else shell.report("workspace-write", `changes who may use files of the workspace: ${shown(target)}`)
  }
}

const chown: Rule = ({ shell, args, name }) => {
  const { rest } = parseOptions(args, { long: "--reference --from" })
  const [owner = "", ...targets] = rest
  if (name !== "chgrp" && /^(root|0)(:|$)/.test(owner))
    shell.report("privilege", `gives files to root: ${shown(targets.join(" "))}`)
  if (args.some((arg) => /^-\w*R|^--recursive/.test(arg)))
    shell.report("privilege", `gives whole folders to another user: ${shown(targets.join(" "))}`)
  for (const target of targets) checkMode(shell, target, "")
}

const chattr: Rule = ({ shell, args }) =>
  shell.report("privilege", `changes protections of files: ${shown(args.join(" "))}`)

/** Archives: what is written where. */
const tar: Rule = ({ shell, args }) => {
  // The first word of old may lack its dash: tar xzf a.tgz.
  const dashed = args.map((arg, index) => (index === 0 && /^[A-Za-z]+$/.test(arg) ? `-${arg}` : arg))
  const { has, valuesOf, rest } = parseOptions(dashed, {
    short: "fCTXbIFLKHgN",
    long: "--file --directory --files-from --exclude-from --exclude --use-compress-program --to-command --checkpoint-action --checkpoint --rsh-command --strip-components --transform --info-script --new-volume-script --rmt-command --owner --group --mode",
  })
  for (const text of valuesOf(
    "--to-command",
    "--use-compress-program",
    "-I",
    "--info-script",
    "--new-volume-script",
    "--rsh-command",
    "--rmt-command",
    "-F",
  ))
    runsAside(shell, "tar", text)
  for (const action of valuesOf("--checkpoint-action"))
    if (action.startsWith("exec=")) runsAside(shell, "tar", action.slice(5))
  const [folder = "."] = valuesOf("-C", "--directory")
  const files = valuesOf("-f", "--file")
  if (has("-x", "--extract", "--get")) {
    writesFile(shell, folder.endsWith("/") ? folder : `${folder}/`)
    if (has("-P", "--absolute-names"))
      shell.report("write-outside-workspace", "may write anywhere (tar --absolute-names)")
  } else if (has("-c", "-r", "-u", "--create", "--append", "--update")) {
    for (const file of files)
      if (file !== "-")
        if (/^[^/]*:/.test(file))
          shell.report("network-egress", `sends an archive to another machine: ${shown(file)}`)
        else writesFile(shell, file)
    wholeOfElsewhere(shell, rest)
    if (has("--remove-files")) for (const target of rest) deletesFile(shell, target, true)
  }
}

/** `cpio`: unpacks wherever the names in the archive say, unless told not to. */
const cpio: Rule = ({ shell, args, input }) => {
  const { has, valuesOf, rest } = parseOptions(args, {
    short: "CEFHIMORVD",
    long: "--file --format --directory --owner --pattern-file --block-size --io-size",
  })
  for (const folder of valuesOf("-D", "--directory")) writesFile(shell, `${folder}/`)
  for (const file of valuesOf("-O", "-F", "--file")) writesFile(shell, file)
  if (has("-p", "--pass-through")) writesFile(shell, rest[0] ?? ".")
  else if (has("-i", "--extract") && !has("-t", "--list", "--no-absolute-filenames", "--to-stdout"))
    shell.report("write-outside-workspace", "may write anywhere (cpio without --no-absolute-filenames)")
  else if (has("-o", "--create") && (input?.text ?? UNKNOWN).includes(UNKNOWN))
    shell.report("unknown", "packs files that are not known until then (cpio)")
}

/** Packing up a whole machine or home is what a thief does. */
const wholeOfElsewhere = (shell: Shell, sources: ReadonlyArray<string>): void => {
  for (const source of sources)
    for (const path of pathsOf(shell, source))
      if (
        path === "/" ||
        path === "/etc" ||
        path === "/home" ||
        [".config", ".local", ".local/share", "Library"].some(
          (name) => path === `${shell.context.home}/${name}`,
        ) ||
        (path === shell.context.home && path !== shell.context.workspace)
      )
        shell.report("credentials", `packs up ${shown(path)}, with the secrets in it`)
}

const zip: Rule = ({ shell, args, name }) => {
  const { rest, valuesOf, has } = parseOptions(args, {
    short: "btnix",
    long: "--temp-path --unzip-command --exclude --include",
  })
  for (const text of valuesOf("--unzip-command")) runsAside(shell, "zip", text)
  if (args.some((arg) => arg.startsWith("-TT")) || (has("-T") && args.includes("-TT")))
    runsAside(shell, "zip", args[args.findIndex((arg) => arg.startsWith("-TT")) + 1] ?? UNKNOWN)
  // 7z x -o/folder
  for (const arg of args) if (/^-o[/~.]/.test(arg)) writesFile(shell, arg.slice(2))
  const seven = name.startsWith("7z") || name === "rar"
  if (seven && /^[lt]/.test(rest[0] ?? "")) return
  const [archive, ...sources] = seven ? rest.slice(1) : rest
  if (archive !== undefined && archive !== "-") writesFile(shell, archive)
  wholeOfElsewhere(shell, sources)
  if (has("-m", "--move") || args.includes("-sdel"))
    for (const source of sources) deletesFile(shell, source, true)
}

const unpack: Rule = ({ shell, args }) => {
  const { valuesOf, has } = parseOptions(args, { short: "dxPo", long: "--output-directory" })
  if (has("-l", "-t", "-Z", "-v") && !has("-d")) return
  writesFile(shell, valuesOf("-d", "-o", "--output-directory")[0] ?? ".")
}

/** Programs that write beside what they read: gzip, xz, split, dos2unix. */
const inPlace: Rule = ({ shell, args, input }) => {
  // What comes without end goes on without end.
  if (input?.endless === true) return { ...unknownOutput, endless: true }
  if (args.some((arg) => /^-\w*[clt]|--stdout|--to-stdout|--list|--test/.test(arg))) return
  const { rest } = parseOptions(args, {
    short: "SbnlCa",
    long: "--suffix --bytes --lines --number --threads",
  })
  for (const target of rest) writesFile(shell, target)
  return
}

const split: Rule = ({ shell, args }) => {
  const { rest, valuesOf } = parseOptions(args, {
    short: "abClnt",
    long: "--filter --lines --bytes --number --suffix-length",
  })
  writesFile(shell, rest[1] ?? "xaa")
  // The filter is told by a variable what it may write.
  const before = shell.scope.variables.get("FILE")
  shell.scope.variables.set("FILE", [[`${rest[1] ?? "x"}${SOME}`]])
  for (const text of valuesOf("--filter")) runsAside(shell, "split", text)
  if (before === undefined) shell.scope.variables.delete("FILE")
  else shell.scope.variables.set("FILE", before)
}

const patch: Rule = ({ shell, args }) => {
  const { rest, valuesOf } = parseOptions(args, {
    short: "dipoBFVzgYr",
    long: "--directory --input --output --strip",
  })
  writesFile(shell, valuesOf("-o", "--output")[0] ?? rest[0] ?? valuesOf("-d", "--directory")[0] ?? ".")
}

const dd: Rule = ({ shell, args }) => {
  const value = (key: string) => args.find((arg) => arg.startsWith(`${key}=`))?.slice(key.length + 1)
  const [from, to] = [value("if"), value("of")]
  const count = Number(value("count") ?? Number.NaN)
  const size = bytesOf(value("bs") ?? "512") * count
  if (to !== undefined) {
    writesFile(shell, to)
    if (/^\/dev\/(zero|u?random|null)$/.test(from ?? "")) emptiesFile(shell, to)
  }
  if (
    /^\/dev\/(zero|u?random|full)$/.test(from ?? "") &&
    !(size < 2 ** 30) &&
    to !== undefined &&
    to !== "/dev/null"
  )
    shell.report("resource", `fills ${shown(to)} without end, or far too much`)
}

const mktemp: Rule = ({ shell, args }) => {
  const { rest, valuesOf } = parseOptions(args, { short: "p", long: "--suffix --tmpdir" })
  const [folder = "/tmp"] = valuesOf("-p", "--tmpdir")
  const template = rest[0]
  const path = template?.includes("/")
    ? template.replace(/X{3,}/, "\u0001")
    : `${folder === "" ? "/tmp" : folder}/\u0001`
  writesFile(shell, path)
  return textOutput(path)
}
const link: Rule = (call) => copy(call)

export const files: Programs = {
  ...forNames("rm rmdir unlink rimraf del del-cli trash trash-put gio-trash srm-keep", rm),
  ...forNames("shred srm wipe sdelete scrub", shred),
  ...forNames("cp mv ln install gcp gmv cpy cpy-cli", copy),
  link,
  touch,
  ...forNames("mkdir mkdirp mkfifo mksquashfs", writeTargets),
  ...forNames("tee sponge", tee),
  ...forNames("truncate fallocate", truncate),
  chmod,
  ...forNames("chown chgrp", chown),
  ...forNames("chattr setfacl", chattr),
  ...forNames("tar gtar bsdtar", tar),
  cpio,
  ...forNames("zip 7z 7za 7zr rar", zip),
  ...forNames("unzip unrar unar bsdunzip", unpack),
  ...forNames(
    "gzip gunzip bzip2 bunzip2 xz unxz zstd unzstd lz4 brotli compress uncompress dos2unix unix2dos",
    inPlace,
  ),
  ...forNames("split csplit", split),
  patch,
  dd,
  mktemp,
  mknod: ({ shell, args }) => shell.report("privilege", `makes a device file: ${shown(args.join(" "))}`),
  rename: ({ shell, args }) => {
    const { rest } = parseOptions(args)
    for (const target of rest.slice(1)) writesFile(shell, target)
  },
}

export const filePrograms = list("rm cp mv")
export type FileCall = Call
