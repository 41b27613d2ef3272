import { AddressBook } from "@maillm/schema/api/AddressesApi"
import type { PrivateAddressRow } from "@maillm/schema/api/AddressesApi"
import { readSettings } from "../local/readSettings.ts"
import { ageWords } from "./ageWords.ts"
import { callApi } from "./callApi.ts"
import { minuteWords } from "./minuteWords.ts"
import { textTable } from "./textTable.ts"

/** The account's addresses, after what the path does to them. */
export const askAddresses = (path: string, body?: unknown): Promise<AddressBook> =>
  callApi(readSettings(process.env, process.cwd()), {
    path,
    answer: AddressBook,
    ...(body === undefined ? {} : { body }),
  })

/** Prints what was done; that it does not show yet is no failure, and is said. */
export const printBook = (book: AddressBook, json: boolean, words: string): boolean => {
  if (json) console.log(JSON.stringify(book))
  else console.log(book.shown ? words : `${words} (It is stored, and does not show yet.)`)
  return true
}

/** `maillm address list` */
export const listAddresses = async (json: boolean): Promise<boolean> => {
  const book = await askAddresses("/api/addresses")
  if (json) {
    console.log(JSON.stringify(book))
    return true
  }
  const now = Date.now()
  const rows = book.addresses.map((row) => [
    row.address,
    stateWords(row),
    `${ageWords(now - row.createdAtMillis)} ago`,
    row.lastMailAtMillis === null ? "never" : `${ageWords(now - row.lastMailAtMillis)} ago`,
  ])
  console.log(textTable(["address", "takes mail", "made", "last mail"], rows, new Set()).join("\n"))
  return true
}

const stateWords = ({ endsAtMillis, ended, state }: PrivateAddressRow): string => {
  if (state === "current") return "yes"
  const moment = endsAtMillis === null ? "" : minuteWords(endsAtMillis)
  return state === "ending" ? `until ${moment}` : `no, ${ended?.how ?? "ended"} ${moment}`
}

/** `maillm address rotate` */
export const rotateAddress = async (graceDays: number | null, json: boolean): Promise<boolean> => {
  const before = await askAddresses("/api/addresses")
  const book = await askAddresses("/api/addresses/rotate", graceDays === null ? {} : { graceDays })
  const former = book.addresses.find(({ address }) => address === before.address)
  const until =
    former?.state === "ending" && former.endsAtMillis !== null
      ? `${before.address} takes mail until ${minuteWords(former.endsAtMillis)}.`
      : `${before.address} takes no more mail.`
  return printBook(book, json, `Your private address is now\n${book.address}\n${until}`)
}

/** `maillm address revoke` */
export const revokeAddress = async (address: string, json: boolean): Promise<boolean> =>
  printBook(await askAddresses("/api/addresses/revoke", { address }), json, `${address} takes no more mail.`)
