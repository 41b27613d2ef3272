import { agentName } from "@maillm/schema/agentName"
import type { Approval } from "@maillm/schema/Approval"
import type { OutboundMail } from "@maillm/schema/Message"
import type { Changes, DriverName, TurnResult, Usage } from "@maillm/schema/Turn"
import type { RequestSpec } from "@maillm/schema/UserActor"
import type { WorldContext } from "../world/Facts.ts"
import { attachedFiles } from "./attachedFiles.ts"
import { formatBytes } from "@maillm/schema/formatBytes"
import { count, decider, formatCost, formatDuration } from "./format.ts"
import { mailInThread } from "./notices.ts"
import type { Ending } from "./turnEnding.ts"

/** Whole outputs up to this size go along as a file; larger ones are linked. */
const attachedOutputLimitBytes = 5 * 1024 * 1024
/** Patches up to this size go along; larger ones are linked. */
const attachedPatchLimitBytes = 512 * 1024

/** Of `OutboundMail.answer`, in UTF-16 code units. */
const answerLimit = 262_144
/** Files in a mail's diffstat; the others are counted. */
const diffstatFiles = 40
/** Approvals named in a mail; the others are counted. */
const approvalsNamed = 6

/** Who did it, and what was allowed on the way. */
export interface Work {
  readonly driver: DriverName
  readonly approvals: ReadonlyArray<Approval>
}

/**
 * The mail that answers a request, or null when it came by another channel. Pure and stable: the same ending gives
 * the same mail, with ids that follow from the request.
 */
export const composeReply = (
  sessionId: OutboundMail["sessionId"],
  request: RequestSpec,
  ending: Ending,
  result: TurnResult | null,
  work: Work,
  context: WorldContext,
): OutboundMail | null => {
  if (request.replyTo === null) return null
  const blob = result?.outputBlob ?? null
  const attached = blob !== null && blob.sizeBytes <= attachedOutputLimitBytes
  const patch = result?.changes?.patch ?? null
  const attachedPatch = patch !== null && patch.sizeBytes <= attachedPatchLimitBytes
  const files = attachedFiles({
    files: ending.files ?? result?.files ?? null,
    recording: request.recording === true && result !== null ? { blob: result.recording ?? null } : null,
    takenBytes: (attached ? blob.sizeBytes : 0) + (attachedPatch ? patch.sizeBytes : 0),
    link: pageOf(request, context, "files-heading"),
  })
  return {
    ...mailInThread(sessionId, request, request.replyTo, `m${request.requestId}`, context),
    outcome: ending.outcome,
    answer: answerOf(ending, result, work.driver, attached),
    answerFormat: result === null || result.answer !== undefined ? "markdown" : "terminal",
    facts:
      result === null
        ? []
        : [
            ...factsOf(result, work),
            ...placedOf(request, result, work),
            ...recordingOf(request, result, context),
          ],
    ...files,
    attachments: [
      ...(attached ? [{ name: "output.txt", type: "text/plain", blob }] : []),
      ...(attachedPatch ? [{ name: "changes.patch", type: "text/x-patch", blob: patch }] : []),
      ...files.attachments,
    ],
    ...(result?.changes === undefined || result.changes.fileCount === 0
      ? {}
      : { diffstat: diffstat(result.changes, attachedPatch) }),
  }
}

const answerOf = (ending: Ending, result: TurnResult | null, driver: DriverName, attached: boolean) => {
  if (result === null) return ending.detail
  // There its output is what its screen showed, which says nothing to who has stopped it.
  if (ending.state === "cancelled" && driver !== "shell" && result.answer === undefined)
    return "What the agent had done by then stays done."
  const said = result.answer
  if (said !== undefined) {
    const answer = [ending.detail, said.trim()].filter((part) => part !== "").join("\n\n")
    return (answer === "" ? "(it gave no answer in words)" : answer).slice(0, answerLimit)
  }
  const note = result.truncated
    ? attached
      ? "\n\n(The middle is left out here; the whole output is attached as output.txt.)"
      : "\n\n(The middle is left out here; the whole output is in the console.)"
    : ""
  const text = result.outputText.trimEnd()
  const printed = text === "" ? (ending.detail === "" ? "(it printed nothing)" : "") : text + note
  const answer = [ending.detail, printed].filter((part) => part !== "").join("\n\n")
  return answer.slice(0, answerLimit)
}

