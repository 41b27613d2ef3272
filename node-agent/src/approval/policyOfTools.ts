import { createHash } from "node:crypto"
import type { ToolPolicy } from "./ToolPolicy.ts"

export const toolPolicy: ToolPolicy = {
  judge: ({ tool, input }) =>
    tool === "Read" ||
    (tool === "Bash" && /^echo [a-z]+$/.test(String((input as { command?: string }).command)))
      ? { verdict: "allow", class: "read", reason: "" }
      : { verdict: "ask", class: "unknown", reason: "not judged" },
  hash: ({ tool, input, cwd }) =>
    createHash("sha256")
      .update(JSON.stringify([tool, input, cwd]))
      .digest("hex"),
  describe: ({ tool, input }) => `${tool} ${JSON.stringify(input)}`,
}
