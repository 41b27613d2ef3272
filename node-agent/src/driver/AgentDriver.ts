import type { DriverName, RuntimeName } from "@maillm/schema/Turn"
import type { ProgramOptions, ProgramResult } from "../container/PaneRuntime.ts"
import type { AgentFaultFacts, AgentSignal, GateAnswer, ToolCall } from "./AgentSignal.ts"

/** Where one session's agent is: paths are as its pane sees them. */
export interface AgentPlace {
  readonly userId: string
  readonly sessionId: string
  readonly runtime: RuntimeName
  /** The agent's program. */
  readonly program: string
  /** Folder that the agent starts in. */
  readonly cwd: string
  readonly workspace: string
  /** The agent's own configuration and memory: one for each user and driver, and not in the workspace. */
  readonly configFolder: string
  /** Folder with the hook forwarder. */
  readonly hookFolder: string
  /** A UUID chosen by us when the session first used this driver; what `/clear` and the like made of it since. */
  readonly conversationId: string
  /** What it is to know of its project's notes besides its requests; empty for nothing. */
  readonly notes: string
  /** What it is to know of the way of files to the user. */
  readonly outbox: string
  /** Runs a program where the pane runs, as its user. */
  readonly run: (argv: ReadonlyArray<string>, options?: ProgramOptions) => Promise<ProgramResult>
}

/** How the agent is started in a pane. */
export interface AgentLaunch {
  readonly argv: ReadonlyArray<string>
  /** Besides PATH, HOME, LANG, TERM and what names session and pane for the hooks. */
  readonly environment: Readonly<Record<string, string>>
  /** Written before the start. `keep`, an extended regular expression, leaves one that is there and matches it. */
  readonly files: ReadonlyArray<{
    readonly path: string
    readonly content: string
    readonly keep: string | null
  }>
}

/** How the agent reaches its model: the proxy's, never the provider's own address or key. */
export interface ModelRoute {
  /** Whose API is spoken there. */
  readonly provider: "anthropic" | "openai"
  /** Session token. */
  readonly token: string
  /** Address over TCP on the host; in a container, that of a server at `socket`. */
  readonly baseUrl: string
  /** Path of a unix socket as the pane sees it; null when `baseUrl` is reached directly. */
  readonly socket: string | null
  /** Null for the agent's own default. */
  readonly model: string | null
}

/** What the agent says of itself where it can be asked; `shell`: at its prompt, with commands in the background. */
export interface AgentStatus {
  readonly state: "idle" | "busy" | "waiting" | "shell"
  readonly waitingFor: string
  /** Changes whenever the agent has written it anew. */
  readonly version: string
}

/** What the agent's memory says about its last turn. */
export interface LastTurn {
  /** Whether the prompt asked about stands in it, as the latest or earlier. */
  readonly promptSeen: boolean
  /** `unknown`: it could not be read just now, as on a machine that is too busy. */
  readonly end: "answered" | "interrupted" | "open" | "unknown"
  /** Last message, empty when there is none after the prompt. */
  readonly answer: string
  /** Why it ended without one, where its memory has that. */
  readonly fault?: AgentFaultFacts
}

/**
 * The adapter for one coding agent that runs as a terminal program and tells of itself by hooks. Everything that is
 * particular to the agent is behind it: runners, approvals and panes know none of it. Methods that take a place may
 * run programs there, and reject as `AgentPlace.run` does.
 */
export interface AgentDriver {
  readonly name: Exclude<DriverName, "shell">
  /** As people know it. */
  readonly title: string
  /** The only version that it is used with: exactly what `--version` must say. */
  readonly version: string
  /** The program below a folder of agents: in order of preference. */
  readonly programs: ReadonlyArray<string>
  /** Answers whether the place has the conversation, so that it is continued instead of begun. */
  readonly hasConversation: (place: AgentPlace) => Promise<boolean>
  readonly launch: (place: AgentPlace, model: ModelRoute, resumed: boolean) => AgentLaunch
  /**
   * The agent's own word on its state, or null when it has none (yet). `screen` is what the pane shows, `last` what
   * its hooks said last.
   */
  readonly status: (
    place: AgentPlace,
    screen: () => Promise<string>,
    last: AgentStatus["state"] | null,
  ) => Promise<AgentStatus | null>
  /** The agent has no dialog that the gate can open: what needs a person waits in the gate's hook. */
  readonly gateWaits?: boolean
  /** Whether all that the call does is to write a file which the agent is told to keep for itself, such as a plan. */
  readonly writesOwnFile?: (place: AgentPlace, call: ToolCall) => boolean
  /** Keys for what the agent asks at its start and has one right answer; null when the screen shows no such thing. */
  readonly startKeys?: (screen: string) => string | null
  /** What a hook means; null when it says nothing that matters. `body` is hostile. */
  readonly signal: (event: string, body: unknown) => AgentSignal | null
  /** What the hook prints for an answer. */
  readonly reply: (signal: AgentSignal, answer: GateAnswer) => string
  /** What hooks print when the call cannot be read: for a gate, a refusal. */
  readonly refusal: (event: string, reason: string) => string
  /** A prompt as the agent gives it back in its hook, for comparing. */
  readonly normalPrompt: (prompt: string) => string
  /** Whether pasted text has come to the agent's prompt, where one that is sent too early is lost. */
  readonly isPasted?: (screen: string, text: string) => boolean
  /** How long the agent may take until its hook gives a prompt back; that of `TurnBounds` unless given. */
  readonly takenMillis?: number
  /** Keys that clear what is typed, and those that interrupt. */
  readonly keys: { readonly clear: string; readonly submit: string; readonly interrupt: string }
  /** Reads the agent's memory for what became of `prompt`, typed at or after `sinceMillis`. */
  readonly lastTurn: (place: AgentPlace, prompt: string, sinceMillis: number) => Promise<LastTurn>
  /** The conversation as the agent has stored it, to be archived; null when there is none. At most 64 MiB. */
  readonly transcript: (place: AgentPlace) => Promise<Buffer | null>
  /** What a screen shows that no hook tells, such as a question to log in; null when nothing is known. */
  readonly screenFault: (screen: string) => AgentFaultFacts | null
}