const factsOf = (result: TurnResult, { approvals, driver }: Work) => {
  const { outcome, usage } = result
  const code = "exitCode" in outcome ? outcome.exitCode : null
  const time = { label: "Time", value: formatDuration(result.endedAtMillis - result.startedAtMillis) }
  if (driver === "shell") {
    return [
      ...(code === null ? [] : [{ label: "Exit code", value: String(code) }]),
      time,
      { label: "Output", value: formatBytes(result.outputBytes) },
    ]
  }
  const models = usage === undefined || usage.models.length === 0 ? "" : ` (${usage.models.join(", ")})`
  return [
    { label: "Agent", value: `${agentName(driver)}${models}`.slice(0, 500) },
    time,
    ...(usage === undefined ? [] : [{ label: "Cost", value: costOf(usage) }]),
    ...approvals.slice(0, approvalsNamed).map((approval) => ({
      label: approval.state === "consumed" ? "Allowed" : "Allowed, not used",
      value: allowed(approval),
    })),
    ...(approvals.length > approvalsNamed
      ? [
          {
            label: "Allowed",
            value: `and ${approvals.length - approvalsNamed} more; the console has them all`,
          },
        ]
      : []),
  ]
}

/** A shell is not told where files lie that came with its request, as an agent is. */
const placedOf = ({ attachments, requestId }: RequestSpec, { outcome }: TurnResult, { driver }: Work) =>
  driver !== "shell" || attachments.length === 0 || (outcome._tag === "Failed" && outcome.ran === "no")
    ? []
    : [
        {
          label: "Attachments",
          value: `${count(attachments.length, "file")} in attachments/${requestId}, below the workspace`,
        },
      ]

/** Where what the terminal showed can be watched; the shell's is its output. */
const recordingOf = (request: RequestSpec, { answer, recording }: TurnResult, context: WorldContext) =>
  recording === undefined || answer === undefined || context.facts.publicUrl === null
    ? []
    : [{ label: "Recording", value: pageOf(request, context, "recording-heading") }]

/** A part of the request's page in the console; empty without a public address. */
const pageOf = ({ requestId }: RequestSpec, { facts }: WorldContext, part: string) =>
  facts.publicUrl === null ? "" : `${facts.publicUrl}/requests/${requestId}#${part}`

const costOf = ({ cacheReadTokens, cacheWriteTokens, costMicroUsd, inputTokens, outputTokens }: Usage) => {
  const read = inputTokens + cacheReadTokens + cacheWriteTokens
  const tokens = `${read.toLocaleString("en-US")} tokens in, ${outputTokens.toLocaleString("en-US")} out`
  return costMicroUsd === null
    ? `${tokens}; the price is not known`
    : `${formatCost(costMicroUsd)} (${tokens})`
}

/** "`git push` by ada@example.org (email)"; on one line, for it stands in a list. */
const allowed = (approval: Approval) => {
  const line = approval.command.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim()
  const short = line.length > 200 ? `${line.slice(0, 199)}…` : line
  return `${short} — by ${decider(approval)}`.slice(0, 500)
}

/** As `git diff --stat` has it: a line a file, then the sum. */
const diffstat = (changes: Changes, attached: boolean): string => {
  const { addedLines, fileCount, files, patch, removedLines } = changes
  const marks = { added: "A", deleted: "D", modified: "M", renamed: "R" } as const
  const lines = files.slice(0, diffstatFiles).map(({ added, change, path, removed }) => {
    const shown = path.replace(/[\p{Cc}\p{Cf}]/gu, "�")
    const lineCount = added === null || removed === null ? "binary" : `+${added} -${removed}`
    return `${marks[change]} ${shown}  ${lineCount}`
  })
  const rest = fileCount - lines.length
  const whose = changes.shared === true ? "; another session worked in the same folder, some may be its" : ""
  const where = patch === null ? "" : attached ? "; the patch is attached" : "; the patch is in the console"
  return [
    ...lines,
    ...(rest > 0 ? [`… and ${count(rest, "file")} more`] : []),
    `${count(fileCount, "file")} changed, +${addedLines} -${removedLines}${whose}${where}`,
  ]
    .join("\n")
    .slice(0, 20_000)
}
