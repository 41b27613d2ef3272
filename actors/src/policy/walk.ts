import {
  type AndOr,
  type For,
  type ParsedScript,
  type Pipeline,
  type Select,
  type Statement,
  type SyntaxNode,
  type While,
  type Word,
  forEachChild,
} from "unbash"
import type { ActionClass } from "@maillm/schema/Policy"
import { dispatch, ruleOf } from "./dispatch.ts"
import { floods } from "./loops.ts"
import { joined, noOutput, unknownOutput } from "./outputs.ts"
import { UNKNOWN } from "./paths.ts"
import { parseScript } from "./parseScript.ts"
import type { Alternatives, Call, FunctionBody, Output, Scope } from "./Shell.ts"
import { applyRedirects, walkCommand } from "./walkCommand.ts"
import type { Analysis, Walker } from "./Walker.ts"
import { asTexts, evaluateWord } from "./words.ts"

type Node = FunctionBody | Statement["command"]

const variableLimit = 256
const cwdLimit = 4

/** Walks a script in the order of its commands, and has each command judged with what is known by then. */
export class ScriptWalk implements Walker {
  readonly analysis: Analysis
  readonly scope: Scope

  constructor(analysis: Analysis, scope: Scope) {
    this.analysis = analysis
    this.scope = scope
  }

  get context() {
    return this.analysis.context
  }

  report(name: ActionClass, reason: string): void {
    this.analysis.report(name, reason)
  }

  evaluate(word: Word): Alternatives {
    return evaluateWord(word, this)
  }

  nested(node: SyntaxNode): void {
    forEachChild(node, (child) => {
      if (child.type === "Script") this.script(child)
      else this.nested(child)
    })
  }

  script(script: ParsedScript, input = this.scope.input): Output {
    const error = script.errors?.[0]
    if (error !== undefined) this.report("unknown", `cannot be read as a shell command (${error.message})`)
    const before = this.analysis.networkCalls
    const output = this.analysis.deeper(() => this.#child(input).statements(script.commands))
    return this.analysis.networkCalls > before ? { ...output, network: true } : output
  }

  runText(text: string, input = this.scope.input, positional?: ReadonlyArray<string>): Output {
    const child = this.#child(input)
    if (positional !== undefined) child.#setPositional(positional)
    return child.runHere(text)
  }

  runHere(text: string): Output {
    this.analysis.spend(text.length + 1)
    if (text.includes(UNKNOWN)) {
      // What is known of it is judged all the same; the rest may be anything.
      if (this.analysis.networkCalls > 0)
        this.report("code-from-network", "runs as a program what comes over the network")
      else this.report("obfuscated", "runs a script that is not known until then")
    }
    const outcome = parseScript(text.replaceAll(UNKNOWN, "$__unknown__"))
    if ("problem" in outcome) {
      this.report("unknown", `runs a script that ${outcome.problem}`)
      return unknownOutput
    }
    return this.analysis.deeper(() => this.statements(outcome.script.commands))
  }

  atExit(script: string): void {
    if (this.analysis.atExit.length < 16) this.analysis.atExit.push([this, script])
    else this.runText(script)
  }

  runAtExit(): void {
    for (const [shell, script] of this.analysis.atExit) shell.runText(script)
  }

  runWords(words: ReadonlyArray<string>, input = this.scope.input, own = false): Output {
    this.analysis.step()
    return this.analysis.deeper(() =>
      this.dispatch({ args: words.slice(1), input, piped: true, toFile: false }, words, own),
    )
  }

  knows(name: string): boolean {
    return ruleOf(name) !== undefined
  }

  dispatch(call: Omit<Call, "shell" | "name" | "path">, words: ReadonlyArray<string>, own: boolean): Output {
    return dispatch(this, call, words, own)
  }

  statements(statements: ReadonlyArray<Statement>): Output {
    const outputs = statements.map(({ command, background }) =>
      background === true ? this.analysis.forked(() => this.#node(command, true)) : this.#node(command, true),
    )
    return outputs.length === 1 ? (outputs[0] ?? noOutput) : joined(outputs)
  }

  body(body: FunctionBody): Output {
    return this.#node(body, true)
  }

  branch<A>(inner: () => A): A {
    const { variables, cwds } = this.scope
    this.scope.variables = new Map(variables)
    const result = inner()
    for (const [name, before] of variables) {
      const after = this.scope.variables.get(name)
      if (after !== undefined && after !== before) this.scope.variables.set(name, unite(before, after))
    }
    // One that did not exist before may still not exist.
    for (const [name, after] of this.scope.variables)
      if (!variables.has(name)) this.scope.variables.set(name, unite(after, [[UNKNOWN]]))
    this.#moveTo([...cwds, ...this.scope.cwds])
    return result
  }

  #moveTo(cwds: ReadonlyArray<string>): void {
    const different = [...new Set(cwds)]
    this.scope.cwds = different.length > cwdLimit ? [UNKNOWN] : different
  }

  #child(input: Output | undefined): ScriptWalk {
    const { cwds, variables, functions, aliases, files } = this.scope
    return new ScriptWalk(this.analysis, {
      cwds,
      variables: new Map(variables),
      functions: new Map(functions),
      aliases: new Map(aliases),
      // Files outlive the subshell that writes them.
      files,
      input,
    })
  }

