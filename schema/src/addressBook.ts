import { isWorking, sameAddress } from "./Account.ts"
import type { AccountAddresses } from "./accountEvents.ts"
import type { AddressBook } from "./api/AddressesApi.ts"

/** An account's addresses as they are shown at a moment. */
export const addressBook = (
  account: AccountAddresses,
  domain: string,
  nowMillis: number,
  shown = true,
): AddressBook => ({
  address: `${account.privateLocalPart}@${domain}`,
  addresses: account.addresses.toReversed().map((row) => ({
    ...row,
    address: `${row.localPart}@${domain}`,
    state:
      row.localPart === account.privateLocalPart ? "current" : isWorking(row, nowMillis) ? "ending" : "ended",
  })),
  senders: account.senders.map((row) => ({
    ...row,
    state: row.state === "pending" && nowMillis >= row.expiresAtMillis ? "expired" : row.state,
    primary: sameAddress(row.address, account.email),
  })),
  shown,
})
