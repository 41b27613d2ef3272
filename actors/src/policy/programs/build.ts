import type { ActionClass } from "@maillm/schema/Policy"
import { pathsOf, writesFile } from "../files.ts"
import { parseOptions } from "../options.ts"
import { unknownOutput } from "../outputs.ts"
import { UNKNOWN, placeOf } from "../paths.ts"
import type { Call, Programs, Rule } from "../Shell.ts"
import { judgeVariable } from "../variables.ts"
import { shown } from "../Verdict.ts"
import { asksForHelp, forNames } from "../verbs.ts"
import { runsProjectScript } from "./npm.ts"

const publishVerbs =
  /^(publish|deploy|release|push|upload|submit|login|logout|whoami-x|install-x|nuget-push)$/

/** Publishers of plugins of Maven whom everybody uses. */
const knownPlugins =
  /^(org\.(apache|codehaus|springframework|jacoco|sonarsource|owasp|openrewrite|pitest|graalvm|flywaydb|liquibase|eclipse|junit|asciidoctor)|com\.(github\.spotbugs|diffplug|google|spotify|github\.ekryd)|io\.(quarkus|micronaut|fabric8|swagger))[.:]/

/** What a tool runs that is named on its line: `lerna exec -- cmd`, `mvn group:plugin:version:goal`. */
const judgeInner = ({ shell, args, name, input }: Call, rest: ReadonlyArray<string>): void => {
  if (/^((pdf|xe|lua)?(la)?tex|latexmk|pdftex)$/.test(name) && args.some((arg) => arg.startsWith("\\")))
    shell.report("inline-code", `runs what is given on the line as TeX: ${shown(args.join(" "))}`)
  if (name === "m4" && input !== undefined && /syscmd|\0/.test(input.text))
    shell.report("inline-code", "runs commands from within m4")
  if (rest[0] === "exec") {
    const words = args.slice(args.indexOf(args.includes("--") ? "--" : "exec") + 1)
    shell.runWords(words.slice(words.findIndex((word) => !word.startsWith("-"))), input)
  }
  if (/^(opam|nimble|cabal|luarocks)$/.test(name) && rest[0] === "install")
    if (rest.slice(1).some((word) => !word.startsWith(".")))
      shell.report("install-system", `installs for the user: ${shown([name, ...args].join(" "))}`)
  if (/^mvnw?$/.test(name))
    for (const goal of rest)
      if (/^[\w-]+(\.[\w-]+)*:[\w.-]+:[\w.-]+(:|$)/.test(goal) && !knownPlugins.test(goal))
        shell.report("code-from-network", `fetches a plugin and runs it: ${shown(goal)}`)
}

/** What is installed with a build tool goes to the whole machine, unless a folder of the project is named. */
const installs = ({ shell, args, name }: Call, rest: ReadonlyArray<string>): void => {
  const text = shown([name, ...args].join(" "))
  if (
    name === "cmake" &&
    /-P\b|--install\b/.test(text) &&
    args.some((arg) => /^-DCMAKE_INSTALL_PREFIX(:\w+)?=[/~](?!tmp\b|workspace\b)/.test(arg))
  )
    shell.report("install-system", `installs for the whole machine: ${text}`)
  if (
    /^(ninja|meson|cmake)$/.test(name) &&
    (rest.includes("install") || args.includes("--install")) &&
    !/(--prefix|DESTDIR|--destdir)[= ](\.|build|dist|out|\/tmp|\/workspace)/.test(text)
  )
    shell.report("install-system", `installs for the whole machine: ${text}`)
}

