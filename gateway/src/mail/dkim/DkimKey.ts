import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto"
import type { KeyObject } from "node:crypto"

/** A key that mail is signed with. */
export interface DkimKey {
  readonly algorithm: "rsa" | "ed25519"
  readonly privateKey: KeyObject
  /** Of RSA, bits of the modulus; 256 of Ed25519. */
  readonly bits: number
  /** As in the `p=` of the record: RSA as SubjectPublicKeyInfo, Ed25519 as its 32 bytes (RFC 8463 §4), base64. */
  readonly publicKey: string
}

/** The key cannot be used; says why and what to do, and nothing of the key itself. */
export class DkimKeyWrong extends Error {
  override readonly name = "DkimKeyWrong"
}

/** RFC 8301 §3.2 asks for 1,024 bits and advises 2,048; some receivers count less than 2,048 as no signature. */
export const leastRsaBits = 2_048
/** Receivers need not verify longer ones (RFC 8301 §3.2). */
const mostRsaBits = 4_096

const make =
  "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out dkim.pem makes a key that all receivers can verify"

/** Reads a private key in PEM (PKCS#8 or PKCS#1). Fails with `DkimKeyWrong`. */
export const readDkimKey = (pem: string): DkimKey => {
  if (/ENCRYPTED/.test(pem))
    throw new DkimKeyWrong("it is protected by a passphrase: store it without one, mode 0600")
  const privateKey = parsed(pem)
  const spki = createPublicKey(privateKey).export({ type: "spki", format: "der" })
  if (privateKey.asymmetricKeyType === "ed25519")
    return {
      algorithm: "ed25519",
      privateKey,
      bits: 256,
      publicKey: spki.subarray(-32).toString("base64"),
    }
  const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0
  if (privateKey.asymmetricKeyType !== "rsa")
    throw new DkimKeyWrong(
      `it is a key of type ${String(privateKey.asymmetricKeyType)}; DKIM knows RSA and Ed25519. ${make}`,
    )
  if (bits < leastRsaBits || bits > mostRsaBits)
    throw new DkimKeyWrong(`it has ${bits} bits; ${leastRsaBits} to ${mostRsaBits} are of use. ${make}`)
  return { algorithm: "rsa", privateKey, bits, publicKey: spki.toString("base64") }
}

/** OpenSSL's words may quote what it read. */
const parsed = (pem: string): KeyObject => {
  try {
    return createPrivateKey(pem)
  } catch {
    throw new DkimKeyWrong(`it is no private key in PEM. ${make}`)
  }
}

/** A new key in PEM. RSA, for Gmail and Outlook verify no Ed25519 signature. */
export const newDkimKey = (): string =>
  generateKeyPairSync("rsa", { modulusLength: leastRsaBits })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString()

/** The TXT record at `<selector>._domainkey.<domain>` that lets others verify what the key has signed. */
export const dkimRecordOf = ({ algorithm, publicKey }: DkimKey): string =>
  `v=DKIM1; k=${algorithm}; p=${publicKey}`
