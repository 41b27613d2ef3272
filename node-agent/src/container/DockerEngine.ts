import { execFile } from "node:child_process"
import { Writable } from "node:stream"
import { promisify } from "node:util"
import Docker from "dockerode"
import type { Container } from "dockerode"
import type { EngineState } from "./chooseRuntime.ts"
import {
  containerName,
  containerOptions,
  homeVolume,
  installationLabel,
  templateLabel,
  workspaceVolume,
} from "./containerOptions.ts"
import type { ContainerSpec } from "./containerOptions.ts"
import { childEnvironment, dockerEnvironment } from "./paneEnvironment.ts"
import { RuntimeFailed } from "./PaneRuntime.ts"
import type { ProgramOptions, ProgramResult } from "./PaneRuntime.ts"
import {
  printedTooMuch,
  programMillis,
  ProgramOutput,
  programOutputLimitBytes,
  tookLongerThan,
} from "./runProgram.ts"

const probeMillis = 3_000
const execMillis = 10_000
const execOutputLimitBytes = 4_096

/** The Docker engine, through its API. The only file that speaks to it. */
export class DockerEngine {
  private readonly docker = new Docker()
  private readonly starting = new Map<string, Promise<string>>()

  /** Whether containers of this image can be had here. Answers within a few seconds. */
  async state(image: string): Promise<EngineState> {
    try {
      await promisify(execFile)("docker", ["--version"], {
        env: { ...childEnvironment(), ...dockerEnvironment() },
        timeout: probeMillis,
      })
      const { Version } = await within(probeMillis, this.docker.version())
      const images = await within(probeMillis, this.docker.listImages({ filters: { reference: [image] } }))
      return images.length > 0
        ? { _tag: "Ready", version: Version, image }
        : { _tag: "NoImage", version: Version, image }
    } catch (error) {
      const missing = error instanceof Error && "code" in error && error.code === "ENOENT" && "path" in error
      return {
        _tag: "NoEngine",
        reason: missing && error.path === "docker" ? "the docker command is not installed" : words(error),
      }
    }
  }

  /** Gets the user's container running, made from the current template; answers its id. */
  ensure(spec: ContainerSpec): Promise<string> {
    const name = containerName(spec)
    const found = this.starting.get(name)
    if (found !== undefined) return found
    const starting = this.start(spec, name).finally(() => this.starting.delete(name))
    this.starting.set(name, starting)
    return starting
  }

  /** Runs a program in a container and waits for it, at most 10 s; answers its exit code and what it printed. */
  async run(containerId: string, user: string, argv: ReadonlyArray<string>) {
    const exec = await this.docker
      .getContainer(containerId)
      .exec({ Cmd: [...argv], User: user, AttachStdout: true, AttachStderr: true, Tty: true })
    const stream = await exec.start({ Tty: true })
    let output = ""
    const ended = new Promise<void>((resolve, reject) => {
      stream.on("data", (chunk: Buffer) => {
        if (output.length < execOutputLimitBytes) output += chunk.toString()
      })
      stream.once("end", resolve)
      stream.once("error", reject)
    })
    try {
      await within(execMillis, ended)
    } finally {
      stream.destroy()
    }
    return { exitCode: (await exec.inspect()).ExitCode, output }
  }

