import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { MailSigner } from "@maillm/gateway/mail/dkim/MailSigner"
import { Relay } from "@maillm/gateway/mail/Relay"
import type { DataFolder } from "./DataFolder.ts"
import { openDkimKey } from "./openDkimKey.ts"
import type { LocalSettings } from "./readSettings.ts"

/** How mail leaves: signed with the installation's key, by the way that is set. */
export const mailOutLayer = ({ domain, mailOut }: LocalSettings, folder: DataFolder) =>
  Layer.merge(
    Relay.layer,
    MailSigner.layer({
      domain,
      selector: mailOut.dkimSelector,
      privateKey: Redacted.make(openDkimKey(folder.path, mailOut.dkimKeyFile).pem),
    }),
  )
