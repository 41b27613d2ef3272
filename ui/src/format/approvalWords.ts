import type { ApprovalKind, ApprovalState, ApprovalVia } from "@maillm/schema/Approval"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import type { StateWord } from "./words.ts"

export const approvalStateWords: Readonly<Record<ApprovalState, StateWord>> = {
  pending: { word: "Waiting for you", tone: "waiting" },
  allowed: { word: "Allowed", tone: "done" },
  denied: { word: "Denied", tone: "failed" },
  expired: { word: "Expired: denied", tone: "idle" },
  cancelled: { word: "Withdrawn", tone: "idle" },
  consumed: { word: "Allowed, and begun", tone: "done" },
}

/** What waits for the answer, after the agent's name: `Claude Code wants to run this`. */
export const approvalKindWords: Readonly<Record<ApprovalKind, string>> = {
  tool: "wants to run this",
  prompt: "asks for permission",
  request: "is to be given this request",
}

export const viaWords: Readonly<Record<ApprovalVia, string>> = {
  email: "by email",
  link: "by link",
  console: "in the console",
  terminal: "in the terminal",
}

interface ClassWord {
  readonly word: string
  /** What is done can hardly be undone, or reaches beyond the workspace: allowing it takes a second press. */
  readonly grave: boolean
}
const usual = (word: string): ClassWord => ({ word, grave: false })
const grave = (word: string): ClassWord => ({ word, grave: true })

/** The policy's classes in words. One that is not known here is shown by its name, and taken as grave. */
const classWords: Readonly<Record<string, ClassWord>> = {
  read: usual("Reads files"),
  "agent-tool": usual("Uses a tool of the agent's own"),
  "git-local": usual("Changes the local git repository"),
  "git-fetch": usual("Fetches from a git server"),
  "temporary-files": usual("Writes temporary files"),
  "workspace-write": usual("Changes files in the workspace"),
  "delete-in-workspace": usual("Deletes in the workspace"),
  process: usual("Ends processes"),
  "network-local": usual("Speaks to this machine's own network"),
  container: usual("Works with containers"),
  "project-script": usual("Runs a script of the project"),
  "install-project": usual("Installs packages of the project"),
  "read-outside-workspace": usual("Reads outside the workspace"),
  unknown: usual("Could not be understood"),
  "inline-code": usual("Runs code given in the command"),
  "database-write": usual("Changes a database"),
  "network-egress": usual("Sends to the outside"),
  "git-push": usual("Pushes to a git server"),
  publish: grave("Publishes"),
  "install-system": grave("Installs on the system"),
  "write-outside-workspace": grave("Writes outside the workspace"),
  obfuscated: grave("Hides what it does"),
  "git-history": grave("Rewrites git history"),
  "wipe-workspace": grave("Wipes the workspace"),
  "delete-outside-workspace": grave("Deletes outside the workspace"),
  infrastructure: grave("Changes infrastructure"),
  "database-destroy": grave("Destroys data of a database"),
  "anti-forensics": grave("Removes traces"),
  persistence: grave("Installs itself to run again"),
  "code-from-network": grave("Runs code from the network"),
  credentials: grave("Touches credentials"),
  resource: grave("Can use up the machine"),
  system: grave("Changes the system"),
  privilege: grave("Raises its privileges"),
  disk: grave("Writes to a disk itself"),
}

const classOf = (name: string): ClassWord | undefined =>
  Object.hasOwn(classWords, name) ? classWords[name] : undefined

/** `Deletes outside the workspace`; the class's own name when it is a new one. */
export const classWord = (name: string): string => classOf(name)?.word ?? name

/** A command longer than this is not taken in at a glance. UTF-16 code units. */
const glanceLimit = 1_500

/** Whether allowing it asks once more. */
export const needsSecondPress = (row: Pick<ApprovalRow, "class" | "command">): boolean =>
  (classOf(row.class)?.grave ?? true) || row.command.length > glanceLimit

/** Classes of which a yes may hold for the rest of the session: none that destroys, leaks or escalates. */
const rememberable: ReadonlySet<string> = new Set([
  "read-outside-workspace",
  "unknown",
  "inline-code",
  "database-write",
  "network-egress",
  "git-push",
  "publish",
  "install-system",
  "write-outside-workspace",
])
export const isRememberable = (row: Pick<ApprovalRow, "class" | "kind">): boolean =>
  row.kind !== "request" && rememberable.has(row.class)