/** Where such a tool writes when it is told. */
export const projectTool: Rule = (call) => {
  const { shell, args, name, input } = call
  const text = shown([name, ...args].join(" "))
  if (asksForHelp(args)) return
  const { valuesOf, rest } = parseOptions(args, {
    short: "o",
    long: "--output --out --outDir --outfile --out-dir --outdir --dist-dir --exec --config-x --rootdir-x --destination -out",
  })
  for (const target of valuesOf(
    "-o",
    "--output",
    "--out",
    "--outDir",
    "--outfile",
    "--out-dir",
    "--outdir",
    "--dist-dir",
    "--destination",
  ))
    if (/[/~]/.test(target)) writesFile(shell, target)
  if (name === "ninja" || name === "cmake" || name === "meson")
    for (const value of parseOptions(args, { short: "CPf" }).valuesOf("-C", "-P", "-f"))
      for (const path of pathsOf(shell, value))
        if (!["workspace", "whole-workspace", "unknown"].includes(placeOf(path, shell.context)))
          shell.report("unknown", `runs rules from outside the workspace: ${shown(value)}`)
  if (name === "nodemon")
    for (const command of [...valuesOf("--exec"), ...parseOptions(args, { short: "x" }).valuesOf("-x")])
      shell.runText([command, ...rest].join(" "), input)
  const [verb = ""] = rest
  judgeInner(call, rest)
  installs(call, rest)
  if (
    publishVerbs.test(verb) &&
    /^(nx|lerna|changeset|ng|dotnet|nuget|mvn|mvnw|gradle|gradlew|gh-pages|flit|dvc|mlflow|buf|expo|flutter|pub|web-ext|mkdocs|hexo|hatch|conan|pod|shards|mix|docusaurus|wasm-pack|maturin|dub|vcpkg|sbt|mill|forge)$/.test(
      name,
    ) &&
    !(name === "dotnet" && verb === "publish") &&
    !(name === "mkdocs" && verb === "build")
  )
    shell.report("publish", `publishes to others: ${text}`)
  else if (
    /^(mvn|mvnw|gradle|gradlew|sbt|mkdocs|dotnet|nx|lerna|docusaurus)$/.test(name) &&
    rest.some((word) =>
      /^(deploy|site-deploy|scm:checkin|publish|publishToMavenCentral|release:perform|gh-deploy|publishSigned|uploadArchives|publishPlugins|:?[\w-]+:publish)$/.test(
        word,
      ),
    ) &&
    !(name === "dotnet")
  )
    shell.report("publish", `publishes to others: ${text}`)
  else if (
    /^(dotnet)$/.test(name) &&
    /^(tool|nuget|workload)$/.test(verb) &&
    (args.includes("-g") || args.includes("--global") || rest[1] === "push")
  )
    shell.report(rest[1] === "push" ? "publish" : "install-system", `installs or publishes: ${text}`)
  else if (name === "lefthook" || name === "husky" || name === "pre-commit") {
    shell.report(
      (/^(install|add|set|init)$/.test(verb) && name !== "lefthook") || verb === "install"
        ? "project-script"
        : "project-script",
      `works with the project's hooks: ${text}`,
    )
  } else shell.report("project-script", `checks, tests or builds the project: ${text}`)
}

/** `cmake -E` is a small shell of its own. */
const cmake: Rule = (call) => {
  const { shell, args, input } = call
  if (args[0] !== "-E") return projectTool(call)
  const [verb = "", ...words] = args.slice(1)
  if (/^(rm|remove|remove_directory)$/.test(verb))
    return shell.runWords(["rm", "-r", ...words.filter((word) => !word.startsWith("-"))])
  if (/^(env|time|chdir)$/.test(verb)) {
    const from = words.findIndex((word, index) => !/^-|=/.test(word) && (verb !== "chdir" || index > 0))
    return from < 0 ? undefined : shell.runWords(words.slice(from), input)
  }
  if (
    /^(copy|copy_directory|copy_if_different|rename|create_symlink|create_hardlink|touch|make_directory|tar)$/.test(
      verb,
    )
  ) {
    const program = verb.startsWith("copy")
      ? "cp"
      : verb === "rename"
        ? "mv"
        : verb.startsWith("create")
          ? "ln"
          : verb === "tar"
            ? "tar"
            : verb === "touch"
              ? "touch"
              : "mkdir"
    return shell.runWords([program, ...words])
  }
  return projectTool(call)
}

