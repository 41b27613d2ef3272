import { createHash } from "node:crypto"
import { availableParallelism } from "node:os"
import type { ContainerCreateOptions } from "dockerode"

/** Everything about a user's container that may differ. There is nothing in it that a user controls but the id. */
export interface ContainerSpec {
  /** Tells installations on one engine apart. */
  readonly installation: string
  readonly userId: string
  readonly image: string
  /** Folder of ours on the host with the shells' integration files, absolute. */
  readonly integrationFolder: string
  /** Folder of ours on the host with settings that agents cannot change, the same for all users; absolute. */
  readonly managedFolder: string
}

export const workspacePath = "/workspace"
/** Home of the image's user, in a volume of its own: what agents keep about themselves is no file of the workspace. */
export const agentHomePath = "/home/dev"
/** Where the image has the agents' programs. */
export const imagePrograms = "/opt/maillm/agents"
/** Where Claude Code looks for settings that nothing else can change. */
const managedPath = "/etc/claude-code"
export const integrationPath = "/run/maillm"
export const containerUser = "1000:1000"
export const installationLabel = "maillm.installation"
export const userLabel = "maillm.user"
/** Changes with the template, so that containers of an older one are made anew. */
export const templateLabel = "maillm.template"

const mebibyte = 1024 * 1024

/** Two processors, but never the whole machine: half of one is left to what keeps the container in check. */
const processors = Math.max(0.5, Math.min(2, availableParallelism() - 0.5))

export const containerName = (spec: Pick<ContainerSpec, "installation" | "userId">) =>
  `maillm-${spec.installation}-${spec.userId}`

export const workspaceVolume = (spec: Pick<ContainerSpec, "installation" | "userId">) =>
  `maillm-ws-${spec.installation}-${spec.userId}`

export const homeVolume = (spec: Pick<ContainerSpec, "installation" | "userId">) =>
  `maillm-home-${spec.installation}-${spec.userId}`

const readOnly = (source: string, target: string) => ({
  Type: "bind" as const,
  Source: source,
  Target: target,
  ReadOnly: true,
  BindOptions: { Propagation: "rprivate" as const },
})

/** The fixed template of design.md "Isolation", as Docker wants it. */
export const containerOptions = (spec: ContainerSpec): ContainerCreateOptions => {
  const options = {
    Image: spec.image,
    User: containerUser,
    WorkingDir: workspacePath,
    Hostname: "maillm",
    Entrypoint: ["/bin/sh", "-c", "exec sleep 2147483647"],
    Cmd: [],
    Env: ["LANG=C.UTF-8", `HOME=${workspacePath}`],
    OpenStdin: false,
    Tty: false,
    HostConfig: {
      Privileged: false,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      NetworkMode: "none",
      IpcMode: "private",
      PidMode: "",
      UTSMode: "",
      CgroupnsMode: "private" as const,
      PidsLimit: 512,
      Memory: 2_048 * mebibyte,
      MemorySwap: 2_048 * mebibyte,
      NanoCpus: processors * 1_000_000_000,
      Ulimits: [{ Name: "nofile", Soft: 4_096, Hard: 4_096 }],
      ShmSize: 64 * mebibyte,
      Init: true,
      RestartPolicy: { Name: "unless-stopped" },
      LogConfig: { Type: "none", Config: {} },
      Mounts: [
        { Type: "volume" as const, Source: workspaceVolume(spec), Target: workspacePath },
        { Type: "volume" as const, Source: homeVolume(spec), Target: agentHomePath },
        readOnly(spec.integrationFolder, integrationPath),
        readOnly(spec.managedFolder, managedPath),
      ],
    },
  }
  const template = createHash("sha256").update(JSON.stringify(options)).digest("hex").slice(0, 16)
  return {
    name: containerName(spec),
    Labels: {
      [installationLabel]: spec.installation,
      [userLabel]: spec.userId,
      [templateLabel]: template,
    },
    ...options,
  }
}
