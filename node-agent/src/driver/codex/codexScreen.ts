import type { AgentFaultFacts } from "../AgentSignal.ts"

/** A folder with settings of its own, which stay off: the only choice but leaving. */
const restricted = /› 1\. Open restricted/
const choice = /^\s*› \d+\. /m
/** The line to write in, and below it the one that names the model and the folder. */
const composer = /^› (?!\d+\. )[^\n]*\n(?:[^\n]*\n)*?[^\n]* · [^\n]*$/m

/** What the screen shows: a prompt to type at, a question, or nothing that is known. */
export const codexScreen = (screen: string): "prompt" | "question" | null => {
  if (choice.test(screen)) return "question"
  return composer.test(screen.replaceAll(/[ \t]+$/gm, "")) ? "prompt" : null
}

/** Keys that answer what Codex asks at its start. */
export const codexStartKeys = (screen: string): string | null => (restricted.test(screen) ? "\r" : null)

export const codexScreenFault = (screen: string): AgentFaultFacts | null => {
  if (/Sign in with ChatGPT|Provide your own API key/.test(screen)) {
    return {
      kind: "authentication",
      message: "Codex asks to log in: its model's key is missing or refused.",
      resetAtMillis: null,
    }
  }
  if (/Trust this folder\?/.test(screen)) {
    return {
      kind: "agent-broken",
      message: "Codex asks whether it may trust the folder, which is never answered. Start the session anew.",
      resetAtMillis: null,
    }
  }
  return null
}
