import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { graceDaysDefault, graceDaysLimit, PrivateAddress, SenderAddress } from "../Account.ts"
import { text } from "../Ids.ts"
import { Conflict, InputRefused, NotFound, Unavailable } from "./ApiErrors.ts"
import { Authorization, InputCheck } from "./Authorization.ts"

/** A private address: the one that is given out, one that is on its way out and takes mail still, or one that is over. */
export const PrivateAddressRow = Schema.Struct({
  ...PrivateAddress.fields,
  address: text(320),
  state: Schema.Literals(["current", "ending", "ended"]),
})
export type PrivateAddressRow = typeof PrivateAddressRow.Type

/** A sender address; `expired`: nobody has confirmed it in time. */
export const SenderRow = Schema.Struct({
  ...SenderAddress.fields,
  state: Schema.Literals([...SenderAddress.fields.state.literals, "expired"]),
  /** Mail that is no answer goes there. */
  primary: Schema.Boolean,
})
export type SenderRow = typeof SenderRow.Type

/** The addresses of an account. */
export const AddressBook = Schema.Struct({
  /** The private address that is given out now. */
  address: text(320),
  /** Newest first. */
  addresses: Schema.Array(PrivateAddressRow),
  senders: Schema.Array(SenderRow),
  /** False when what was asked for is stored, and nothing has shown of it within 3 s: look again. */
  shown: Schema.Boolean,
})
export type AddressBook = typeof AddressBook.Type

const GraceDays = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: graceDaysLimit }))
export const Rotation = Schema.Struct({ graceDays: Schema.optionalKey(GraceDays) })
export const NamedAddress = Schema.Struct({ address: text(320) })
export const SenderConfirmation = Schema.Struct({ token: text(200) })

const taken = AddressBook.pipe(HttpApiSchema.status(202))

export class AddressesApi extends HttpApiGroup.make("addresses")
  .add(
    HttpApiEndpoint.get("list", "/addresses", { success: AddressBook, error: Unavailable })
      .annotate(OpenApi.Summary, "The account's addresses")
      .annotate(
        OpenApi.Description,
        "The private addresses that take requests, those that did, and the addresses that requests may come from.",
      ),
    HttpApiEndpoint.post("rotate", "/addresses/rotate", {
      payload: Rotation,
      success: taken,
      error: [InputRefused, Conflict, Unavailable],
    })
      .annotate(OpenApi.Summary, "Make a new private address")
      .annotate(
        OpenApi.Description,
        `The former one takes mail for \`graceDays\` more (${graceDaysDefault} unless given, at most ${graceDaysLimit}; 0 ends it at once), and is then refused like one that never was. 409 when ten take mail already.`,
      ),
    HttpApiEndpoint.post("revoke", "/addresses/revoke", {
      payload: NamedAddress,
      success: taken,
      error: [InputRefused, NotFound, Conflict, Unavailable],
    })
      .annotate(OpenApi.Summary, "End a private address now")
      .annotate(
        OpenApi.Description,
        "One that is in its grace. 409 for the one that is given out: make a new one with `graceDays` 0 instead.",
      ),
    HttpApiEndpoint.post("addSender", "/senders", {
      payload: NamedAddress,
      success: taken,
      error: [InputRefused, Conflict, Unavailable],
    })
      .annotate(OpenApi.Summary, "Ask an address whether it is yours")
      .annotate(
        OpenApi.Description,
        "By a mail to it, which is good for 24 hours, once: requests from it are done when it is confirmed by a reply or with the link in the mail. The same call sends the mail again. 409 for one that is confirmed, that has said no, or with too many mails in a day (3 to an address, 10 in all).",
      ),
    HttpApiEndpoint.post("confirmSender", "/senders/confirm", {
      payload: SenderConfirmation,
      success: taken,
      error: [InputRefused, NotFound, Conflict, Unavailable],
    })
      .annotate(OpenApi.Summary, "Confirm an address with what was mailed to it")
      .annotate(
        OpenApi.Description,
        "`token` is the end of the link in the mail. Only as the user who asked.",
      ),
    HttpApiEndpoint.post("removeSender", "/senders/remove", {
      payload: NamedAddress,
      success: taken,
      error: [InputRefused, NotFound, Conflict, Unavailable],
    })
      .annotate(OpenApi.Summary, "Take an address off the account")
      .annotate(
        OpenApi.Description,
        "Requests from it are not done any more. 409 for the only one that is confirmed. Without the primary one another becomes it.",
      ),
    HttpApiEndpoint.post("setPrimary", "/senders/primary", {
      payload: NamedAddress,
      success: taken,
      error: [InputRefused, NotFound, Conflict, Unavailable],
    })
      .annotate(OpenApi.Summary, "Choose the primary address")
      .annotate(
        OpenApi.Description,
        "Where mail goes that answers none: questions of requests from the console, news of the account. Answers go where the request came from.",
      ),
  )
  .middleware(InputCheck)
  .middleware(Authorization)
  .prefix("/api")
  .annotate(OpenApi.Description, "Where requests are sent, and from where they may come.") {}