const graveTarget =
  /^(install|uninstall|deploy[\w-]*|publish[\w-]*|release(?!-?notes)[\w-]*|push[\w-]*|destroy[\w-]*|tf-apply|upload[\w-]*|drop-?db|reset-?db|db-?(drop|reset|wipe)|nuke|purge|wipe[\w-]*|install-[\w-]+|prod[\w-]*|rollback[\w-]*|[\w-]+[-_](deploy|publish|push|destroy|upload))$/

/** `make target`, `just recipe`, `task name`. */
const make: Rule = ({ shell, args, name }) => {
  const { rest, valuesOf, has } = parseOptions(args, {
    short: "CfjIloWd",
    long: "--directory --file --makefile --jobs --justfile --working-directory --eval --set --dir --taskfile",
  })
  const text = shown([name, ...args].join(" "))
  for (const script of valuesOf("--eval"))
    shell.report("obfuscated", `runs rules that are given on the line: ${shown(script)}`)
  if (rest.some((word) => /^(\.SHELLFLAGS|MAKEFLAGS|GNUMAKEFLAGS|MAKEFILES|MFLAGS)[:+]?=/.test(word)))
    shell.report("obfuscated", `sets how make runs its commands: ${text}`)
  for (const setting of rest.filter((word) => /^(SHELL|MAKE|CC|CXX)=/.test(word))) {
    const program = setting.slice(setting.indexOf("=") + 1)
    if (setting.startsWith("SHELL=")) shell.runWords([program, "-c", ":"])
    else if (/[;&|`$(]|\s-c\b/.test(program)) shell.runText(program)
  }
  for (const file of valuesOf("-f", "--file", "--makefile", "--justfile"))
    for (const path of pathsOf(shell, file))
      if (file === "-" || path.startsWith("/dev/") || shell.scope.files.has(path))
        shell.report("inline-code", `runs rules that were written just now: ${text}`)
      else if (placeOf(path, shell.context) !== "workspace")
        shell.report("unknown", `runs rules from outside the workspace: ${text}`)
  for (const folder of valuesOf("-C", "--directory"))
    for (const path of pathsOf(shell, folder))
      if (!["workspace", "whole-workspace", "unknown"].includes(placeOf(path, shell.context)))
        shell.report("unknown", `runs rules from outside the workspace: ${text}`)
  if (has("-n", "--dry-run", "--just-print", "-q", "--list", "--summary")) return
  for (const word of rest) {
    const [, variable, value = ""] = /^([A-Za-z_]\w*)[:+?]?=(.*)$/s.exec(word) ?? []
    if (variable !== undefined) judgeVariable(shell, variable, value)
  }
  const grave = rest.find((word) => graveTarget.test(word))
  const local = rest.some((word) =>
    /^(PREFIX|DESTDIR|prefix)=(\.|\$|build|dist|out|\/tmp|\/workspace)/.test(word),
  )
  if (grave === undefined || (local && /install/.test(grave)))
    shell.report("project-script", `runs a target of the project: ${text}`)
  else if (/^(install|uninstall)$/.test(grave))
    shell.report("install-system", `installs for the whole machine: ${text}`)
  else shell.report("publish", `runs a target that publishes or destroys: ${text}`)
}

/** Other agents, with no person between them and what they do. */
const agent: Rule = ({ shell, args, name }) => {
  if (asksForHelp(args) || /^(mcp list|agents|doctor|--version)/.test(args.join(" "))) return
  shell.report(
    args.some((arg) => /dangerously|yolo|bypass|full-auto|skip-permissions|--force/.test(arg))
      ? "privilege"
      : "unknown",
    `starts another agent: ${shown([name, ...args].join(" "))}`,
  )
}

const compiler: Rule = (call) => {
  const { shell, args, input } = call
  if (input !== undefined && args.includes("-") && !isPlainSource(input.text))
    shell.report("inline-code", "compiles code that is given on the line")
  // A compiler can be made to run a program of one's own, or to load one.
  for (const arg of args) {
    const plugin = /^-(?:fplugin=|wrapper,?|B\/|specs=|Xclang -load)(.*)/.exec(arg)?.[1]
    if (plugin !== undefined) shell.report("obfuscated", `has the compiler run something else: ${shown(arg)}`)
    if (/^@[/~]/.test(arg)) shell.report("unknown", `takes its options from elsewhere: ${shown(arg)}`)
  }
  const wrapper = args[args.indexOf("-wrapper") + 1]
  if (args.includes("-wrapper") && wrapper !== undefined) shell.runText(wrapper.replaceAll(",", " "))
  return projectTool(call)
}

/** Source that names no file of the machine and puts in no other program. */
const isPlainSource = (text: string): boolean =>
  !text.includes(UNKNOWN) &&
  !/["<][/~]|incbin|\basm\b|\b(system|exec\w*|popen|fork|socket|connect|unlink\w*|remove\w*|fopen|open|ptrace|setuid|kill)\s*\(|#\s*(pragma|embed)|\.\.\//.test(
    text,
  )

const nothing =
  (name: ActionClass, reason: string): Rule =>
  ({ shell, args, name: program }) =>
    shell.report(name, `${reason}: ${shown([program, ...args].join(" "))}`)

export const build: Programs = {
  ...forNames("gcc g++ cc c++ clang clang++", compiler),
  cmake,
  ...forNames("ffmpeg", (call) => {
    if (/\b(x11grab|gdigrab|avfoundation|kmsgrab|v4l2|alsa|pulse|dshow|fbdev)\b/.test(call.args.join(" ")))
      call.shell.report("credentials", "reads the screen, the camera or the microphone (ffmpeg)")
    if (call.args.some((arg) => /^(rtmps?|srt|rtp|udp|tcp|https?|ftp):/.test(arg)))
      call.shell.report("network-egress", "streams over the network (ffmpeg)")
    return projectTool(call)
  }),
  ...forNames("make gmake just task mage rake-x bmake remake", make),
  ...forNames("claude codex opencode aider gemini cursor-agent goose amp cline copilot-cli qwen kimi", agent),
  ...forNames("pm2 forever supervisord overmind foreman hivemind", ({ shell, args, name }) => {
    if (
      /^(kill|stopall|killall|((stop|delete|restart|reload) all))$/.test(
        args.slice(0, args[0]?.endsWith("all") ? 1 : 2).join(" "),
      ) ||
      args[0] === "kill"
    )
      shell.report("system", `ends every program that it runs: ${shown([name, ...args].join(" "))}`)
    else if (/^(startup|save)$/.test(args[0] ?? ""))
      shell.report("persistence", `makes programs run from now on: ${shown([name, ...args].join(" "))}`)
    else shell.report("process", `runs or ends the project's programs: ${shown([name, ...args].join(" "))}`)
  }),
  nginx: ({ shell, args }) => {
    if (!args.some((arg) => /^-[tTvVh]$/.test(arg)))
      shell.report("system", `starts or changes a server: ${shown(["nginx", ...args].join(" "))}`)
  },
  ...forNames("wsl cmd powershell pwsh cmd.exe powershell.exe", nothing("unknown", "starts another shell")),
  ...forNames("nix nix-shell nix-build nix-instantiate", ({ shell, args, name }) => {
    const { valuesOf, rest } = parseOptions(args, {
      short: "pAIcE",
      long: "--run --command --packages --attr --expr",
    })
    for (const text of valuesOf("--run", "--command")) shell.runText(text)
    if (name === "nix" && /^(profile|env|store|registry|collect-garbage|upgrade-nix)$/.test(rest[0] ?? ""))
      shell.report("install-system", `changes what is installed: ${shown(args.join(" "))}`)
    else if (
      rest
        .slice(1)
        .some(
          (word) =>
            /^(github|gitlab|git\+|git|https?|path|tarball|sourcehut|nixpkgs[/#]?)/.test(word) &&
            !/^(nixpkgs|path:\.)/.test(word),
        )
    )
      shell.report("code-from-network", `fetches code and runs it: ${shown(args.join(" "))}`)
    else shell.report("project-script", `builds with nix: ${shown(args.join(" "))}`)
  }),
  ...forNames("manage.py", (call) => {
    call.shell.runWords(["django-admin", ...call.args])
    return unknownOutput
  }),
  ...forNames("npm-x", ({ shell, args }) => runsProjectScript(shell, "npm", args[0] ?? "")),
}
