import { dkimCheck } from "./dkimCheck.ts"
import { dmarcCheck } from "./dmarcCheck.ts"
import { mxCheck } from "./mxCheck.ts"
import { ptrChecks } from "./ptrChecks.ts"
import type { MailHost, RecordCheck, RecordSources } from "./RecordCheck.ts"
import { spfCheck } from "./spfCheck.ts"
import { stsChecks, tlsReportCheck } from "./tlsChecks.ts"

/** Everything that the DNS has to say for mail of a domain to arrive, both ways, as it is now. */
export const checkRecords = async (
  host: MailHost,
  { ask, fetchSts }: RecordSources,
): Promise<ReadonlyArray<RecordCheck>> => {
  const { domain } = host
  const mx = await mxCheck(ask, domain)
  const addresses = host.addresses.length > 0 ? host.addresses : mx.addresses
  const [spf, dkim, dmarc, ptr, sts, tlsReport] = await Promise.all([
    spfCheck(ask, host, addresses),
    dkimCheck(ask, host),
    dmarcCheck(ask, domain),
    ptrChecks(ask, host, addresses),
    stsChecks(ask, domain, mx.hosts, fetchSts),
    tlsReportCheck(ask, domain, host.reportTo),
  ])
  return [mx.check, spf, dkim, dmarc, ...ptr, ...sts, tlsReport]
}
