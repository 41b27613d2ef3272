import type { ParsedScript, Statement, SyntaxNode, Word } from "unbash"
import type { Alternatives, Call, FunctionBody, Output, Scope, Shell } from "./Shell.ts"
import type { Finding, JudgeContext } from "./Verdict.ts"
import type { ActionClass } from "@maillm/schema/Policy"

/** The analysis ends here, and the command is asked about: it would take too long, or too much. */
export class TooComplicated extends Error {}

const stepLimit = 20_000
const textLimit = 1_048_576
const depthLimit = 40
const findingLimit = 200

/** One analysis: its bounds and what it found. */
export class Analysis {
  readonly context: JudgeContext
  readonly found = new Map<string, Finding>()
  /** Scripts of `trap`, each with the shell that runs it. */
  readonly atExit: Array<readonly [Shell, string]> = []
  /** Functions whose bodies are being walked. */
  readonly calling = new Set<string>()
  /** Above 0 in pipelines and background jobs. */
  forks = 0
  reports = 0
  networkCalls = 0
  #steps = 0
  #text = 0
  #depth = 0

  constructor(context: JudgeContext) {
    this.context = context
  }

  report(name: ActionClass, reason: string): void {
    this.reports++
    if (this.found.size < findingLimit) this.found.set(`${name} ${reason}`, { class: name, reason })
  }

  step(): void {
    if (++this.#steps > stepLimit) throw new TooComplicated()
  }

  /** Counts text that is parsed or copied. */
  spend(length: number): void {
    this.#text += length
    if (this.#text > textLimit) throw new TooComplicated()
  }

  /** Runs what lies one level deeper. */
  deeper<A>(inner: () => A): A {
    if (this.#depth >= depthLimit) throw new TooComplicated()
    this.#depth++
    try {
      return inner()
    } finally {
      this.#depth--
    }
  }

  forked<A>(inner: () => A): A {
    this.forks++
    try {
      return inner()
    } finally {
      this.forks--
    }
  }
}

/** A shell that walks a syntax tree; what its parts in other files need of each other. */
export interface Walker extends Shell {
  readonly analysis: Analysis
  readonly scope: Scope
  evaluate(word: Word): Alternatives
  /** Walks the scripts nested in a node, such as the substitutions of a test. */
  nested(node: SyntaxNode): void
  /** A script in a subshell. */
  script(script: ParsedScript, input?: Output): Output
  statements(statements: ReadonlyArray<Statement>): Output
  body(body: FunctionBody): Output
  /** What runs on a condition: what it sets may hold afterwards or not. */
  branch<A>(inner: () => A): A
  dispatch(call: Omit<Call, "shell" | "name" | "path">, words: ReadonlyArray<string>, own: boolean): Output
}
