import { pathsOf, readsFile, writesFile } from "../files.ts"
import {
  changed,
  decodedOutput,
  joined,
  namesBelow,
  manyLines,
  noOutput,
  plainOutput,
  textOutput,
  unknownOutput,
} from "../outputs.ts"
import { list, parseOptions } from "../options.ts"
import { SOME, UNKNOWN, placeOf } from "../paths.ts"
import type { Output, Programs, Rule } from "../Shell.ts"
import { runsAside } from "../suspicions.ts"
import { shown } from "../Verdict.ts"
import { forNames } from "../verbs.ts"
import { servicePort, vital } from "./system.ts"

/** Programs that only read what they are given and print: all their options are harmless. */
const readers = `
  ls dir vdir exa eza lsd tree stat file wc du df realpath readlink md5sum sha1sum sha224sum sha256sum sha384sum sha512sum
  b2sum cksum sum shasum md5 nl fold fmt expand unexpand column pr cmp comm diff colordiff diff3 sdiff icdiff delta
  wdiff difft strings hexdump od nm objdump readelf size ldd ar-t cal uptime free vmstat iostat mpstat lscpu lsblk-l
  lsusb lspci nproc uname arch hostnamectl-s who w users groups id whoami logname tty locale getconf getent-l lsb_release
  sw_vers tput stty clear reset sleep factor bc dc units numfmt paste join look spell aspell shuf-l tsort cloc tokei scc
  sloccount bat batcat most pygmentize highlight figlet cowsay lolcat fortune toilet banner jo jless fx gron dasel
  xmllint xmlstarlet csvlook csvcut csvstat csvgrep csvsort mlr xsv qsv q pup htmlq hxselect tac rev htop top btop atop
  glances ncdu dust duf procs pgrep pidof pstree lsof fuser-l ss netstat ifconfig-l arping-l dmesg-l last lastlog man
  info apropos whatis tldr cheat ctags etags cscope global rtags identify exiftool-r mediainfo ffprobe pdfinfo pdftotext
  pdfgrep antiword catdoc pandoc-r test-r zcat bzcat xzcat zstdcat lz4cat zless zmore zdiff zcmp gzcat less more head
  tail cat hd xxd-r envsubst msgfmt iconv uconv jsonlint yamllint jsonschema ajv check-jsonschema taplo-l typos codespell
  misspell shellcheck hadolint actionlint markdownlint markdownlint-cli markdownlint-cli2 vale proselint write-good
  alex textlint cspell lychee-l dive-l nslookup-l date ncal seq yes-l basename dirname printf-l expr cut tr sort uniq
  grep egrep fgrep zgrep rg ag ack ripgrep sift pt ugrep git-grep fzf fzy sk peco choose hck frawk ansi2txt ansifilter
  pv moreutils isutf8 combine ifne pee-l zrun vidir-l column2 base64-l locate mlocate plocate whereis updatedb-l ifdata inotifywait fswatch
  tokeignore loc gocloc lizard radon wily pydeps madge depcheck npm-check-l dependency-cruiser depcruise size-limit
  bundlesize jscpd license-checker cargo-tree licensee hash sccache-l ccache-l gcov lcov-l gcovr genhtml-l nproc sysctl-r
  hexyl asciinema-l scrot-l xdpyinfo glxinfo vainfo nvidia-smi rocm-smi sensors acpi upower powertop-l numactl-r dig-l
`
  .trim()
  .split(/\s+/)
  .filter((name) => !/-(l|r|t|s)$/.test(name))

const onlyReads: Rule = () => undefined

const endlessDevice = /^\/dev\/(zero|u?random|full)$/

