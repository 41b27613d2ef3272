import { isIP } from "node:net"
import type { Ask } from "../authenticate/QuestionLog.ts"

export type Addresses =
  | { readonly _tag: "Addresses"; readonly addresses: ReadonlyArray<string> }
  | { readonly _tag: "Failed"; readonly code: string }

/** All addresses of a name, IPv6 last; failed only when nothing is known. */
export const addressesOf = async (ask: Ask, name: string): Promise<Addresses> => {
  const [four, six] = await Promise.all([ask(name, "A"), ask(name, "AAAA")])
  const addresses = [four, six].flatMap((answer) =>
    answer._tag === "Records"
      ? answer.records.filter((record) => typeof record === "string").filter((record) => isIP(record) !== 0)
      : [],
  )
  if (addresses.length > 0) return { _tag: "Addresses", addresses }
  const failed = [four, six].find((answer) => answer._tag === "Failed")
  return failed?._tag === "Failed" ? failed : { _tag: "Addresses", addresses }
}

/** The name whose PTR record names the address (RFC 1035 §3.5, RFC 3596 §2.5). */
export const reverseName = (address: string): string =>
  isIP(address) === 6
    ? `${sixteenBytes(address).toReversed().join(".")}.ip6.arpa`
    : `${address.split(".").toReversed().join(".")}.in-addr.arpa`

/** The 32 hexadecimal digits of an IPv6 address. */
const sixteenBytes = (address: string): ReadonlyArray<string> => {
  const plain = address
    .replace(/%.*$/, "")
    .replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: Array<string>) => {
      const [a, b, c, d] = bytes.slice(0, 4).map((byte) => Number(byte).toString(16).padStart(2, "0"))
      return `${a}${b}:${c}${d}`
    })
  const [before = "", after] = plain.split("::")
  const left = before === "" ? [] : before.split(":")
  const right = after === undefined || after === "" ? [] : after.split(":")
  const zeros = after === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array.from({ length: zeros }, () => "0"), ...right].flatMap((group) =>
    group.toLowerCase().padStart(4, "0").split(""),
  )
}
