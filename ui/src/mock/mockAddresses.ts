import { addressBook } from "@maillm/schema/addressBook"
import { confirmMillis, findSender, removalRefusal, senderRefusal } from "@maillm/schema/Account"
import { evolveAccount } from "@maillm/schema/accountEvents"
import type { AccountAddresses, AccountEvent } from "@maillm/schema/accountEvents"

const day = 86_400_000
const domain = "maillm.localhost"

const begin = (email: string, localPart: string, now: number): AccountAddresses => {
  const by = email
  const events: ReadonlyArray<readonly [event: AccountEvent, agoDays: number]> = [
    [
      {
        _tag: "AddressRotated",
        localPart: "ada.w3n7r2xq5m4kd6tzh2vbcys7jo",
        former: "ada.p6q2m7xk4zwc3hv5t2rybnd7ju",
        formerEndsAtMillis: now - 20 * day,
        by,
        atMillis: now - 27 * day,
      },
      27,
    ],
    [
      {
        _tag: "AddressRotated",
        localPart,
        former: "ada.w3n7r2xq5m4kd6tzh2vbcys7jo",
        formerEndsAtMillis: now + 5 * day,
        by,
        atMillis: now - 2 * day,
      },
      2,
    ],
    [
      {
        _tag: "SenderAsked",
        address: "ada@work.example",
        confirmId: "cwork",
        expiresAtMillis: now - 8 * day,
        by,
        atMillis: now - 9 * day,
      },
      9,
    ],
    [
      {
        _tag: "SenderConfirmed",
        address: "ada@work.example",
        confirmId: "cwork",
        via: "email",
        by,
        atMillis: now - 9 * day,
      },
      9,
    ],
    [
      {
        _tag: "SenderAsked",
        address: "ada.byron@university.example",
        confirmId: "cuni",
        expiresAtMillis: now + confirmMillis / 2,
        by,
        atMillis: now - confirmMillis / 2,
      },
      0,
    ],
  ]
  const created = {
    _tag: "UserCreated",
    email,
    privateLocalPart: "ada.p6q2m7xk4zwc3hv5t2rybnd7ju",
  } as const
  const empty = { email: "", settingsEmail: "", privateLocalPart: "", addresses: [], senders: [], asked: [] }
  const first = evolveAccount<AccountAddresses>(empty, created, now - 40 * day)
  return events.reduce((account, [event, ago]) => evolveAccount(account, event, now - ago * day), first)
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "")

/** An account's addresses in memory, which change as the actor would change them. */
export const makeMockAddresses = (email: string, localPart: string) => {
  let account = begin(email, localPart, Date.now())
  let count = 0
  const book = () => addressBook(account, domain, Date.now())
  const apply = (event: AccountEvent) => {
    account = evolveAccount(account, event, Date.now())
    return book()
  }
  const post = (path: string, asked: Readonly<Record<string, unknown>>) => {
    const address = textOf(asked["address"])
    const atMillis = Date.now()
    const by = email
    count += 1
    switch (path) {
      case "/api/addresses/rotate": {
        const formerEndsAtMillis = atMillis + Number(asked["graceDays"] ?? 7) * day
        const next = `ada.${String(count)
          .padStart(26, "k5m2x7qwz4c3hv6t2rybnd5oju")
          .replace(/[0189]/g, "z")}`
        return apply({
          _tag: "AddressRotated",
          localPart: next,
          former: account.privateLocalPart,
          formerEndsAtMillis,
          by,
          atMillis,
        })
      }
      case "/api/addresses/revoke":
        return apply({ _tag: "AddressRevoked", localPart: address.split("@")[0] ?? "", by, atMillis })
      case "/api/senders": {
        const refused = senderRefusal(account, address, domain, atMillis)
        if (refused !== null) return refused
        const expiresAtMillis = atMillis + confirmMillis
        return apply({ _tag: "SenderAsked", address, confirmId: `c${count}`, expiresAtMillis, by, atMillis })
      }
      case "/api/senders/confirm": {
        const confirmId = textOf(asked["token"]).split(".")[0] ?? ""
        const known = account.senders.find((sender) => sender.confirmId === confirmId)
        if (known === undefined) return { message: "this link confirms nothing", remedy: "Ask again." }
        return apply({
          _tag: "SenderConfirmed",
          address: known.address,
          confirmId,
          via: "console",
          by,
          atMillis,
        })
      }
      case "/api/senders/remove":
        return (
          removalRefusal(account.senders, address) ?? apply({ _tag: "SenderRemoved", address, by, atMillis })
        )
      case "/api/senders/primary":
        return findSender(account.senders, address) === undefined
          ? { message: `${address} is none of your addresses`, remedy: "" }
          : apply({ _tag: "PrimarySet", address, by, atMillis })
      default:
        return null
    }
  }
  return { book, post }
}
