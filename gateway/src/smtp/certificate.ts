import { createPrivateKey, X509Certificate } from "node:crypto"
import type { KeyObject } from "node:crypto"
import { readFileSync } from "node:fs"
import { createSecureContext } from "node:tls"
import type { CertificatePair } from "./TlsFront.ts"

/** PEM files: the server's certificate first, then those it is signed by; and its key without a passphrase. */
export interface CertificateFiles {
  readonly certFile: string
  readonly keyFile: string
}

export interface Certificate extends CertificatePair {
  /** The names it is for. */
  readonly names: string
  readonly validFromMillis: number
  readonly validToMillis: number
}

/** A certificate that cannot be used; says why and what to do. */
export class CertificateUnusable extends Error {}

/** The files as they are set, and whether TLS from the first byte on is wanted; null when TLS is not. */
export const certificateFiles = (set: {
  readonly certFile: string | null
  readonly keyFile: string | null
  readonly smtpsPort: number | null
}): CertificateFiles | null => {
  const { certFile, keyFile, smtpsPort } = set
  if (certFile !== null && keyFile !== null) return { certFile, keyFile }
  if (certFile !== null || keyFile !== null)
    throw new CertificateUnusable(
      `MAILLM_SMTP_TLS_${certFile === null ? "KEY" : "CERT"} is set alone: set MAILLM_SMTP_TLS_CERT and MAILLM_SMTP_TLS_KEY both, or none`,
    )
  if (smtpsPort !== null)
    throw new CertificateUnusable(
      "MAILLM_SMTPS_PORT needs a certificate: set MAILLM_SMTP_TLS_CERT and MAILLM_SMTP_TLS_KEY too",
    )
  return null
}

/** Reads and checks the pair. Whether it is out of date is for `certificateState` to say: senders take most of those. */
export const readCertificate = ({ certFile, keyFile }: CertificateFiles): Certificate => {
  const cert = readPem("MAILLM_SMTP_TLS_CERT", certFile)
  const key = readPem("MAILLM_SMTP_TLS_KEY", keyFile)
  const x509 = parsed(
    () => new X509Certificate(cert),
    `MAILLM_SMTP_TLS_CERT: ${certFile} holds no certificate: it must begin with -----BEGIN CERTIFICATE-----`,
  )
  const privateKey: KeyObject = parsed(
    () => createPrivateKey(key),
    `MAILLM_SMTP_TLS_KEY: ${keyFile} holds no private key that can be read: it must be PEM and without a passphrase`,
  )
  if (!x509.checkPrivateKey(privateKey))
    throw new CertificateUnusable(
      `the key ${keyFile} does not belong to the certificate ${certFile}: set MAILLM_SMTP_TLS_CERT and MAILLM_SMTP_TLS_KEY to files of one pair, with the server's own certificate first`,
    )
  parsed(
    () => createSecureContext({ cert, key }),
    `${certFile} and ${keyFile} are no pair that TLS can use: use an RSA key of 2048 bits or more, or an EC key`,
  )
  return {
    cert,
    key,
    names: x509.subjectAltName?.replaceAll("DNS:", "") ?? x509.subject.replace(/^.*CN=/s, ""),
    validFromMillis: Date.parse(x509.validFrom),
    validToMillis: Date.parse(x509.validTo),
  }
}

export interface CertificateState {
  readonly state: "ok" | "degraded"
  readonly detail: string
}

/** Renewals come a month before the end (Let's Encrypt's clients); two weeks before it something is amiss. */
const soonMillis = 14 * 86_400_000

export const certificateState = (certificate: Certificate, nowMillis: number): CertificateState => {
  const { names, validFromMillis, validToMillis } = certificate
  const day = (millis: number) => new Date(millis).toISOString().slice(0, 10)
  const remedy = "renew it: the files are read again when they change"
  if (nowMillis < validFromMillis)
    return {
      state: "degraded",
      detail: `the certificate of ${names} is valid from ${day(validFromMillis)} on only`,
    }
  if (nowMillis >= validToMillis)
    return {
      state: "degraded",
      detail: `the certificate of ${names} ended on ${day(validToMillis)}: ${remedy}`,
    }
  return validToMillis - nowMillis < soonMillis
    ? { state: "degraded", detail: `the certificate of ${names} ends on ${day(validToMillis)}: ${remedy}` }
    : { state: "ok", detail: `certificate of ${names} until ${day(validToMillis)}` }
}

const readPem = (setting: string, file: string): string => {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error)
    throw new CertificateUnusable(
      `${setting}: ${file} cannot be read (${code}): correct the path or its permissions`,
    )
  }
}

const parsed = <A>(parse: () => A, otherwise: string): A => {
  try {
    return parse()
  } catch (error) {
    const words = error instanceof Error ? error.message.replace(/\s+/g, " ").slice(0, 200) : String(error)
    throw new CertificateUnusable(`${otherwise} (${words})`)
  }
}