  /** Runs a program in a container as `PaneRuntime.run` says it; `timeout` of the image's coreutils kills it there. */
  async program(
    containerId: string,
    user: string,
    argv: ReadonlyArray<string>,
    options: ProgramOptions,
  ): Promise<ProgramResult> {
    const timeoutMillis = options.timeoutMillis ?? programMillis
    const output = new ProgramOutput(options.outputLimitBytes ?? programOutputLimitBytes)
    const exec = await this.docker.getContainer(containerId).exec({
      Cmd: ["timeout", "-s", "KILL", String(timeoutMillis / 1_000), ...argv],
      User: user,
      Env: Object.entries(options.environment ?? {}).map(([name, value]) => `${name}=${value}`),
      ...(options.cwd === undefined ? {} : { WorkingDir: options.cwd }),
      AttachStdin: options.stdin !== undefined,
      AttachStdout: true,
      AttachStderr: true,
    })
    const stream = await exec.start({ hijack: true, stdin: options.stdin !== undefined })
    const name = argv[0] ?? ""
    const ended = new Promise<void>((resolve, reject) => {
      const out = sink((chunk) => {
        output.out(chunk)
        if (output.tooLong) reject(new RuntimeFailed(`${name} ${printedTooMuch}`))
      })
      this.docker.modem.demuxStream(
        stream,
        out,
        sink((chunk) => output.error(chunk)),
      )
      stream.once("end", resolve)
      stream.once("close", resolve)
      stream.once("error", reject)
      if (options.stdin !== undefined) stream.end(options.stdin)
    })
    const startedAt = performance.now()
    try {
      // A little longer than `timeout` waits in the container.
      await within(timeoutMillis + execMillis, ended)
    } finally {
      stream.destroy()
    }
    const { ExitCode } = await exec.inspect()
    if (ExitCode === killedExitCode && performance.now() - startedAt >= timeoutMillis) {
      throw new RuntimeFailed(`${name} ${tookLongerThan(timeoutMillis)}`)
    }
    if (ExitCode === null) throw new RuntimeFailed(`${name} was cut off: the container has ended`)
    return output.result(ExitCode)
  }

  /** Runs a program in a container of its own, which has no network and is removed at once. */
  async probe(image: string, user: string, argv: ReadonlyArray<string>): Promise<ProgramResult> {
    const container = await this.docker.createContainer({
      Image: image,
      User: user,
      Entrypoint: ["sleep"],
      Cmd: [String(2 * (programMillis / 1_000))],
      HostConfig: { NetworkMode: "none", CapDrop: ["ALL"], SecurityOpt: ["no-new-privileges"], Init: true },
    })
    try {
      await container.start()
      return await this.program(container.id, user, argv, {})
    } finally {
      await container.remove({ force: true, v: true })
    }
  }

  /** Removes every container of an installation, and every workspace with what is in it. */
  async removeInstallation(installation: string): Promise<void> {
    const filters = { label: [`${installationLabel}=${installation}`] }
    for (const { Id } of await within(execMillis, this.docker.listContainers({ all: true, filters }))) {
      await this.docker.getContainer(Id).remove({ force: true, v: true })
    }
    const { Volumes } = await within(execMillis, this.docker.listVolumes({ filters }))
    for (const { Name } of Volumes) await this.docker.getVolume(Name).remove()
  }

  private async start(spec: ContainerSpec, name: string): Promise<string> {
    try {
      const wanted = containerOptions(spec)
      let container = await this.existing(name, wanted.Labels?.[templateLabel] ?? "")
      if (container === null) {
        for (const Name of [workspaceVolume(spec), homeVolume(spec)])
          await this.docker.createVolume({ Name, Labels: wanted.Labels ?? {} })
        container = await this.docker.createContainer(wanted)
      }
      if (!(await container.inspect()).State.Running) await container.start()
      return container.id
    } catch (error) {
      throw new RuntimeFailed(`container ${name} could not be started: ${words(error)}`, { cause: error })
    }
  }

  /** The container of that name; one of another template is removed, its workspace stays. */
  private async existing(name: string, template: string): Promise<Container | null> {
    const container = this.docker.getContainer(name)
    try {
      const { Config, State } = await container.inspect()
      if (Config.Labels[templateLabel] === template && !State.Dead) return container
      await container.remove({ force: true })
      return null
    } catch (error) {
      if (statusCode(error) === 404) return null
      throw error
    }
  }
}

/** Of what `timeout -s KILL` has killed. */
const killedExitCode = 137

const sink = (take: (chunk: Buffer) => void) =>
  new Writable({
    write: (chunk: Buffer, _, done) => {
      take(chunk)
      done()
    },
  })

const statusCode = (error: unknown) =>
  error instanceof Error && "statusCode" in error ? error.statusCode : undefined

const words = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 300)

const within = <A>(millis: number, work: Promise<A>): Promise<A> => {
  let timer: NodeJS.Timeout
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${millis / 1_000} s`)), millis)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
