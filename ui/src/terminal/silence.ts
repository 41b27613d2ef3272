import type { IParser } from "@xterm/xterm"
import { asksOnlyForReports, isColourQuery, silencedQueries } from "./automaticReplies.ts"

/** Leaves programs' questions unanswered, and mouse and focus reports off; see automaticReplies.ts. */
export const silence = (
  parser: Pick<IParser, "registerCsiHandler" | "registerDcsHandler" | "registerOscHandler">,
): void => {
  for (const id of silencedQueries.csi) parser.registerCsiHandler(id, () => true)
  for (const id of silencedQueries.dcs) parser.registerDcsHandler(id, () => true)
  for (const code of [4, 10, 11, 12]) parser.registerOscHandler(code, isColourQuery)
  // OSC 52 would let a program read or set the clipboard.
  parser.registerOscHandler(52, () => true)
  parser.registerCsiHandler({ prefix: "?", final: "h" }, asksOnlyForReports)
}