  #setPositional(words: ReadonlyArray<string>): void {
    this.scope.variables.set("@", [words])
    this.scope.variables.set("*", [words])
    for (let index = 1; index <= 9; index++)
      this.scope.variables.set(String(index), [[words[index - 1] ?? ""]])
  }

  #node(node: Node, last: boolean): Output {
    this.analysis.step()
    if (this.scope.variables.size > variableLimit) this.#forget()
    switch (node.type) {
      case "Command":
        return walkCommand(this, node, !last)
      case "Pipeline":
        return this.#pipeline(node)
      case "AndOr":
        return this.#andOr(node)
      case "CompoundList":
        return this.statements(node.commands)
      case "BraceGroup":
        return this.statements(node.body.commands)
      case "Subshell":
        return this.#child(this.scope.input).statements(node.body.commands)
      case "Redirected": {
        const { input, write } = applyRedirects(this, node.redirects)
        const before = this.scope.input
        this.scope.input = input ?? before
        const output = this.#node(node.command, last)
        this.scope.input = before
        return write(output)
      }
      case "Function": {
        const { name, body } = node
        const bodies = this.scope.functions.get(name.value) ?? []
        if (bodies.length < 8 && !bodies.includes(body))
          this.scope.functions.set(name.value, [...bodies, body])
        return noOutput
      }
      case "Coproc":
        return this.analysis.forked(() => this.#child(unknownOutput).#node(node.body, true))
      default:
        return this.#conditional(node)
    }
  }

  #conditional(
    node: Exclude<
      Node,
      {
        type:
          | "Command"
          | "Pipeline"
          | "AndOr"
          | "CompoundList"
          | "BraceGroup"
          | "Subshell"
          | "Redirected"
          | "Function"
          | "Coproc"
      }
    >,
  ): Output {
    switch (node.type) {
      case "If": {
        this.statements(node.clause.commands)
        const outputs = [this.branch(() => this.statements(node.then.commands))]
        for (const { clause, then } of node.elif)
          outputs.push(
            this.branch(() => joined([this.statements(clause.commands), this.statements(then.commands)])),
          )
        if (node.else !== undefined)
          outputs.push(this.branch(() => this.statements(node.else?.commands ?? [])))
        return joined(outputs)
      }
      case "For":
      case "Select":
        return this.#eachWord(node)
      case "While":
        return this.#while(node)
      case "ArithmeticFor":
        for (const part of [node.initialize, node.test, node.update]) if (part) this.nested(part)
        floods(this, node, node.test === undefined)
        return this.#loop(node.body.commands)
      case "Case": {
        this.evaluate(node.word)
        const outputs = node.items.map(({ pattern, body }) => {
          for (const word of pattern) this.nested(word)
          return this.branch(() => this.statements(body.commands))
        })
        return joined(outputs)
      }
      case "TestCommand":
      case "ArithmeticCommand":
        this.nested(node)
        return noOutput
    }
  }

  #pipeline({ commands }: Pipeline): Output {
    if (commands.length === 1 && commands[0] !== undefined) return this.#node(commands[0], true)
    let input = this.scope.input
    this.analysis.forked(() => {
      for (const [index, command] of commands.entries()) {
        const before = this.analysis.networkCalls
        const output = this.#child(input).#node(command, index === commands.length - 1)
        const next = commands[index + 1]
        const sorts =
          next?.type === "Command" &&
          next.name?.value === "sort" &&
          next.args.length + next.redirects.length === 0
        if (output.environment === true && !sorts && !filtersNarrowly(next))
          this.report("credentials", "shows the whole environment, with the secrets in it")
        input = {
          ...output,
          network: output.network || this.analysis.networkCalls > before,
          environment: output.environment === true && sorts,
        }
      }
    })
    return input ?? unknownOutput
  }

  #andOr({ commands }: AndOr): Output {
    const [first, ...others] = commands
    if (first === undefined) return noOutput
    const output = this.#node(first, true)
    return joined([output, this.branch(() => joined(others.map((other) => this.#node(other, true))))])
  }

  #eachWord(node: For | Select): Output {
    const values = node.wordlist?.flatMap((word) => this.evaluate(word).flat()) ?? [UNKNOWN]
    const different = [...new Set(values)]
    this.scope.variables.set(
      node.name.value,
      node.type === "Select"
        ? [[UNKNOWN]]
        : different.length > 32
          ? [[UNKNOWN]]
          : different.map((value) => [value]),
    )
    floods(this, node, false)
    return this.#loop(node.body.commands)
  }

  #while(node: While): Output {
    floods(this, node, endless(node))
    this.statements(node.clause.commands)
    return this.#loop(node.body.commands)
  }

  /** Twice, since what a round sets holds in the next. */
  #loop(commands: ReadonlyArray<Statement>): Output {
    return this.branch(() => {
      const before = this.scope.variables
      const output = this.branch(() => this.statements(commands))
      if (
        before.size !== this.scope.variables.size ||
        [...before].some(([name, value]) => this.scope.variables.get(name) !== value)
      )
        this.statements(commands)
      return output
    })
  }

  /** Far too many variables: those of the script are then not known. */
  #forget(): void {
    for (const name of this.scope.variables.keys()) this.scope.variables.set(name, [[UNKNOWN]])
    if (this.scope.variables.size > variableLimit * 16) this.scope.variables = new Map()
  }
}

