import { list } from "../options.ts"
import type { Programs } from "../Shell.ts"
import { forNames } from "../verbs.ts"
import { build, projectTool } from "./build.ts"
import { builtins } from "./builtins.ts"
import { clouds } from "./cloud.ts"
import { containers } from "./containers.ts"
import { databases } from "./databases.ts"
import { files } from "./files.ts"
import { gitPrograms } from "./git.ts"
import { interpreters } from "./interpreters.ts"
import { network } from "./network.ts"
import { ordinary } from "./ordinary.ts"
import { packages } from "./packages.ts"
import { readPrograms, readerNames } from "./read.ts"
import { search } from "./search.ts"
import { secrets } from "./secrets.ts"
import { shells } from "./shells.ts"
import { system } from "./system.ts"
import { wrappers } from "./wrappers.ts"

const withOwnRules: Programs = {
  ...readPrograms,
  ...build,
  ...search,
  ...databases,
  ...packages,
  ...containers,
  ...clouds,
  ...gitPrograms,
  ...interpreters,
  ...files,
  ...network,
  ...secrets,
  ...system,
  ...shells,
  ...wrappers,
  ...builtins,
}

/** Tools that check, test, build or format the project: what they run stands in the project's own files. */
const projectTools = [...ordinary.keys()].filter(
  (call) => !/^_| /.test(call) && !Object.hasOwn(withOwnRules, call),
)

/** Every program that has rules; where two families name one, the graver comes later. */
export const programs: Programs = { ...forNames(projectTools.join(" "), projectTool), ...withOwnRules }

/** Programs that run what the project in their folder says. */
export const runsProject: ReadonlySet<string> = new Set([
  ...projectTools,
  ...list(
    "make gmake just task rake mage npm yarn pnpm bun cargo go uv poetry pdm hatch bundle composer mix deno vagrant cmake",
  ),
])

/** Programs whose first words may be subcommands that the rules do not know one by one. */
export const withVerbs: ReadonlySet<string> = new Set([
  ...projectTools,
  ...list(`conda mamba micromamba nuget swift dart julia elixir raku nim mix   supabase flyway liquibase atlas wp drush console symfony uv poetry pdm hatch rye pixi bundle composer cargo go deno
  nix gem pipx mise asdf rustup nvm volta hg jj svn pm2 code act k9s stern kustomize popeye snyk semgrep opa conftest
  trivy grype syft infracost minikube kind colima django-admin`),
])

/** Programs of which the rules know that they build, check or read, but not each of their words. */
export const withoutRules: ReadonlySet<string> = new Set([
  ...projectTools,
  ...readerNames.filter(
    (name) => !/^(.*grep|rg|ag|ack|look|pt|sift|strings|sk|fzf|echo|figlet|cowsay|banner|man)$/.test(name),
  ),
  ...list("kustomize cargo go less more mix dart zig gcc g++ cc c++ clang clang++ cmake ffmpeg"),
])
