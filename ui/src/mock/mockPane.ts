import type { AgentState } from "@maillm/schema/Turn"
import { type Sample, samples } from "./samples.ts"

const encoder = new TextEncoder()
const prompt = "\u001b[1;32mada@atlas\u001b[0m:\u001b[1;34m~/work\u001b[0m$ "

const colour = (line: string): string =>
  line
    .replace(/✓/g, "\u001b[32m✓\u001b[0m")
    .replace(/(×|❯)/g, "\u001b[31m$1\u001b[0m")
    .replace(/(\d+ failed)/g, "\u001b[1;31m$1\u001b[0m")
    .replace(/(\d+ passed)/g, "\u001b[1;32m$1\u001b[0m")
    .replace(/(RUN)/g, "\u001b[30;46m $1 \u001b[0m")

type Done = Pick<Sample, "text" | "answer">

/** The screen of a shell that has done these, each as the shell driver shows it, and waits. */
const played = (done: ReadonlyArray<Done>): string =>
  done
    .map(({ text, answer }) => `\u001b[2m│ ${text.replaceAll("\n", "\n│ ")}\u001b[0m\n${colour(answer)}\n`)
    .join("")
    .replaceAll("\n", "\r\n")

/** A pane that plays a shell: it keeps all its bytes, so that every snapshot is true to its offset. */
export const makeMockPane = (
  generation: string,
  done: ReadonlyArray<Done> = samples.slice(0, 1),
  of: { readonly screen?: string | undefined; readonly agent?: AgentState | undefined } = {},
) => {
  let screen = ""
  let offset = 0
  let columns = 100
  let rows = 30
  let agent = of.agent
  const inputs: Array<string> = []
  const print = (text: string) => {
    const bytes = encoder.encode(text)
    const at = offset
    screen = (screen + text).slice(-200_000)
    offset += bytes.length
    return { at, bytes }
  }
  print(of.screen ?? `${played(done)}${prompt}`)
  return {
    generation,
    inputs,
    print,
    resize: (nextColumns: number, nextRows: number) => {
      columns = nextColumns
      rows = nextRows
    },
    snapshot: () => {
      const seen = { _tag: "Snapshot", generation, offset, columns, rows, state: "idle", screen } as const
      return agent === undefined ? seen : { ...seen, agent }
    },
    setAgent: (next: AgentState) => {
      agent = next
    },
    /** What the shell prints for keys: an echo, and an answer to Enter. */
    answer: (data: string): string => {
      inputs.push(data)
      return data
        .replaceAll("\r", `\r\n\u001b[2m(the mock prints what you type)\u001b[0m\r\n${prompt}`)
        .replaceAll("\u007f", "\b \b")
    },
    nextLine: (tick: number): string => {
      const lines = samples[tick % samples.length]?.answer.split("\n") ?? []
      return `${colour(lines[tick % Math.max(1, lines.length)] ?? "")}\r\n`
    },
  }
}
export type MockPane = ReturnType<typeof makeMockPane>
