import { StringDecoder } from "node:string_decoder"
import type { Readable, Writable } from "node:stream"
import { judgeCommand } from "@maillm/actors/policy/judgeCommand"
import type { JudgeContext } from "@maillm/actors/policy/Verdict"
import { type PolicyAction, defaultPolicy } from "@maillm/schema/Policy"
import { CliFailure } from "./CliFailure.ts"
import { printable } from "./printable.ts"

interface CheckedLine {
  readonly verdict: PolicyAction
  readonly class: string
  readonly reason: string
}

interface Streams {
  readonly input: Readable & { readonly isTTY?: boolean }
  readonly output: Writable
}

/** `maillm policy check`: exactly one line of output for each line of input; answers whether all could be read. */
export const checkPolicy = async (
  json: boolean,
  context: JudgeContext,
  { input, output }: Streams = { input: process.stdin, output: process.stdout },
): Promise<boolean> => {
  for (const path of [context.workspace, context.cwd, context.home])
    if (!path.startsWith("/")) throw new CliFailure(`${JSON.stringify(path)} is no absolute path`)
  if (input.isTTY === true)
    throw new CliFailure(
      `there is nothing on standard input: give it commands, such as echo '"ls"' | maillm policy check`,
    )
  let readable = true
  for await (const line of linesOf(input)) {
    const command = commandOf(line)
    readable &&= command !== undefined
    const checked = command === undefined ? unread : judgeCommand(command, context, defaultPolicy)
    await write(output, `${json ? asJson(checked) : inWords(checked, command ?? line)}\n`)
  }
  return readable
}

/** The longest line that is kept, UTF-16 units; of a longer one only so much is, which is then no JSON. */
const lineLimit = 1_048_576

/** Lines end at a line feed only: the separators of Unicode may stand in a JSON string, and Node's own reader splits there. */
async function* linesOf(input: Readable): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8")
  let rest = ""
  for await (const chunk of input) {
    const pieces = (typeof chunk === "string" ? chunk : decoder.write(chunk)).split("\n")
    for (const piece of pieces.slice(0, -1)) {
      yield rest + piece
      rest = ""
    }
    if (rest.length < lineLimit) rest += (pieces.at(-1) ?? "").slice(0, lineLimit)
  }
  rest += decoder.end()
  if (rest !== "") yield rest
}

const unread: CheckedLine = { verdict: "ask", class: "unknown", reason: "the line is not a JSON string" }

const commandOf = (line: string): string | undefined => {
  try {
    const command: unknown = JSON.parse(line)
    return typeof command === "string" ? command : undefined
  } catch {
    return undefined
  }
}

const asJson = ({ verdict, class: name, reason }: CheckedLine): string =>
  JSON.stringify({ verdict, class: name, reason })

const inWords = ({ verdict, class: name, reason }: CheckedLine, command: string): string =>
  printable(`${verdict.padEnd(5)}  ${name.padEnd(24)}  ${command.slice(0, 60)}: ${reason}`).replaceAll(
    "\n",
    " ",
  )

const write = (output: Writable, text: string): Promise<void> | undefined =>
  output.write(text) ? undefined : new Promise((resolve) => void output.once("drain", resolve))
