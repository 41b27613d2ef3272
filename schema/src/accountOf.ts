import type { AccountAddresses } from "./accountEvents.ts"
import type { UserRow } from "./ReadModel.ts"

/** A row as it has been since an account has more than one address of a kind. */
export const accountOf = (row: UserRow): UserRow & AccountAddresses => {
  const { createdAtMillis, email, privateLocalPart } = row
  const unset = email === ""
  return {
    ...row,
    settingsEmail: row.settingsEmail ?? email,
    asked: row.asked ?? [],
    addresses:
      row.addresses ??
      (privateLocalPart === ""
        ? []
        : [
            {
              localPart: privateLocalPart,
              createdAtMillis,
              lastMailAtMillis: null,
              endsAtMillis: null,
              ended: null,
            },
          ]),
    senders:
      row.senders ??
      (unset
        ? []
        : [
            {
              address: email,
              state: "confirmed",
              confirmId: "",
              addedBy: "the settings",
              addedAtMillis: createdAtMillis,
              expiresAtMillis: createdAtMillis,
              decidedAtMillis: createdAtMillis,
            },
          ]),
  }
}
