import { editDistance } from "@maillm/schema/editDistance"
import type { DriverWish, Message, RepositoryWish } from "@maillm/schema/Intent"
import { approvalCodeOf, isPlainCode } from "./approvalCode.ts"
import { readPhrases } from "./phrases.ts"
import { readRepository } from "./repositoryWish.ts"
import { readSend } from "./readSend.ts"
import { tokenise } from "./tokenise.ts"
import { howToAnswer, unclear } from "./unclear.ts"
import { judgeWhole, readWhole } from "./WholeAnswer.ts"

type Verb = "approve" | "deny" | "stop" | "status" | "new" | "help" | "agent" | "repo" | "send" | "recording"

const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ["approve", "approve"],
  ["deny", "deny"],
  ["stop", "stop"],
  ["status", "status"],
  ["new", "new"],
  ["help", "help"],
  ["agent", "agent"],
  ["repo", "repo"],
  ["send", "send"],
  ["recording", "recording"],
  ["cancel", "stop"],
  ["abort", "stop"],
  ["allow", "approve"],
  ["yes", "approve"],
  ["ok", "approve"],
  ["reject", "deny"],
  ["no", "deny"],
  ["driver", "agent"],
  ["repository", "repo"],
  ["?", "help"],
])

const drivers: ReadonlyMap<string, DriverWish> = new Map<string, DriverWish>([
  ["claude", "claude"],
  ["codex", "codex"],
  ["opencode", "opencode"],
  ["shell", "shell"],
  ["claude-code", "claude"],
  ["open-code", "opencode"],
  ["bash", "shell"],
])

export const driverOf = (word: string): DriverWish | null => drivers.get(word.toLowerCase()) ?? null

/** First folders of absolute paths: a text that begins with one is about a file. */
const rootFolders =
  /^(?:app|applications|bin|boot|data|dev|etc|home|lib|lib32|lib64|library|media|mnt|nix|opt|private|proc|root|run|sbin|snap|srv|sys|system|tmp|users|usr|var|volumes|workspace|workspaces)$/i

const commandWord = /^\/(\?|[a-z][a-z0-9_-]{0,31})[:!.,;]?$/i

/** Word of the command that a text begins with, in lower case; null when it begins with anything else. */
const commandAt = (line: string): string | null => {
  const word = /^\S{1,40}(?=\s|$)/u.exec(line)?.[0] ?? ""
  const name = commandWord.exec(word)?.[1]?.toLowerCase() ?? null
  return name === null || (rootFolders.test(name) && !verbs.has(name)) ? null : name
}

const nearest = (word: string, candidates: Iterable<string>): string =>
  [...candidates].reduce((best, candidate) =>
    editDistance(word, candidate) < editDistance(word, best) ? candidate : best,
  )

interface Wishes {
  readonly fresh: boolean
  readonly driver: DriverWish | null
  readonly repo: RepositoryWish | null
  readonly recording: boolean
}

/** Each of the four may be given once. */
const stackLimit = 5

/**
 * What a text that begins with commands says; null when it does not begin with one. `own` is the text without quoted
 * lines: a task keeps them, but an answer neither is one nor is given a reason by them.
 */
export const readCommands = (text: string, own: string): Message | null => {
  const message = readStack(text)
  if (own === text) return message
  return message === null || (message.intent !== "request" && message.intent !== "new")
    ? readStack(own)
    : message
}

const readStack = (text: string): Message | null => {
  let wishes: Wishes = { fresh: false, driver: null, repo: null, recording: false }
  let rest = text
  let seen = 0
  for (; seen < stackLimit; seen += 1) {
    const begun = rest.trimStart()
    const end = begun.search(/[\r\n]/)
    const line = end === -1 ? begun : begun.slice(0, end)
    const name = commandAt(line)
    if (name === null) break
    const verb = verbs.get(name)
    if (verb === undefined) return unknownCommand(name)
    const body = begun.slice(/^\S+/u.exec(begun)?.[0].length ?? 0)
    if (verb !== "new" && verb !== "agent" && verb !== "repo" && verb !== "recording")
      return seen === 0
        ? readVerb(verb, body)
        : unclear("command", `/${name} does not go together with other commands. Send it by itself.`)
    const taken = takeWish(verb, wishes, body)
    if ("intent" in taken) return taken
    wishes = taken.wishes
    rest = taken.rest
  }
  return seen === 0 ? null : withWishes(wishes, rest)
}

const unknownCommand = (name: string): Message =>
  unclear(
    "command",
    `There is no command /${name}. The nearest is /${nearest(name, verbs.keys())}; /help names all. To have a text that begins with a slash done, put a word before it.`,
  )

