import type { OldestCommand } from "@maillm/schema/api/ActorsApi"
import { eventSubject } from "@maillm/schema/Subjects"
import type { Nats } from "./Nats.ts"

/** A command that waits for longer says that its actor does not keep up. */
export const lateMillis = 15_000

/** The oldest command on subjects that match, as the stream's leader has it; null when there is none. */
export const oldestCommand = async (
  jsm: Nats["Service"]["jsm"],
  filter: string,
  now: number,
): Promise<OldestCommand | null> => {
  // The server takes both together; the library's type knows them singly.
  const first = { seq: 1, next_by_subj: filter }
  const message = await jsm.streams.getMessage("CMD", first)
  if (message === null) return null
  const [, , kind = "", id = ""] = message.subject.split(".")
  const last = await jsm.streams.getMessage("EVT", { last_by_subj: eventSubject(kind, id) })
  return {
    kind,
    id,
    sequence: message.seq,
    ageMillis: Math.max(0, now - message.time.getTime()),
    committed: last !== null && commandSequenceIn(last.string()) >= message.seq,
  }
}

/** Position that a record says its actor has handled; 0 when it says nothing that can be read. */
const commandSequenceIn = (record: string): number => {
  try {
    const { commandSeq }: { readonly commandSeq?: unknown } = JSON.parse(record)
    return typeof commandSeq === "number" ? commandSeq : 0
  } catch {
    return 0
  }
}