const cat: Rule = ({ shell, args, input, name, toFile }) => {
  const cuts = name === "head" || name === "tail"
  const { rest, valuesOf } = parseOptions(args, cuts ? { short: "ncs", long: "--lines --bytes" } : {})
  const files = rest.filter((arg) => arg !== "-")
  if (files.length === 0)
    return { ...(input ?? unknownOutput), endless: input?.endless === true && name !== "head" }
  if (toFile && files.some((file) => endlessDevice.test(file))) {
    const [size = ""] = valuesOf("-c", "--bytes")
    if (!cuts || /\d\d+G|\d[TPE]|\d{11,}/i.test(size))
      shell.report(
        "resource",
        `writes without end, which fills the disk: ${shown([name, ...args].join(" "))}`,
      )
  }
  const endless = !cuts && files.some((file) => endlessDevice.test(file))
  if (name === "tail" && files.some((file) => endlessDevice.test(file)))
    shell.report("resource", `reads without end, which fills the memory: ${shown([name, ...args].join(" "))}`)
  return { ...joined(files.map((file) => readsFile(shell, file))), endless }
}

/** Filters that let some of their lines through: what comes in may come out. */
const filter: Rule = ({ shell, args, input, name }) => {
  const { rest, valuesOf } = parseOptions(args, { short: "okmnsetfTdS", long: "--output --key" })
  for (const file of name === "sort" ? valuesOf("-o", "--output") : []) writesFile(shell, file)
  if (name === "sort")
    for (const program of parseOptions(args, { long: "--compress-program" }).valuesOf("--compress-program"))
      shell.runWords([program])
  if (name === "uniq" && rest.length > 1 && rest[1] !== undefined) writesFile(shell, rest[1])
  return input ?? unknownOutput
}

const grep: Rule = ({ shell, args, input, name }) => {
  const { has, rest, valuesOf } = parseOptions(args, {
    short: name === "rg" ? "efgtTABCmjMEdr" : "efABCmdD",
    long: "--regexp --file --glob --type --include --exclude --exclude-dir --max-count --pre --color --context --hostname-bin",
  })
  // ripgrep runs this program for every file.
  for (const program of valuesOf("--pre", "--hostname-bin")) shell.runWords([program])
  const paths = has("-e", "--regexp", "-f", "--file", "--files") ? rest : rest.slice(1)
  if (has("-l", "-L", "--files-with-matches", "--files", "--files-without-match", "-rl"))
    return joined((paths.length === 0 ? ["."] : paths).map((path) => linesBelow(path)))
  if (paths.length > 0 || has("-r", "-R")) return { ...unknownOutput }
  if (input?.processes === "all" && !has("-v"))
    return rest.slice(0, 1).some(namesVital) ? { ...input, processes: "vital" } : unknownOutput
  // What a thief looks for in the environment is told by the command that prints it.
  return has("-o", "-c") ? changed(input) : (input ?? unknownOutput)
}

/** Whether a pattern finds the processes of a program that others need: `[n]ginx`, `python`. */
export const namesVital = (pattern: string): boolean => vital.test(pattern.replaceAll(/[[\]^$\\]/g, ""))

