import { noOutput, unknownOutput } from "./outputs.ts"
import { SOME, UNKNOWN, type Place, placeOf, resolvePath, shownPath } from "./paths.ts"
import { isPersistentPath, isSecretPath, isTracePath } from "./sensitivePaths.ts"
import type { Output, Shell } from "./Shell.ts"
import { shown } from "./Verdict.ts"

/** The paths that a word may mean: one for each directory that the shell may be in. */
export const pathsOf = ({ scope }: Shell, value: string): ReadonlyArray<string> =>
  scope.cwds.map((cwd) => resolvePath(value, cwd))

/** Judges that a file is read; answers its content if the same script wrote it. */
export const readsFile = (shell: Shell, value: string): Output => {
  for (const path of pathsOf(shell, value)) {
    const net = /^\/dev\/(tcp|udp)\/([^/]*)/.exec(path)
    if (net !== null) {
      shell.report("network-egress", `opens a network connection to ${shown(net[2] ?? "")}`)
      return { ...unknownOutput, network: true }
    }
    if (isSecretPath(path, shell.context))
      shell.report("credentials", `reads secrets: ${shown(shownPath(path))}`)
    else if (placeOf(path, shell.context) === "device")
      shell.report("disk", `reads a device directly: ${shown(shownPath(path))}`)
    const known = shell.scope.files.get(path)
    if (known !== undefined && known.length === 1) return known[0] ?? unknownOutput
    if (path === "/dev/null") return noOutput
    if (known === undefined && placeOf(path, shell.context) === "workspace")
      return { ...unknownOutput, file: path }
  }
  return unknownOutput
}

const writeClasses = {
  workspace: ["workspace-write", "writes in the workspace"],
  "whole-workspace": ["workspace-write", "writes in the workspace"],
  "git-data": ["git-history", "writes into the repository's own data"],
  temporary: ["temporary-files", "writes a temporary file"],
  "whole-temporary": ["temporary-files", "writes temporary files"],
  device: ["disk", "writes to a device directly"],
  sink: ["read", "writes nowhere"],
  outside: ["write-outside-workspace", "writes files outside the workspace"],
  unknown: ["write-outside-workspace", "writes to a place that is not known until then"],
} as const satisfies Record<Place, readonly [string, string]>

