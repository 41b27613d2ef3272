import type { Signature } from "./Findings.ts"
import type { QuestionLog } from "./QuestionLog.ts"

/**
 * Headers, lower case, that the large mail services leave out of the signatures they make for their customers, by the
 * servers that take a domain's mail: seen in signed mail of 2025 and 2026.
 */
const services: ReadonlyArray<{ readonly servers: RegExp; readonly leavesOut: ReadonlyArray<string> }> = [
  // Gmail and Google Workspace.
  { servers: /\.(google|googlemail)\.com$/, leavesOut: ["content-type"] },
  // Microsoft 365 and outlook.com.
  { servers: /\.(protection\.outlook\.com|mx\.microsoft)$/, leavesOut: ["to"] },
]

/** Whether any service leaves out all that this otherwise good signature does not cover: else there is nothing to ask. */
const mayBeHabit = ({ related, result, uncovered }: Signature): boolean =>
  related &&
  result === "pass" &&
  uncovered.length > 0 &&
  services.some(({ leavesOut }) => uncovered.every((name) => leavesOut.includes(name.toLowerCase())))

/**
 * The signature, without what its domain's mail service never covers. The domain's own MX says whose customer it is, which
 * nobody else can publish. All its servers must be of that service.
 */
export const excuseHabit = async (signature: Signature, { resolver }: QuestionLog): Promise<Signature> => {
  if (!mayBeHabit(signature)) return signature
  const servers = await serversOf(signature.domain, resolver)
  const service = services.find(
    ({ servers: known }) => servers.length > 0 && servers.every((name) => known.test(name)),
  )
  return service === undefined
    ? signature
    : {
        ...signature,
        uncovered: signature.uncovered.filter((name) => !service.leavesOut.includes(name.toLowerCase())),
      }
}

/** What is asked for that. */
export const habitQuestion = (signature: Signature): string | null =>
  mayBeHabit(signature) ? `${signature.domain.toLowerCase()} MX` : null

/** Names of the servers that take the domain's mail; none when that is not known. */
const serversOf = async (
  domain: string,
  resolver: QuestionLog["resolver"],
): Promise<ReadonlyArray<string>> => {
  try {
    const records: ReadonlyArray<unknown> = await resolver(domain, "MX")
    return records.map((record) =>
      typeof record === "object" && record !== null && "exchange" in record
        ? String(record.exchange).toLowerCase().replace(/\.$/, "")
        : "",
    )
  } catch {
    return []
  }
}
