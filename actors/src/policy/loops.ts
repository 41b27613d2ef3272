import { type ArithmeticFor, type For, type Select, type SyntaxNode, type While, forEachChild } from "unbash"
import type { Walker } from "./Walker.ts"

interface Seen {
  background: boolean
  grows: boolean
  ends: boolean
  /** Some program runs, which takes its time. */
  runs: boolean
}

const manyRounds = /\{\d+\.\.\d{4,}|\bseq\b[^)]*\b\d{4,}/

/** Reports a loop that fills the machine: with processes, or, if it has no end, a disk. */
export const floods = (
  walker: Walker,
  node: For | Select | While | ArithmeticFor,
  isEndless: boolean,
): void => {
  const many =
    isEndless ||
    ("wordlist" in node &&
      node.wordlist !== undefined &&
      node.wordlist.some(({ text }) => manyRounds.test(text))) ||
    (node.type === "ArithmeticFor" && node.test !== undefined && hasBigNumber(node.test))
  if (!many) return
  const seen: Seen = { background: false, grows: false, ends: false, runs: false }
  look(node.body, seen, 0)
  if (seen.ends) return
  if (seen.background)
    walker.report("resource", "starts processes in a loop without end, which stops the machine")
  else if (isEndless && !seen.runs) walker.report("resource", "turns without end and without a pause")
  else if (isEndless && seen.grows)
    walker.report("resource", "writes in a loop without end, which fills the disk")
}

const enders = new Set(["break", "return", "exit", "sleep", "read", "wait", "inotifywait"])

const look = (node: SyntaxNode, seen: Seen, depth: number): void => {
  if (depth > 64) return
  if (node.type === "Statement" && node.background === true) {
    seen.background = true
    // What runs beside the loop does not slow it.
    return
  }
  if (
    node.type === "Redirect" &&
    node.operator.includes(">") &&
    !/^(\/dev\/|&?\d|-)/.test(node.target?.value ?? "")
  )
    seen.grows = true
  if (node.type === "Command") {
    const name = node.name?.value ?? ""
    if (!/^(:|true|false|echo|printf|\[|test|let|)$/.test(name)) seen.runs = true
    if (enders.has(name)) seen.ends = true
    if (name === "mkdir" || name === "touch" || name === "cp" || name === "fallocate") seen.grows = true
  }
  forEachChild(node, (child) => look(child, seen, depth + 1))
}

const hasBigNumber = (node: SyntaxNode): boolean => {
  let found = node.type === "ArithmeticWord" && /^\d{4,}$/.test(node.value)
  forEachChild(node, (child) => {
    found ||= hasBigNumber(child)
  })
  return found
}