/** Judges that a file is written or made. */
export const writesFile = (shell: Shell, value: string): void => {
  for (const path of pathsOf(shell, value)) {
    const text = shown(shownPath(path))
    if (/^\/dev\/(tcp|udp)\//.test(path)) shell.report("network-egress", `sends over the network: ${text}`)
    else if (isTracePath(path)) shell.report("anti-forensics", `changes traces of what was done: ${text}`)
    else if (isPersistentPath(path, shell.context))
      shell.report(
        "persistence",
        `writes a file that runs by itself later, or decides what is allowed: ${text}`,
      )
    else if (/^\/(proc|sys)\//.test(path)) shell.report("system", `changes a setting of the kernel: ${text}`)
    else {
      const place = placeOf(path, shell.context)
      // Below a known folder of the workspace a name made from variables is ordinary work.
      const ordinary = place === "unknown" && isOrdinaryName(path, shell)
      const [name, reason] = writeClasses[ordinary ? "workspace" : place]
      shell.report(name, `${reason}: ${text}`)
    }
  }
}

/** Files that are somebody's work: losing what is in them is like deleting them. */
const workFile =
  /\.(m?[jt]sx?|cjs|py|pyi|go|rs|java|kt|scala|c|cc|cpp|cxx|h|hpp|rb|php|cs|fs|swift|m|vue|svelte|astro|html|css|scss|less|sql|md|rst|tex|ipynb|json|ya?ml|toml|xml|proto|graphql|tf|lua|pl|ex|exs|erl|hs|dart|sh|db|sqlite3?|csv|parquet|lock)$|(^|\/)(Makefile|Dockerfile|LICENSE|README|go\.(mod|sum)|\.env[\w.]*)$/
/** Empty by their nature. */
const bornEmpty =
  /(^|\/)(__init__\.py|py\.typed|\.gitkeep|\.keep|index\.md)$|(^|\/)(logs?|tmp|temp|cache|\.cache|coverage)\//

/** Judges that all that a file holds is thrown away. */
export const emptiesFile = (shell: Shell, value: string): void => {
  for (const path of pathsOf(shell, value)) {
    const place = placeOf(path, shell.context)
    if (shell.scope.files.has(path)) continue
    if (
      place === "whole-workspace" ||
      (place === "workspace" && isWork(path, shell) && !bornEmpty.test(path))
    )
      shell.report("wipe-workspace", `throws away what a file holds: ${shown(shownPath(path))}`)
  }
}

const isWork = (path: string, { context }: Shell): boolean =>
  workFile.test(path) ||
  path.slice(context.workspace.length + 1).startsWith(`src/${SOME}`) ||
  path.endsWith(`/${SOME}`)

const isOrdinaryName = (path: string, { context }: Shell): boolean => {
  const known = path.slice(0, path.indexOf(UNKNOWN))
  return (
    (known.startsWith(`${context.workspace}/`) && known.length > context.workspace.length + 1) ||
    /^\/(tmp|var\/tmp)\/./.test(known)
  )
}

/** Folders at the top of a workspace that are its work, not its output. */
const sourceFolders =
  /^(src|source|sources|data|uploads|storage|media|notebooks|scripts|app|apps|packages|lib|libs|test|tests|spec|docs|server|client|backend|frontend|api|web|ui|components|pages|migrations|db|config|internal|pkg|cmd|crates|include|\.github)$/

/** A pattern that takes every source file of a folder. */
const allSources =
  /(^|\/)[*\u0001]\.(m?[jt]sx?|py|go|rs|java|kt|c|cc|cpp|h|hpp|rb|php|cs|swift|vue|svelte|html|css|scss|sql|md|json|ya?ml|\*)$/
const builtFolders =
  /^(.*\/)?(dist|build|out|lib|target|coverage|generated|gen|public|static|tmp|temp|cache|\.\w+|node_modules|__pycache__|bin|obj|logs?|reports?|output)\//

/** Whether a path is a folder at the top of the workspace that holds its work. */
export const isSourceFolder = (path: string, { workspace }: Shell["context"]): boolean =>
  path.startsWith(`${workspace}/`) &&
  sourceFolders.test(path.slice(workspace.length + 1).replace(/\/\*$/, ""))

/** At the top of a workspace: files without which the project cannot be built. */
const manifest =
  /^(package\.json|Makefile|CMakeLists\.txt|Cargo\.toml|go\.mod|pyproject\.toml|setup\.(py|cfg)|requirements\.txt|pom\.xml|build\.gradle(\.kts)?|Gemfile|composer\.json|mix\.exs|Dockerfile|docker-compose\.ya?ml|tsconfig\.json|LICENSE|README(\.md)?|\.gitignore|\.git(attributes|modules)?)$/

/** Judges that a file, or a folder with all in it, is deleted. */
export const deletesFile = (shell: Shell, value: string, whole: boolean): void => {
  const { context } = shell
  for (const path of pathsOf(shell, value)) {
    const text = shown(shownPath(path))
    if (isTracePath(path)) {
      shell.report("anti-forensics", `deletes traces of what was done: ${text}`)
      continue
    }
    const rest = path.slice(context.workspace.length + 1)
    switch (placeOf(path, context)) {
      case "workspace":
        if (isSecretPath(path, context)) shell.report("credentials", `deletes secrets: ${text}`)
        else if (allSources.test(rest) && !builtFolders.test(rest))
          shell.report("wipe-workspace", `deletes all source files of a folder: ${text}`)
        else if (manifest.test(rest))
          shell.report("wipe-workspace", `deletes what the project is built by: ${text}`)
        else if (whole && isSourceFolder(path, context))
          shell.report("wipe-workspace", `deletes a whole folder of the workspace's own files: ${text}`)
        else shell.report("delete-in-workspace", `deletes in the workspace: ${text}`)
        break
      case "whole-workspace":
        shell.report("wipe-workspace", `deletes the whole workspace: ${text}`)
        break
      case "git-data":
        shell.report("wipe-workspace", `deletes the repository's own data: ${text}`)
        break
      case "temporary":
        shell.report("temporary-files", `deletes a temporary file: ${text}`)
        break
      case "sink":
      case "device":
        shell.report("disk", `deletes a device: ${text}`)
        break
      case "unknown":
        shell.report("delete-outside-workspace", `deletes something that is not known until then: ${text}`)
        break
      case "whole-temporary":
      case "outside":
        shell.report("delete-outside-workspace", `deletes files outside the workspace: ${text}`)
    }
  }
}

export const isSome = (value: string): boolean => value.includes(SOME)
