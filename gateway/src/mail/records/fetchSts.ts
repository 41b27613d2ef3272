import { fetchPolicy } from "mailauth/lib/mta-sts.js"
import { QuestionLog } from "../authenticate/QuestionLog.ts"
import type { Ask } from "../authenticate/QuestionLog.ts"
import type { StsFile } from "./RecordCheck.ts"

/** For DNS and the file together; RFC 8461 §3.3 suggests a minute, nobody waits that long here. */
const fetchMillis = 15_000

/** The policy file of a domain over HTTPS: redirects are not followed, 64 KiB at most, the certificate has to be right. */
export const stsFetcher =
  (ask: Ask) =>
  async (domain: string): Promise<StsFile> => {
    try {
      const { resolver } = new QuestionLog(ask, fetchMillis)
      const policy = await fetchPolicy(domain, { resolver, timeout: fetchMillis })
      return policy === false
        ? { _tag: "NoPolicy", reason: `mta-sts.${domain} has no address` }
        : { _tag: "Policy", mode: policy.mode ?? "none", mx: policy.mx ?? [] }
    } catch (error) {
      return { _tag: "NoPolicy", reason: error instanceof Error ? error.message : String(error) }
    }
  }
