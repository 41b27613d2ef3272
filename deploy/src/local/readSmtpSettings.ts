import { resolve } from "node:path"
import { noAddresses, parseAddressList } from "@maillm/gateway/smtp/clientAddress"
import type { AddressList } from "@maillm/gateway/smtp/clientAddress"
import type { SmtpLimits } from "@maillm/gateway/smtp/SmtpLimits"

/** Settings of inbound mail beyond its port. */
export const smtpSettingNames = [
  "MAILLM_SMTPS_PORT",
  "MAILLM_SMTP_TLS_CERT",
  "MAILLM_SMTP_TLS_KEY",
  "MAILLM_SMTP_PROXY_FROM",
  "MAILLM_SMTP_CONNECTIONS",
  "MAILLM_SMTP_CONNECTIONS_PER_ADDRESS",
  "MAILLM_SMTP_CONNECTION_RATE",
  "MAILLM_SMTP_MAIL_RATE",
  "MAILLM_SMTP_MIN_DATA_RATE",
] as const
export type SmtpSettingName = (typeof smtpSettingNames)[number]

export interface SmtpSettings {
  /** Of TLS from the first byte on: 0 for any, null for none. */
  readonly smtpsPort: number | null
  /** PEM files, absolute. Whether both are set, and fit, is looked at where they are used. */
  readonly certFile: string | null
  readonly keyFile: string | null
  readonly proxies: AddressList
  readonly limits: Partial<SmtpLimits>
}

interface SettingReader {
  /** The value without blanks around it; null when it is unset. */
  readonly optional: (name: SmtpSettingName) => string | null
  /** Throws; `may` says what the value may be. */
  readonly wrong: (name: SmtpSettingName, may: string) => never
  /** Files are named relative to this folder. */
  readonly folder: string
}

export const readSmtpSettings = ({ folder, optional, wrong }: SettingReader): SmtpSettings => {
  const file = (name: SmtpSettingName) => {
    const value = optional(name)
    return value === null ? null : resolve(folder, value)
  }
  const whole = (name: SmtpSettingName, most: number, what: string) => {
    const value = optional(name)
    if (value === null) return null
    if (!/^\d{1,7}$/.test(value) || Number(value) < 1 || Number(value) > most)
      return wrong(name, `it must be a number of ${what} from 1 to ${most}`)
    return Number(value)
  }
  const limit = (key: keyof SmtpLimits, value: number | null): Partial<SmtpLimits> =>
    value === null ? {} : { [key]: value }
  return {
    smtpsPort: portOf(optional("MAILLM_SMTPS_PORT"), wrong),
    certFile: file("MAILLM_SMTP_TLS_CERT"),
    keyFile: file("MAILLM_SMTP_TLS_KEY"),
    proxies: proxiesOf(optional("MAILLM_SMTP_PROXY_FROM"), wrong),
    limits: {
      ...limit("connections", whole("MAILLM_SMTP_CONNECTIONS", 100_000, "connections")),
      ...limit("connectionsPerNetwork", whole("MAILLM_SMTP_CONNECTIONS_PER_ADDRESS", 100_000, "connections")),
      ...limit(
        "connectionsPerMinute",
        whole("MAILLM_SMTP_CONNECTION_RATE", 1_000_000, "connections a minute"),
      ),
      ...limit("mailsPerMinute", whole("MAILLM_SMTP_MAIL_RATE", 1_000_000, "mails a minute")),
      ...limit("dataBytesPerSecond", whole("MAILLM_SMTP_MIN_DATA_RATE", 1_000_000, "bytes a second")),
    },
  }
}

const portOf = (value: string | null, wrong: SettingReader["wrong"]): number | null => {
  if (value === null) return null
  return /^\d{1,5}$/.test(value) && Number(value) <= 65_535
    ? Number(value)
    : wrong(
        "MAILLM_SMTPS_PORT",
        "it must be a port from 1 to 65535, or 0 for any free one; unset, there is none",
      )
}

const proxiesOf = (value: string | null, wrong: SettingReader["wrong"]): AddressList => {
  if (value === null) return noAddresses
  const list = parseAddressList(value)
  return "wrong" in list
    ? wrong(
        "MAILLM_SMTP_PROXY_FROM",
        `${JSON.stringify(list.wrong)} is no address or network; it must be a list such as 10.0.0.7, 192.0.2.0/24`,
      )
    : list
}
