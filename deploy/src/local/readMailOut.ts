import { resolve } from "node:path"

/** Settings about mail that leaves, the relay's address aside. */
export const mailOutSettingNames = ["MAILLM_DKIM_KEY", "MAILLM_DKIM_SELECTOR"] as const
export type MailOutSettingName = (typeof mailOutSettingNames)[number]

export interface MailOut {
  /** PEM file of the key that mail is signed with; null for the data folder's own, made when missing. */
  readonly dkimKeyFile: string | null
  /** Where in the DNS its public half is: `<selector>._domainkey.<domain>`. */
  readonly dkimSelector: string
}

export interface MailOutSource {
  readonly optional: (name: MailOutSettingName) => string | null
  readonly wrong: (name: MailOutSettingName, may: string) => never
  readonly folder: string
}

/** RFC 6376 §3.1: labels of a domain name, with dots between them. */
export const isSelector = (value: string): boolean =>
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){0,3}$/i.test(value)

/** Reads and checks them; the key itself is read at start (`openDkimKey`). */
export const readMailOut = ({ folder, optional, wrong }: MailOutSource): MailOut => {
  const dkimSelector = (optional("MAILLM_DKIM_SELECTOR") ?? "maillm").toLowerCase()
  if (!isSelector(dkimSelector))
    wrong("MAILLM_DKIM_SELECTOR", "it must be a name as in the DNS, such as maillm or mail-2026")
  const file = optional("MAILLM_DKIM_KEY")
  return { dkimKeyFile: file === null ? null : resolve(folder, file), dkimSelector }
}
