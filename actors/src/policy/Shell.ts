import type { ActionClass } from "@maillm/schema/Policy"
import type { CompoundList, Function as FunctionNode } from "unbash"
import type { JudgeContext } from "./Verdict.ts"

/** What a command writes to its standard output, as far as it can be known without running it. */
export interface Output {
  /** `UNKNOWN` and `SOME` stand for what is not known. */
  readonly text: string
  /** It came over the network. */
  readonly network: boolean
  /** It was decoded, so that a reader of the command does not see it. */
  readonly decoded: boolean
  /** It is what this file of the workspace holds, of which no more is known. */
  readonly file?: string
  /** It is a list of all variables, with the secrets among them, which only a narrow filter makes harmless. */
  readonly environment?: boolean
  /** It is a list of processes: all of them, or those of a program that others need. */
  readonly processes?: "all" | "vital"
  /** It never ends. */
  readonly endless?: boolean
}

/** What a shell variable may hold: some alternatives, each a list of words (a scalar has one). */
export type Alternatives = ReadonlyArray<ReadonlyArray<string>>

export type FunctionBody = FunctionNode["body"] | CompoundList

/** What changes while a script runs. */
export interface Scope {
  /** The working directory, absolute; more than one where it depends on a condition. */
  cwds: ReadonlyArray<string>
  variables: Map<string, Alternatives>
  /** Every body that a function may have: a definition adds, so that none is hidden by a later one. */
  readonly functions: Map<string, ReadonlyArray<FunctionBody>>
  readonly aliases: Map<string, ReadonlyArray<string>>
  /** Content of files that the same script wrote, by resolved path; a write adds. */
  readonly files: Map<string, ReadonlyArray<Output>>
  /** Standard input of commands that have no other; undefined at the terminal. */
  input: Output | undefined
}

/** What the rules of programs may do: report, and have a script or a command judged that their program would run. */
export interface Shell {
  readonly context: JudgeContext
  readonly scope: Scope
  report(name: ActionClass, reason: string): void
  /** Judges a script in a shell of its own, as `sh -c` runs it, with this standard input. */
  runText(script: string, input?: Output, positional?: ReadonlyArray<string>): Output
  /** A script that runs when this shell ends, with what its variables hold by then. */
  atExit(script: string): void
  /** The shell ends here, or may. */
  runAtExit(): void
  /** Judges a script in this very shell, as `eval` and `source` do. */
  runHere(script: string): Output
  /** Judges a command given as words, as `env` and `xargs` run it; functions and aliases only where the shell itself does. */
  /** Whether a program of this name has rules. */
  knows(name: string): boolean
  runWords(words: ReadonlyArray<string>, input?: Output, own?: boolean): Output
}

/** A call of a program: its words are known but for `UNKNOWN` and `SOME` in them. */
export interface Call {
  readonly shell: Shell
  /** Without its folder and `.exe`. */
  readonly name: string
  /** As written, such as `/bin/rm` or `./build.sh`. */
  readonly path: string
  readonly args: ReadonlyArray<string>
  readonly input: Output | undefined
  /** The command's standard output goes into a pipe or a file. */
  readonly piped: boolean
  /** It goes into a file. */
  readonly toFile: boolean
}

/** Judges a call: reports what it does; answers what it writes out where that can be known. */
export type Rule = (call: Call) => Output | void

/** The rules of a family of programs, by name. */
export type Programs = Readonly<Record<string, Rule>>
