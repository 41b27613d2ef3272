import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { RequestId, TurnId } from "@maillm/schema/Ids"
import { defaultPolicy } from "@maillm/schema/Policy"
import { ApprovalBook } from "../ApprovalBook.ts"
import { Gate } from "../Gate.ts"

/** A folder for a book of approvals; to be given to `removeFolder`. */
export const bookFolder = () => mkdtemp(join(tmpdir(), "maillm-gate-"))
export const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 10 })

/** The gate of a session whose turn `t1` is under way, over the book in the folder: as after a restart, if it had one. */
export const openGate = async (folder: string): Promise<Gate> => {
  const book = await ApprovalBook.open(join(folder, "approvals.json"))
  const gate = new Gate(book, { policy: defaultPolicy, workspace: "/workspace", home: "/home/dev" })
  book.onChange = () => gate.changed()
  gate.turn = {
    turnId: TurnId.make("t1"),
    requestId: RequestId.make("r1"),
    approvalMillis: 60_000,
    policy: defaultPolicy,
  }
  return gate
}
