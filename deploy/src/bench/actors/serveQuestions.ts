import { createInterface } from "node:readline"

/**
 * The child's side of `BenchChild`: says that it is ready, then answers each question `{do: …}` in turn. The
 * process ends with its standard input, so it does not outlive the benchmark.
 */
export const serveQuestions = (
  handlers: Readonly<Record<string, (question: Readonly<Record<string, unknown>>) => Promise<object>>>,
): void => {
  const say = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`)
  let turn = Promise.resolve()
  const handle = async (line: string) => {
    try {
      const question: Record<string, unknown> = JSON.parse(line)
      const handler = handlers[String(question["do"])]
      if (handler === undefined) throw new Error(`unknown question ${line}`)
      say(await handler(question))
    } catch (error) {
      say({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  }
  createInterface({ input: process.stdin })
    .on("line", (line) => {
      turn = turn.then(() => handle(line))
    })
    .on("close", () => process.exit(0))
  say({ ready: true })
}
