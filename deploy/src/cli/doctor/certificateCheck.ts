import { certificateFiles, certificateState, readCertificate } from "@maillm/gateway/smtp/certificate"
import type { LocalSettings } from "../../local/readSettings.ts"
import { ok, warning, wrongLine } from "./Check.ts"
import type { Check } from "./Check.ts"

/** The certificate of inbound mail as the files are now, which is the one that a start or the next reload would use. */
export const certificateCheck = ({ smtp }: LocalSettings): Check => {
  const name = "smtp certificate"
  try {
    const files = certificateFiles(smtp)
    if (files === null) return ok(name, "none set: mail comes in clear, and AUTH is offered on loopback only")
    const { state, detail } = certificateState(readCertificate(files), Date.now())
    return state === "ok"
      ? ok(name, detail)
      : warning(name, detail, "renew it: senders that check it stay away")
  } catch (error) {
    return wrongLine(name, error instanceof Error ? error.message : String(error))
  }
}
