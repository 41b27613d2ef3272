import type { SenderRow } from "@maillm/schema/api/AddressesApi"
import { askAddresses, printBook } from "./accountAddresses.ts"
import { minuteWords } from "./minuteWords.ts"
import { printable } from "./printable.ts"
import { textTable } from "./textTable.ts"

/** `maillm sender list` */
export const listSenders = async (json: boolean): Promise<boolean> => {
  const book = await askAddresses("/api/addresses")
  if (json) {
    console.log(JSON.stringify(book))
    return true
  }
  const rows = book.senders.map((row) => [
    printable(row.address),
    stateWords(row),
    row.primary ? "yes" : "",
    printable(row.addedBy),
  ])
  console.log(textTable(["address", "requests from it", "primary", "added by"], rows, new Set()).join("\n"))
  return true
}

const stateWords = ({ expiresAtMillis, state }: SenderRow): string => {
  switch (state) {
    case "confirmed":
      return "are done"
    case "pending":
      return `once it is confirmed, until ${minuteWords(expiresAtMillis)}`
    case "expired":
      return "no: it was not confirmed in time"
    case "declined":
      return "no: whoever reads there said so"
  }
}

/** `maillm sender add` */
export const addSender = async (address: string, json: boolean): Promise<boolean> =>
  printBook(
    await askAddresses("/api/senders", { address }),
    json,
    `A mail asks ${printable(address)} whether it is yours. Reply "yes" to it, or open the link in it, within 24 hours.`,
  )

/** `maillm sender remove` */
export const removeSender = async (address: string, json: boolean): Promise<boolean> =>
  printBook(
    await askAddresses("/api/senders/remove", { address }),
    json,
    `Requests from ${printable(address)} are not done any more.`,
  )

/** `maillm sender primary` */
export const setPrimary = async (address: string, json: boolean): Promise<boolean> =>
  printBook(
    await askAddresses("/api/senders/primary", { address }),
    json,
    `Mail that answers none goes to ${printable(address)}.`,
  )