const takeWish = (
  verb: "new" | "agent" | "repo" | "recording",
  wishes: Wishes,
  body: string,
): Message | { readonly wishes: Wishes; readonly rest: string } => {
  if (verb === "new")
    return wishes.fresh
      ? unclear("command", "/new stands there twice.")
      : { wishes: { ...wishes, fresh: true }, rest: body }
  if (verb === "recording")
    return wishes.recording
      ? unclear("command", "/recording stands there twice.")
      : { wishes: { ...wishes, recording: true }, rest: body }
  const end = body.search(/[\r\n]/)
  const line = end === -1 ? body : body.slice(0, end)
  if (verb === "agent") {
    if (wishes.driver !== null) return unclear("command", "/agent stands there twice.")
    const word = /^\s*(\S{0,40})/u.exec(line)?.[1]?.replace(/[:,]$/, "") ?? ""
    const driver = driverOf(word)
    if (driver === null) return unknownAgent(word)
    return {
      wishes: { ...wishes, driver },
      rest: body.slice(/^\s*\S+/u.exec(line)?.[0].length ?? 0),
    }
  }
  if (wishes.repo !== null) return unclear("command", "/repo stands there twice.")
  // Longer than any address; what is beyond is not looked at, and makes it too long.
  const words = line.slice(0, 4_096).trim().split(/\s+/u)
  const read = readRepository(words)
  if ("reason" in read) return unclear("command", read.reason)
  return { wishes: { ...wishes, repo: read.wish }, rest: end === -1 ? "" : body.slice(end) }
}

const unknownAgent = (word: string): Message => {
  const names = ["claude", "codex", "opencode", "shell"]
  return unclear(
    "command",
    /^[a-z0-9-]{1,32}$/i.test(word)
      ? `There is no agent ${word}. The nearest is ${nearest(word.toLowerCase(), names)}; there are ${names.join(", ")}.`
      : `After /agent comes one of ${names.join(", ")}.`,
  )
}

const withWishes = ({ fresh, driver, repo, recording }: Wishes, rest: string): Message => {
  // Blanks after the command, and empty lines before the text; the text's own first line keeps its indent.
  const text = rest.replace(/^[^\S\r\n]+/u, "").replace(/^(?:[^\S\r\n]{0,200}\r?\n)+/u, "")
  const blank = text.trim() === ""
  const wished = { driver, repo, ...(recording ? { recording } : {}) }
  if (fresh) return { intent: "new", text: blank ? "" : text, ...wished }
  if (!blank) return { intent: "request", text, ...wished }
  if (recording) return unclear("command", "Write the request whose recording you want behind /recording.")
  if (repo === null && driver !== null) return { intent: "agent", driver }
  return unclear(
    "command",
    "It says where to work, but not what to do. Write that below /repo, or put /new above it.",
  )
}

const readVerb = (verb: Exclude<Verb, "new" | "agent" | "repo" | "recording">, body: string): Message => {
  if (verb === "approve") return readApprove(body)
  if (verb === "deny") return readDeny(body)
  if (verb === "help") return { intent: "help" }
  if (verb === "send") return readSend(body)
  const [word = "", ...more] = body.slice(0, 200).trim().split(/\s+/u)
  const bare = body.length <= 200 && (readsPolite(body) || body.trim() === "")
  if (verb === "status")
    return bare ? { intent: "status" } : unclear("command", "/status takes nothing else. Send it by itself.")
  if (bare) return { intent: "stop", target: null }
  return more.length === 0 && body.length <= 200 && /^[A-Za-z0-9_-]{1,64}$/.test(word)
    ? { intent: "stop", target: word }
    : unclear("command", "/stop takes nothing but the id of a request. Send it by itself.")
}

const readsPolite = (body: string): boolean => {
  const tokens = tokenise(body, 20)
  const whole = readWhole(tokens, readPhrases(tokens), false)
  return (
    whole !== null &&
    whole.codes.size === 0 &&
    whole.targets.length === 0 &&
    !(["yes", "no", "hesitant", "fresh", "help"] as const).some((kind) => whole.has(kind))
  )
}

/** A code, and nothing that could take the approval back. */
const readApprove = (body: string): Message => {
  const tokens = body.length <= 1_000 ? tokenise(body, 61) : []
  const whole =
    tokens.length <= 60 && body.length <= 1_000 ? readWhole(tokens, readPhrases(tokens), true) : null
  if (whole === null || whole.has("stop"))
    return unclear("answer", `There is more after /approve than a code. ${howToAnswer(null)}`)
  return (
    judgeWhole({ ...whole, has: (kind) => kind === "yes" || whole.has(kind) }) ??
    unclear("answer", howToAnswer(null))
  )
}

/** The rest is its reason, but for a code in front. */
const readDeny = (body: string): Message => {
  const first = /^\s*[#"'`(<[]?([A-Za-z0-9]{4,8})[\])>"'`]?[:,;.!]?(?=\s|$)/u.exec(body)
  const word = first?.[1] ?? ""
  const code = isPlainCode(word) || /^(?:[0-9]+|[A-Z]+)$/.test(word) ? approvalCodeOf(word) : null
  const note = body.slice(code === null ? 0 : (first?.[0].length ?? 0)).trim()
  if (note.length > 32_768) return unclear("answer", "The reason of a no may have 32768 characters.")
  const tokens = note.length <= 1_000 ? tokenise(note, 61) : []
  const whole = readWhole(tokens, readPhrases(tokens), false)
  if (whole?.has("yes") === true) return unclear("answer", `It says both yes and no. ${howToAnswer(code)}`)
  return { intent: "deny", code, note: note === "" ? null : note }
}
