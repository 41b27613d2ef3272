import * as Context from "effect/Context"
import type * as Redacted from "effect/Redacted"
import type { RuntimeName } from "./Turn.ts"

/** Settings of one process, read and checked once at start by the launcher (names in the README). */
export class Settings extends Context.Service<
  Settings,
  {
    /** Folder of everything that this machine keeps, absolute. */
    readonly dataDir: string
    /** Address that listeners bind to; loopback unless set. */
    readonly bind: string
    /** 0 means any free port. */
    readonly httpPort: number
    readonly smtpPort: number
    /** Domain of the private addresses. */
    readonly domain: string
    readonly mongodbUrl: Redacted.Redacted | null
    /** `smtp://…` or `smtps://…`; null keeps mail in the outbox. */
    readonly smtpRelay: Redacted.Redacted | null
    /** Forced runtime, or null to choose. */
    readonly runtime: RuntimeName | null
    /** Key of signed addresses: at least 32 random bytes as base64url. Never logged. */
    readonly secret: Redacted.Redacted
    /** Base of links in mails, without a trailing slash, such as `http://127.0.0.1:4000`; null until known. */
    readonly publicUrl: string | null
    /** Days for which a mail of ours can be answered, 1 to 3650. */
    readonly replyDays: number
    /** Largest mail accepted, bytes. */
    readonly mailSizeLimitBytes: number
    /** This host's id among actor hosts; the same after a restart of the same installation. */
    readonly hostId: string
    /** This machine's id among nodes; the same after a restart. */
    readonly nodeId: string
    readonly version: string
  }
>()("@maillm/schema/Settings") {}
