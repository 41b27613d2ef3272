import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Option from "effect/Option"
import { jsonFlag } from "./jsonFlag.ts"
import { runAction } from "./runAction.ts"

const extractCommand = Command.make("extract", { json: jsonFlag }, ({ json }) =>
  runAction(json, async () => {
    const { extractMail } = await import("./extractMail.ts")
    return extractMail(json)
  }),
).pipe(
  Command.withDescription(
    "Read a raw mail, at most 64 MiB, from standard input and print its newest text, attachments and whether it is automatic, as the gateway understands it. Needs no running maillm.",
  ),
  Command.withShortDescription("What a raw mail on standard input says"),
  Command.withExamples([{ command: "maillm mail extract --json < reply.eml" }]),
)

const optionalFlag = (name: string, what: string) =>
  Flag.String(name).pipe(Flag.withDescription(what), Flag.optional)

const verifyCommand = Command.make(
  "verify",
  {
    json: jsonFlag,
    zone: optionalFlag("zone", "JSON file that answers in place of the DNS"),
    ip: optionalFlag("ip", "Address of the server that sends the mail; SPF is left out without"),
    from: optionalFlag("from", 'Its MAIL FROM; "<>" for a bounce'),
    helo: optionalFlag("helo", "The name that it gives itself (HELO)"),
    now: optionalFlag("now", "The time to judge by, such as 2026-11-27T12:00:00Z; now unless given"),
  },
  ({ json, zone, ...given }) =>
    runAction(json, async () => {
      const { verifyMailInput } = await import("./verifyMailInput.ts")
      const value = Option.getOrNull<string>
      const { from, helo, ip, now } = given
      return verifyMailInput({
        json,
        zone: value(zone),
        ip: value(ip),
        from: value(from),
        helo: value(helo),
        now: value(now),
      })
    }),
).pipe(
  Command.withDescription(
    `Read a raw mail, at most 64 MiB, from standard input, find out by SPF, DKIM, DMARC and ARC whether its author wrote it, and print what the SMTP server would do: command, quarantine, reject (550) or retry (451), and why. It is taken to come from outside. That its author has to be the owner of the account, and that it may come once only, is not looked at. Needs no running maillm; the settings MAILLM_DOMAIN, MAILLM_DNS, MAILLM_TRUSTED_FORWARDERS and MAILLM_SIGNED_HEADERS count.

A zone file is an object: {"name TYPE": [records]}, TYPE out of TXT, A, AAAA, MX, CNAME, PTR. A TXT record is a text or a list of texts that make one; an MX record is "10 mail.example.org" or {"exchange": "mail.example.org", "priority": 10}. In place of records, "SERVFAIL", "TIMEOUT" or "REFUSED" (also "ESERVFAIL", "TEMPERROR", {"error": "SERVFAIL"} …) means that nobody answers, "NXDOMAIN" that there is no such name, "NODATA" or [] that there is no such record. What is not in the file does not exist.

With --json: {"verdict":"…","reasons":["…"],"spf":"pass","dkim":"pass","dmarc":"pass","arc":"none","details":{…}}. Exit code 0 whatever the verdict.`,
  ),
  Command.withShortDescription("Who sent a raw mail on standard input, and what would become of it"),
  Command.withExamples([
    { command: "maillm mail verify < mail.eml" },
    {
      command:
        "maillm mail verify --json --zone zone.json --ip 192.0.2.1 --from ada@example.org --helo mail.example.org < mail.eml",
    },
  ]),
)

const checkCommand = Command.make(
  "check",
  {
    json: jsonFlag,
    domain: optionalFlag("domain", "The domain to look at; MAILLM_DOMAIN unless given"),
    selector: optionalFlag("selector", "Where the DKIM key is; MAILLM_DKIM_SELECTOR unless given"),
    zone: optionalFlag("zone", "JSON file that answers in place of the DNS"),
    ip: optionalFlag("ip", "The address that mail leaves from; those of the MX unless given"),
  },
  ({ json, ...given }) =>
    runAction(json, async () => {
      const { checkMailRecords } = await import("./checkMailRecords.ts")
      const value = Option.getOrNull<string>
      return checkMailRecords({
        json,
        domain: value(given.domain),
        selector: value(given.selector),
        zone: value(given.zone),
        ip: value(given.ip),
      })
    }),
).pipe(
  Command.withDescription(
    `Print the records that the DNS needs for mail to arrive, both ways (MX, SPF, DKIM, DMARC, PTR; advised: MTA-STS, TLS-RPT), test each one, and say what is wrong and how to mend it. Needs no running maillm. The DKIM key is that of MAILLM_DKIM_KEY, or the data folder's, which is made when missing. With a zone file, as \`maillm mail verify\` reads it, nothing is asked of the network.

With --json: {"ok":…,"domain":"…","selector":"…","key":"…","records":[{"kind":"mx|spf|dkim|dmarc|ptr|mta-sts|mta-sts-policy|tls-rpt","name","type","value":what to set,"needed":…,"state":"ok|warning|missing|wrong|unknown","found":[…],"detail","remedy"}]}. Exit code 0 only when all that is needed is right and nothing that is there is wrong.`,
  ),
  Command.withShortDescription("The DNS records that mail needs: which to set, and what is wrong with them"),
  Command.withExamples([
    { command: "maillm mail check" },
    { command: "maillm mail check --domain agents.example.org --ip 192.0.2.1 --json" },
  ]),
)

export const mailCommand = Command.make("mail").pipe(
  Command.withDescription("Understand mail as the gateway does, and see to it that mail arrives"),
  Command.withSubcommands([extractCommand, verifyCommand, checkCommand]),
)
