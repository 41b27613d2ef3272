import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { Dns } from "@maillm/gateway/dns/Dns"
import { MxDeliveryLayer } from "@maillm/gateway/mail/delivery/MxDelivery"
import { MailSigner } from "@maillm/gateway/mail/dkim/MailSigner"
import { Relay } from "@maillm/gateway/mail/Relay"
import type { DataFolder } from "./DataFolder.ts"
import { openDkimKey } from "./openDkimKey.ts"
import type { LocalSettings } from "./readSettings.ts"

/** How mail leaves: signed with the installation's key, by the way that is set. */
export const mailOutLayer = ({ domain, mailOut, mailTrust, smtpRelay }: LocalSettings, folder: DataFolder) =>
  Layer.merge(
    smtpRelay === "mx"
      ? MxDeliveryLayer().pipe(Layer.provide(Dns.layer({ servers: mailTrust.dnsServers })))
      : Relay.layer,
    MailSigner.layer({
      domain,
      selector: mailOut.dkimSelector,
      privateKey: Redacted.make(openDkimKey(folder.path, mailOut.dkimKeyFile).pem),
    }),
  )
