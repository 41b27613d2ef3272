import { createHmac } from "node:crypto"
import { signedLocalPart, signedMessage } from "@maillm/schema/Address"
import type { SignedLocalPart } from "@maillm/schema/Address"
import { base32 } from "@maillm/schema/base32"

/** The signed local part of a reply address that takes mail until the end of `day`; as schema/Address says. */
export const replyLocalPart = (
  secret: string,
  address: Omit<SignedLocalPart, "_tag" | "signature">,
): string => {
  const { day, id, kind, userId } = address
  const mac = createHmac("sha256", secret)
    .update(signedMessage(kind, userId, id, day), "utf8")
    .digest()
  return signedLocalPart({ ...address, signature: base32(mac.subarray(0, 10)) })
}