/** Whether a command is a search for a plain word that is no name of a secret. */
const filtersNarrowly = (node: Node | undefined): boolean => {
  if (node?.type !== "Command" || !/^(e|f)?grep$|^rg$/.test(node.name?.value ?? "")) return false
  const words = node.args.map(({ text }) => text)
  if (words.some((word) => /^-\w*[vfe]|^--/.test(word))) return false
  const pattern = words
    .filter((word) => !word.startsWith("-"))
    .map((word) => word.replace(/^["']|["']$/g, ""))
  return (
    pattern.length === 1 &&
    /^\^?[A-Za-z_|]{3,}=?$/.test(pattern[0] ?? "") &&
    !/key|token|secret|pass|pwd|cred|auth|aws|api|gith?ub|private|cert/i.test(pattern[0] ?? "")
  )
}

const endless = ({ kind, clause }: While): boolean => {
  const command = clause.commands[0]?.command
  if (clause.commands.length !== 1 || command === undefined) return false
  if (command.type === "ArithmeticCommand") return /^\s*1\s*$/.test(command.body)
  if (command.type !== "Command") return false
  const words = [command.name?.value, ...asPlain(command.args)].join(" ")
  return kind === "while" ? /^(true|:|\[ 1 \]|\/bin\/true)$/.test(words) : words === "false"
}

const asPlain = (args: ReadonlyArray<{ readonly text: string }>): ReadonlyArray<string> =>
  args.map(({ text }) => text)

const unite = (left: Alternatives, right: Alternatives): Alternatives => {
  const all = new Map([...left, ...right].map((words) => [words.join("\n"), words]))
  return all.size > 32 ? [[UNKNOWN]] : [...all.values()]
}

/** Every text that a variable or word may be. */
export const textsOf = (walker: Walker, word: Word): ReadonlyArray<string> => asTexts(walker.evaluate(word))
