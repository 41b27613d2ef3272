import { randomBytes } from "node:crypto"
import { chmod, mkdir, unlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { shellIntegration } from "../driver/shellIntegration.ts"
import { isMissing, readFileIfThere, writeFileAtomically } from "../files/atomicFile.ts"
import type { NodeFolder } from "../files/NodeFolder.ts"
import {
  agentHomePath,
  containerName,
  containerUser,
  imagePrograms,
  integrationPath,
  workspacePath,
} from "./containerOptions.ts"
import type { ContainerSpec } from "./containerOptions.ts"
import { claudeSettings, managedClaudeFile } from "../driver/claude/claudeSettings.ts"
import type { DockerEngine } from "./DockerEngine.ts"
import { childEnvironment, dockerEnvironment, withEnvironment } from "./paneEnvironment.ts"
import { outboxPath } from "../workspace/outbox.ts"
import { launcher } from "./launcher.ts"
import { endProgramsScript, killForegroundScript, noChildrenScript, RuntimeFailed } from "./PaneRuntime.ts"
import type { PaneOwner, PaneRuntime } from "./PaneRuntime.ts"

const bash = ["bash", "--noprofile", "--norc", "-c"]

/** Bash source: ends the shell $1 if it is still the one that was started with the integration file named $2. */
const endShellScript =
  'cmdline=$(tr "\\0" " " <"/proc/$1/cmdline") || exit 0; [[ $cmdline == *"$2"* ]] || exit 0; kill -HUP "$1"; sleep 1; kill -KILL "$1" 2>/dev/null'

/** Panes in a container for each user, made from the fixed template. The workspace is a volume that outlives it. */
export const dockerRuntime = async (
  folder: NodeFolder,
  engine: DockerEngine,
  image: string,
  reason: string,
): Promise<PaneRuntime> => {
  const installation = await installationId(folder)
  await writeShared(folder.managed("claude"), managedClaudeFile, claudeSettings(integrationPath, true))
  const spec = (userId: string) => ({
    installation,
    userId,
    image,
    integrationFolder: folder.integration(userId),
    managedFolder: folder.managed("claude"),
  })
  const inContainer = (owner: PaneOwner, script: string, words: ReadonlyArray<string>) =>
    engine.run(containerName(spec(owner.userId)), containerUser, [...bash, script, "maillm", ...words])
  return {
    name: "docker",
    reason,
    ...programs(folder, engine, image, spec),
    prepare: async (owner, nonce, notice) => {
      const outbox = outboxPath(workspacePath, owner.sessionId)
      const integration = shellIntegration(nonce, notice, outbox)
      await writeShared(folder.integration(owner.userId), fileName(owner), integration)
      await engine.ensure(spec(owner.userId))
      const { exitCode } = await inContainer(owner, 'test -w "$1"', [workspacePath])
      if (exitCode !== 0) throw notWritable(image)
      const environment = { ...childEnvironment(), ...dockerEnvironment() }
      return {
        argv: withEnvironment(
          environment,
          execArgv(containerName(spec(owner.userId)), shellArgv(fileName(owner))),
        ),
        cwd: folder.root,
      }
    },
    started: async (owner) => {
      await unlink(join(folder.integration(owner.userId), fileName(owner))).catch((error: unknown) => {
        if (!isMissing(error)) throw error
      })
    },
    // `docker exec` may die without what it has started in the container.
    ended: async (owner, shellPid) => {
      if (owner.driver !== undefined)
        await inContainer(owner, endProgramsScript, [owner.generation]).catch(() => undefined)
      if (shellPid === null) return
      await inContainer(owner, endShellScript, [String(shellPid), fileName(owner)]).catch(() => undefined)
    },
    hasChildren: async (owner, _, shellPid) => {
      if (shellPid === null) return true
      const asked = inContainer(owner, noChildrenScript, [String(shellPid)])
      return asked.then(
        ({ exitCode }) => exitCode !== 0,
        () => true,
      )
    },
    killForeground: async (owner, _, shellPid) => {
      if (shellPid !== null) await inContainer(owner, killForegroundScript, [String(shellPid)])
    },
  }
}

const notWritable = (image: string) =>
  new RuntimeFailed(
    `${workspacePath} cannot be written by uid ${containerUser} in image ${image}. The image must have that folder with this owner.`,
  )

const fileName = (owner: PaneOwner) => `${owner.generation}.bashrc`

/** What concerns programs other than the shell. */
const programs = (
  folder: NodeFolder,
  engine: DockerEngine,
  image: string,
  spec: (userId: string) => ContainerSpec,
): Pick<
  PaneRuntime,
  "agentFolder" | "hookFolder" | "prepareProgram" | "probe" | "programFolder" | "run" | "workspacePath"
> => ({
  workspacePath: () => workspacePath,
  run: async ({ userId }, argv, options = {}) =>
    engine.program(await engine.ensure(spec(userId)), containerUser, argv, {
      ...options,
      cwd: options.cwd ?? workspacePath,
    }),
  prepareProgram: async (owner, program) => {
    await writeShared(folder.integration(owner.userId), fileName(owner), launcher(program))
    await engine.ensure(spec(owner.userId))
    const environment = { ...childEnvironment(), ...dockerEnvironment() }
    const command = ["sh", `${integrationPath}/${fileName(owner)}`]
    return {
      argv: withEnvironment(environment, execArgv(containerName(spec(owner.userId)), command)),
      cwd: folder.root,
    }
  },
  agentFolder: (_, driver) => `${agentHomePath}/.maillm/${driver}`,
  hookFolder: () => integrationPath,
  programFolder: imagePrograms,
  probe: (argv) => engine.probe(image, containerUser, argv),
})

/** Readable in the container, where another uid lives; on the host the folders above are closed to others. */
const writeShared = async (shared: string, name: string, content: string) => {
  await mkdir(shared, { recursive: true })
  await chmod(shared, 0o755)
  const path = join(shared, name)
  await writeFile(path, content)
  await chmod(path, 0o644)
}

const execArgv = (container: string, command: ReadonlyArray<string>) => [
  "docker",
  "exec",
  "-it",
  "-u",
  containerUser,
  "-w",
  workspacePath,
  "-e",
  "TERM=xterm-256color",
  "-e",
  "LANG=C.UTF-8",
  "-e",
  `HOME=${workspacePath}`,
  container,
  ...command,
]

const shellArgv = (file: string) => ["bash", "--noprofile", "--rcfile", `${integrationPath}/${file}`, "-i"]

const installationId = async (folder: NodeFolder): Promise<string> => {
  const found = (await readFileIfThere(folder.installation))?.trim()
  if (found !== undefined && /^[0-9a-f]{12}$/.test(found)) return found
  const made = randomBytes(6).toString("hex")
  await writeFileAtomically(folder.installation, made)
  return made
}