const linesBelow = (path: string): Output =>
  /[*?[]/.test(path) || path.includes(UNKNOWN)
    ? textOutput(`${path.replace(/[^/]*[*?[].*$/, "")}${SOME}\n`)
    : textOutput(`${namesBelow(path).text}\n`)

const base64: Rule = ({ args, input, shell }) => {
  const { has, rest } = parseOptions(args, { short: "w", long: "--wrap" })
  const content = rest[0] !== undefined && rest[0] !== "-" ? readsFile(shell, rest[0]) : input
  if (!has("-d", "-D", "--decode")) return changed(content)
  const text = content?.text ?? UNKNOWN
  if (text.includes(UNKNOWN) || text.includes(SOME)) return decodedOutput(UNKNOWN, content)
  return decodedOutput(Buffer.from(text, "base64").toString("utf8"), content)
}

const decoders: Rule = ({ args, input }) => {
  void args
  return decodedOutput(UNKNOWN, input)
}

const xxd: Rule = ({ args, input, shell }) => {
  const { has, rest } = parseOptions(args, { short: "clsog" })
  if (rest[1] !== undefined) writesFile(shell, rest[1])
  if (!has("-r")) return changed(input)
  const hex = (input?.text ?? UNKNOWN).replaceAll(/\s+/g, "").replaceAll(/\\x/g, "")
  return decodedOutput(/^[0-9a-fA-F]+$/.test(hex) ? Buffer.from(hex, "hex").toString("utf8") : UNKNOWN, input)
}

const rev: Rule = ({ input, args, name }) => {
  if (args.some((arg) => !arg.startsWith("-")) || input === undefined) return unknownOutput
  if (name === "tac") return input
  const text = input.text
    .split("\n")
    .map((line) => Array.from(line).toReversed().join(""))
    .join("\n")
  return decodedOutput(text, input)
}

const tr: Rule = ({ args, input }) => {
  const words = args.filter((arg) => !/^-[a-zA-Z]+$/.test(arg))
  const text = input?.text ?? UNKNOWN
  const [from = "", to = ""] = words
  if (text.includes(UNKNOWN)) return unknownOutput
  const deleting = args.some((arg) => /^-\w*[ds]/.test(arg))
  // Line ends to blanks and the like leave the words as they are.
  if (/^(\\n|\n| |,|:|\\t|\\r|\\0|\[:space:\]|\\r\\n)*$/.test(from) && /^(\\n|\n| |,|:|\\t|\\0)*$/.test(to))
    return {
      ...(input ?? noOutput),
      text: deleting ? text : text.replaceAll(/[\n,]/g, to.replaceAll("\\n", "\n") || " "),
    }
  const [source, target] = [expandSet(from), expandSet(to)]
  if (deleting || source === undefined || target === undefined || target === "")
    return decodedOutput(UNKNOWN, input)
  const mapped = Array.from(text, (char) => {
    const at = source.lastIndexOf(char)
    return at < 0 ? char : (target[Math.min(at, target.length - 1)] ?? char)
  })
  return decodedOutput(mapped.join(""), input)
}

const expandSet = (set: string): string | undefined => {
  if (/\\|\[[:=]/.test(set) || set.length > 256) return undefined
  return set.replace(/([^-])-([^-])/g, (_, low: string, high: string) => {
    const [from, to] = [low.charCodeAt(0), high.charCodeAt(0)]
    return to < from || to - from > 255
      ? ""
      : String.fromCharCode(...Array.from({ length: to - from + 1 }, (_, index) => from + index))
  })
}

const ls: Rule = ({ args }) => {
  const { rest } = parseOptions(args, { short: "IwT" })
  if (args.some((arg) => /^-\w*l/.test(arg))) return unknownOutput
  // All that is in a folder, by names that say nothing of the folder.
  const all = rest.map((path) =>
    /[*?[]|\.\w+$/.test(path) && !/^(\.\/)?\*\/?$/.test(path)
      ? linesBelow(path)
      : textOutput(/\*\/*$/.test(path) ? `${path.replace(/(^|\/)\*\/*$/, "") || "."}/*\n` : "*\n"),
  )
  return rest.length === 0 ? textOutput("./*\n") : joined(all)
}

const xmllint: Rule = ({ shell, args }) => {
  const { valuesOf } = parseOptions(args, { short: "o", long: "--output" })
  for (const file of valuesOf("-o", "--output")) writesFile(shell, file)
}

const yes: Rule = ({ shell, piped, toFile }) => {
  if (!piped || toFile) shell.report("resource", "prints without end (yes)")
  return { ...unknownOutput, endless: true }
}

const date: Rule = ({ shell, args }) => {
  if (
    args.some(
      (arg, index) =>
        /^(-s|--set|\d{8})/.test(arg) && !/^(-[drf]|--date|--reference|--file)$/.test(args[index - 1] ?? ""),
    )
  )
    shell.report("system", "sets the machine's clock")
  return plainOutput
}

const ps: Rule = ({ shell, args }) => {
  // With BSD options "e" adds the environment of every process.
  if (/^[a-df-z]*e[a-z]*$/.test(args[0] ?? ""))
    shell.report("credentials", "shows the environment of other processes (ps e)")
  const some = args.some((arg) => /^(-[pCt]|--?p?pid)\b/.test(arg))
  // Nothing but numbers: all processes, as if the answer were -1.
  if (!some && args.some((arg) => /^-?o?=?pid=?$/.test(arg.replace(/^-e?o/, "-o")))) return textOutput("-1")
  return some ? unknownOutput : { ...unknownOutput, processes: "all" }
}

const pager: Rule = (call) => cat(call)

/** What only reads, and what its output may be. */
export const readPrograms: Programs = {
  ...forNames(readers.join(" "), onlyReads),
  ...forNames("cat head tail tac zcat bat batcat", cat),
  ...forNames("less more most view-r", pager),
  ...forNames("sort uniq shuf column nl fold pv", filter),
  ...forNames("grep egrep fgrep rg ag ack ugrep zgrep", grep),
  ...forNames("base64 gbase64", base64),
  ...forNames("base32 basenc uudecode ascii85 basez", decoders),
  xxd,
  ...forNames("rev tac", rev),
  tr,
  ...forNames("ls exa eza lsd tree", ls),
  man: ({ shell, args }) => {
    for (const pager of parseOptions(args, { short: "PpH", long: "--pager --html" }).valuesOf(
      "-P",
      "--pager",
      "-H",
      "--html",
    ))
      runsAside(shell, "man", pager)
  },
  ...forNames("xmllint", xmllint),
  yes,
  date,
  ps,
  ...forNames(
    "nproc wc id whoami uname hostname md5sum sha256sum sha1sum shasum cksum uuidgen getconf expr bc dc stat du tput sysctl-n cal",
    () => plainOutput,
  ),
  ...forNames("basename", ({ args }) => {
    const [name = UNKNOWN, suffix = ""] = args.filter((arg) => !arg.startsWith("-"))
    if (name.includes(UNKNOWN)) return plainOutput
    const last = name.replace(/\/+$/, "").slice(name.replace(/\/+$/, "").lastIndexOf("/") + 1)
    return textOutput(suffix !== "" && last.endsWith(suffix) ? last.slice(0, -suffix.length) : last)
  }),
  ...forNames("dirname", ({ args }) => {
    const [name = UNKNOWN] = args
    if (name.includes(UNKNOWN)) return unknownOutput
    return textOutput(name.includes("/") ? name.slice(0, name.lastIndexOf("/")) || "/" : ".")
  }),
  ...forNames("realpath readlink", ({ args, shell }) => {
    const { rest } = parseOptions(args)
    const [path] = pathsOf(shell, rest[0] ?? UNKNOWN)
    return path !== undefined && placeOf(path, shell.context) !== "unknown" ? textOutput(path) : unknownOutput
  }),
  lsof: ({ args }) =>
    args.some((arg) => servicePort.test(arg.replace(/^.*:/, ""))) ? textOutput("-1") : plainOutput,
  // So many numbers go on for ever, as far as a disk can tell.
  seq: ({ args }) => ({
    ...(Number(args.at(-1)) > manyLines ? textOutput(`${SOME}\n`.repeat(manyLines + 1)) : plainOutput),
    endless: args.some((arg) => /^\d{10,}$/.test(arg)),
  }),
  // All processes of root are all that matter: as if the answer were -1.
  ...forNames("pgrep pidof", ({ args }) =>
    args.some((arg) => /^(-u|-U|--e?uid|-v)/.test(arg) || vital.test(arg)) ? textOutput("-1") : plainOutput,
  ),
  hostname: ({ shell, args }) => {
    if (args.some((arg) => !arg.startsWith("-"))) shell.report("system", "changes the machine's name")
    return plainOutput
  },
  ss: ({ shell, args }) => {
    if (args.some((arg) => /^(-\w*K|--kill)/.test(arg))) shell.report("system", "cuts connections (ss -K)")
  },
  getent: ({ shell, args }) => {
    if (/^(passwd|shadow|gshadow)$/.test(args[0] ?? ""))
      shell.report("credentials", "lists the machine's accounts")
  },
}

export const readerNames = list(readers.join(" "))
