import * as Schema from "effect/Schema"
import { filesLimit, pathLimit } from "./Files.ts"
import { text } from "./Ids.ts"
import { requestTextLimit } from "./Message.ts"

/**
 * What an approval's code is written in: Crockford's base32 (https://www.crockford.com/base32.html) in upper case,
 * without I, L, O and U. A code that its asker wants understood in a sentence ("yes 7F3K2") has at least one digit
 * and at least one letter: any other reads like a word or a number, and is taken only after `/approve` or `/deny`.
 */
export const approvalCodeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** Four to eight characters of `approvalCodeAlphabet`. */
export const ApprovalCode = Schema.String.check(Schema.isPattern(/^[0-9A-HJKMNP-TV-Z]{4,8}$/))
export type ApprovalCode = typeof ApprovalCode.Type

/** The coding agent that a message asks for by name. Whether it is to be had is not known here. */
export const DriverWish = Schema.Literals(["claude", "codex", "opencode", "shell"])
export type DriverWish = typeof DriverWish.Type

/** Where a session's files are to come from: an https or ssh address without credentials, and a branch. */
export const RepositoryWish = Schema.Struct({ url: text(2_048), branch: Schema.NullOr(text(255)) })
export type RepositoryWish = typeof RepositoryWish.Type

/** Longest text that is understood, in UTF-16 code units; what a mail's newest text may have. */
export const messageTextLimit = 262_144

const wishes = {
  driver: Schema.NullOr(DriverWish),
  repo: Schema.NullOr(RepositoryWish),
  /** There when what the terminal showed is to come along as a file. */
  recording: Schema.optionalKey(Schema.Literal(true)),
}

/**
 * What the newest text of a message wants. It follows from the text alone: whether there is an approval to answer, a
 * turn to stop or a driver of that name is for the actor to know. With no approval pending, an `approve`, `deny` or
 * an `unclear` about an answer is a text like any other.
 */
export const Message = Schema.Union([
  /** The text as given, without leading commands. May be longer than a request may be; checked later. */
  Schema.Struct({ intent: Schema.Literal("request"), text: text(messageTextLimit), ...wishes }),
  /** In a session of its own; with an empty text there is nothing to do in it yet. */
  Schema.Struct({ intent: Schema.Literal("new"), text: text(messageTextLimit), ...wishes }),
  /** Nothing but a yes. With a code it answers the approval of that code, and no other if there is none such. */
  Schema.Struct({ intent: Schema.Literal("approve"), code: Schema.NullOr(ApprovalCode) }),
  /** A no, and what was said beside it: the reason, for the agent. */
  Schema.Struct({
    intent: Schema.Literal("deny"),
    code: Schema.NullOr(ApprovalCode),
    note: Schema.NullOr(text(requestTextLimit)),
  }),
  /** End what runs; the request of that id when one is named. */
  Schema.Struct({ intent: Schema.Literal("stop"), target: Schema.NullOr(text(64)) }),
  Schema.Struct({ intent: Schema.Literal("status") }),
  Schema.Struct({ intent: Schema.Literal("help") }),
  /** Files of the workspace, as they are; `casual` when it was asked in words that an agent could be meant by as well. */
  Schema.Struct({
    intent: Schema.Literal("send"),
    paths: Schema.Array(text(pathLimit)).check(Schema.isMaxLength(filesLimit)),
    casual: Schema.Boolean,
  }),
  /** From now on this driver, with nothing to do yet. */
  Schema.Struct({ intent: Schema.Literal("agent"), driver: DriverWish }),
  /** Not to be acted on. `reason` says why and what to write instead, to its sender. */
  Schema.Struct({
    intent: Schema.Literal("unclear"),
    /** What it seems to be: an answer to an approval, a command, or nothing at all. */
    about: Schema.Literals(["answer", "command", "nothing"]),
    reason: text(500),
  }),
])
export type Message = typeof Message.Type
