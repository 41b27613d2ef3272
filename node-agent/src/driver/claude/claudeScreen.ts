import type { AgentFaultFacts } from "../AgentSignal.ts"

/** Questions of Claude Code's own that stand on its screen before it takes prompts, and that nobody here answers. */
export const claudeScreenFault = (screen: string): AgentFaultFacts | null => {
  if (/^ *Select login method:? *$/m.test(screen)) {
    return {
      kind: "authentication",
      message: "Claude Code asks to log in: its model's key is missing or refused.",
      resetAtMillis: null,
    }
  }
  if (/^ *Choose the text style that looks best/m.test(screen)) {
    return {
      kind: "agent-broken",
      message:
        "Claude Code asks how to look, as at its very first start: its settings were lost. They are written anew; send the request again.",
      resetAtMillis: null,
    }
  }
  return null
}
