import type { AddressBook } from "@maillm/schema/api/AddressesApi"
import type { useConsole } from "../state/ConsoleContext.ts"

/** Makes a change of the addresses, says what is done or why not, and answers whether it was. */
export type ChangeAddresses = (
  change: (api: ReturnType<typeof useConsole>["api"]) => Promise<AddressBook>,
  done: string,
) => Promise<boolean>
