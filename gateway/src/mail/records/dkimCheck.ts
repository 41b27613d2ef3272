import { createPublicKey } from "node:crypto"
import type { Ask } from "../authenticate/QuestionLog.ts"
import { dkimRecordOf } from "../dkim/DkimKey.ts"
import { outcomesOf, tagsOf, textsOf } from "./RecordCheck.ts"
import type { MailHost, RecordCheck } from "./RecordCheck.ts"

/** The public half of the key that mail is signed with (RFC 6376 §3.6.1). */
export const dkimCheck = async (ask: Ask, { domain, key, selector }: MailHost): Promise<RecordCheck> => {
  const name = `${selector}._domainkey.${domain}`
  const value = dkimRecordOf(key)
  const { missing, ok, unknown, warning, wrong } = outcomesOf({
    kind: "dkim",
    name,
    type: "TXT",
    value,
    needed: true,
  })
  const set = `set "${name}. TXT" to the value shown, in texts of 255 characters at most`
  const texts = await textsOf(ask, name)
  if (texts._tag === "Failed") return unknown(texts.code)
  const found = texts.texts
  const [record] = found
  if (record === undefined)
    return missing(
      "nobody can verify the signatures: there is no key",
      `${set}; or correct MAILLM_DKIM_SELECTOR`,
    )
  if (found.length > 1)
    return wrong(
      `there are ${found.length} records, so it is left to chance which counts`,
      "leave one only",
      found,
    )
  const tags = tagsOf(record)
  const published = tags.get("p")?.replace(/\s+/g, "")
  if ((tags.get("v") ?? "DKIM1") !== "DKIM1" || published === undefined)
    return wrong("it is no DKIM key record", set, found)
  if (published === "") return wrong("it says that the key was revoked (p= is empty)", set, found)
  const algorithm = (tags.get("k") ?? "rsa").toLowerCase()
  if (algorithm !== key.algorithm)
    return wrong(`it holds a key of type ${algorithm}; mail is signed with ${key.algorithm}`, set, found)
  if (!sameKey(published, key.publicKey, algorithm))
    return wrong(
      "it holds another key than the one that mail is signed with",
      `${set}; or set MAILLM_DKIM_KEY to the file of that key`,
      found,
    )
  const hashes = tags
    .get("h")
    ?.toLowerCase()
    .split(":")
    .map((hash) => hash.trim())
  if (hashes !== undefined && !hashes.includes("sha256"))
    return wrong(
      `it allows the hashes ${hashes.join(", ")} only; mail is signed with sha256`,
      "leave out its h=",
      found,
    )
  const services = (tags.get("s") ?? "*").split(":").map((service) => service.trim())
  if (!services.includes("*") && !services.includes("email"))
    return wrong("it is not for mail (s=)", "leave out its s=", found)
  const flags = (tags.get("t") ?? "").split(":").map((flag) => flag.trim())
  if (flags.includes("y"))
    return warning(
      "it says that the domain is testing DKIM, so failures are passed over",
      "leave out t=y",
      found,
    )
  if (algorithm === "ed25519")
    return warning(
      "many receivers, Gmail and Outlook among them, cannot verify Ed25519 yet",
      "sign with an RSA key: unset MAILLM_DKIM_KEY, or give it one",
      found,
    )
  return ok(`the key that mail is signed with (${algorithm}, ${key.bits} bits)`, "", found)
}

/** An RSA key may stand there as SubjectPublicKeyInfo or as RSAPublicKey (RFC 6376 erratum 3017). */
const sameKey = (published: string, ours: string, algorithm: string): boolean => {
  if (published === ours) return true
  if (algorithm !== "rsa") return false
  try {
    const bare = createPublicKey({ key: Buffer.from(published, "base64"), format: "der", type: "pkcs1" })
    return bare.export({ type: "spki", format: "der" }).toString("base64") === ours
  } catch {
    return false
  }
}
