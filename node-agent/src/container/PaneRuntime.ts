import type { DriverName, RuntimeName } from "@maillm/schema/Turn"
import { hookVariables } from "../hook/hookScript.ts"

/** A pane cannot be given its place to run; the message says why and what to do. */
export class RuntimeFailed extends Error {
  override readonly name = "RuntimeFailed"
}

export interface PaneOwner {
  readonly userId: string
  readonly sessionId: string
  readonly generation: string
  /** What runs in its pane; a shell when absent. */
  readonly driver?: DriverName
}

/** Whose files and machine: all sessions of a user share them. */
export type WorkspaceOwner = Pick<PaneOwner, "userId">

export interface ProgramOptions {
  /** Where it runs, as the pane sees it; the workspace unless given. */
  readonly cwd?: string
  readonly stdin?: Uint8Array
  /** 30 s unless given; then it is killed. */
  readonly timeoutMillis?: number
  /** Of standard output; 1 MiB unless given. */
  readonly outputLimitBytes?: number
  /** Besides PATH, HOME, LANG, which every pane has. No credentials: users can read it. */
  readonly environment?: Readonly<Record<string, string>>
}

export interface ProgramResult {
  readonly exitCode: number
  readonly stdout: Buffer
  /** Its last 16,384 characters. */
  readonly stderr: string
}

/** A program that is to run in a pane instead of the shell. */
export interface PaneProgram {
  readonly argv: ReadonlyArray<string>
  /** As the pane sees it. */
  readonly cwd: string
  /** Besides PATH, HOME, LANG and TERM. No credentials: users can read it. */
  readonly environment: Readonly<Record<string, string>>
}

/** How to start a pane's process. */
export interface PanePlace {
  readonly argv: ReadonlyArray<string>
  /** Where the argv is started on the host. */
  readonly cwd: string
}

/** Where panes run: on the host, or in the user's container. */
export interface PaneRuntime {
  readonly name: RuntimeName
  /** Why this one, in words. */
  readonly reason: string
  /** The user's workspace, as its panes see it. */
  readonly workspacePath: (owner: WorkspaceOwner) => string
  /**
   * Runs a program where the user's panes run, as their user, without a shell and without a terminal, and waits for its
   * end. Any exit code resolves. Rejects with `RuntimeFailed` when it cannot be started, takes longer than
   * `timeoutMillis` or prints more than `outputLimitBytes`. What it prints is as hostile as the workspace.
   */
  readonly run: (
    owner: WorkspaceOwner,
    argv: ReadonlyArray<string>,
    options?: ProgramOptions,
  ) => Promise<ProgramResult>
  /** Ensures the user's machine and workspace, and says how to start the shell there. `nonce` is for its markers, `notice` its first line. */
  readonly prepare: (owner: PaneOwner, nonce: string, notice: string | null) => Promise<PanePlace>
  /** The same for a program; `started` is for it too. */
  readonly prepareProgram: (owner: PaneOwner, program: PaneProgram) => Promise<PanePlace>
  /** Folder as the pane sees it that keeps an agent's configuration and memory; outlives containers. */
  readonly agentFolder: (owner: WorkspaceOwner, driver: string) => string
  /** Folder as the pane sees it with the hook script and sockets of ours. */
  readonly hookFolder: (owner: WorkspaceOwner) => string
  /** Where agents' programs are, as panes see it; null when there are none. */
  readonly programFolder: string | null
  /** Runs a program as `run` does, but for nobody: on the host, or in a container of its own. */
  readonly probe: (argv: ReadonlyArray<string>) => Promise<ProgramResult>
  /** The shell has read its integration; what was written for it may go. */
  readonly started: (owner: PaneOwner) => Promise<void>
  /** The pane's process has ended: nothing of its shell may be left running unseen. */
  readonly ended: (owner: PaneOwner, shellPid: number | null) => Promise<void>
  /** Whether the shell, at its prompt, has anything in the background; true when that cannot be known. */
  readonly hasChildren: (owner: PaneOwner, panePid: number, shellPid: number | null) => Promise<boolean>
  /**
   * Kills what runs in the foreground of the pane; if that is the shell itself, the shell. `panePid` is the pane's
   * process on the host, `shellPid` is the shell's own idea of its id, null while unknown.
   */
  readonly killForeground: (owner: PaneOwner, panePid: number, shellPid: number | null) => Promise<void>
}

/**
 * Bash source: kills the foreground process group of the terminal that process $1 leads. It reads `/proc`, field
 * 8 of `stat` (tpgid) after the parenthesised name.
 */
export const killForegroundScript =
  'read -r stat <"/proc/$1/stat" || exit 0; set -- $1 ${stat##*) }; kill -KILL -- "-$7" 2>/dev/null || kill -KILL "$1"'

/**
 * Bash source: ends what was started in the pane of generation $1 and still runs, by the variable that names it in the
 * environment of its programs.
 */
export const endProgramsScript = `for signal in TERM KILL; do
  for environ in /proc/[0-9]*/environ; do
    pid=\${environ#/proc/} pid=\${pid%/environ}
    [[ $pid != "$$" ]] && grep -qzxF -- "${hookVariables.pane}=$1" "$environ" 2>/dev/null && kill -"$signal" "$pid" && again=1
  done 2>/dev/null
  [[ -n \${again-} ]] || exit 0
  again=
  [[ $signal == KILL ]] || sleep 0.5
done`

/**
 * Bash source: exit code 1 when process $1 has children, 0 when not. `/proc` on Linux, `pgrep` elsewhere.
 */
export const noChildrenScript =
  'if [[ -e /proc/$$/task/$$/children ]]; then read -r children <"/proc/$1/task/$1/children"; else children=$(pgrep -P "$1"); fi 2>/dev/null; [[ -z $children ]]'
