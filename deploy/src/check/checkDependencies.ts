import { readFileSync, readdirSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { type DependencyRule, dependencyRules } from "./dependencyRules.ts"
import { type Import, importsOf, packageOf } from "./imports.ts"

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/**
 * The imports of the clone that break a rule, each as a line `file:line: what and why`: against the direction of
 * dependencies, by a relative path into another package, or of something that the package.json does not list.
 * Code that ships may use `dependencies` only; tests and the browser's bundle use the development ones too.
 */
export function checkDependencies(root: string): ReadonlyArray<string> {
  return Object.entries(dependencyRules).flatMap(([folder, rule]) => checkPackage(root, folder, rule))
}

function checkPackage(root: string, folder: string, rule: DependencyRule): ReadonlyArray<string> {
  const packageRoot = join(root, folder)
  const own = readManifest(packageRoot)
  const ships = new Set(Object.keys(own.dependencies ?? {}))
  const develops = new Set([
    ...ships,
    ...Object.keys(own.devDependencies ?? {}),
    ...Object.keys(readManifest(root).devDependencies ?? {}),
  ])
  return sourceFiles(packageRoot).flatMap((file) => {
    const forTests = folder === "ui" || isTestFile(relative(packageRoot, file))
    const listed = forTests ? develops : ships
    return importsOf(readFileSync(file, "utf8")).flatMap((found) => {
      const problem = found.specifier.startsWith(".")
        ? leavesPackage(file, found, packageRoot, folder)
        : (forbidden(found, folder, rule, forTests) ?? unlisted(found, folder, listed))
      return problem === undefined ? [] : [`${relative(root, file)}:${found.line}: ${problem}`]
    })
  })
}

function leavesPackage(file: string, { specifier }: Import, packageRoot: string, folder: string) {
  const target = relative(packageRoot, resolve(dirname(file), specifier))
  if (!target.startsWith("..")) return undefined
  return `imports ${specifier}, outside ${folder}: import the other package by its name, @maillm/<package>/<File>`
}

function forbidden({ specifier }: Import, folder: string, rule: DependencyRule, forTests: boolean) {
  const name = packageOf(specifier)
  if (name === undefined) return undefined
  if (name.startsWith("@maillm/")) {
    if (rule.own.some((prefix) => specifier.startsWith(prefix))) return undefined
    return `imports ${specifier}: ${folder} may import ${rule.own.map((prefix) => `${prefix}*`).join(", ") || "no other package"}`
  }
  if (rule.foreign === undefined || forTests || rule.foreign.includes(name)) return undefined
  return `imports ${specifier}: ${folder} may import ${rule.foreign.join(", ")} only`
}

function unlisted({ specifier }: Import, folder: string, listed: ReadonlySet<string>) {
  const name = packageOf(specifier)
  // A package reaches itself by its own name without listing it.
  if (name === undefined || name === `@maillm/${folder}` || listed.has(name)) return undefined
  return `imports ${specifier}, which ${folder}/package.json does not list`
}

const isTestFile = (path: string) => /^test\/|\/testing\/|\.test\.tsx?$|^vite\.config\.ts$/.test(path)

function sourceFiles(packageRoot: string): ReadonlyArray<string> {
  return readdirSync(packageRoot, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|mts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !/\/(node_modules|dist|\.cache|fixtures)\//.test(relative(packageRoot, path).replace(/^/, "/")),
    )
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
