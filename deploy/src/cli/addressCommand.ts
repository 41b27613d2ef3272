import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { graceDaysDefault, graceDaysLimit } from "@maillm/schema/Account"
import { jsonFlag } from "./jsonFlag.ts"
import { runAction } from "./runAction.ts"

const GraceDays = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: graceDaysLimit }))

const listCommand = Command.make("list", { json: jsonFlag }, ({ json }) =>
  runAction(json, async () => {
    const { listAddresses } = await import("./accountAddresses.ts")
    return listAddresses(json)
  }),
).pipe(
  Command.withDescription(
    "The private addresses of your account: when each was made, when mail last came to it, and whether it takes mail.",
  ),
)

const rotateCommand = Command.make(
  "rotate",
  {
    graceDays: Flag.Int("grace-days").pipe(
      Flag.withSchema(GraceDays),
      Flag.withDescription(
        `How long the former address takes mail still, 0 to ${graceDaysLimit}; 0 ends it at once; ${graceDaysDefault} unless given`,
      ),
      Flag.optional,
    ),
    json: jsonFlag,
  },
  ({ graceDays, json }) =>
    runAction(json, async () => {
      const { rotateAddress } = await import("./accountAddresses.ts")
      return rotateAddress(Option.getOrNull(graceDays), json)
    }),
).pipe(
  Command.withDescription(
    "Make a new private address. The former one takes mail for some days more, and is then refused like one that never was; it never comes back. owner.json in the data folder names the new one at once.",
  ),
  Command.withShortDescription("Make a new private address"),
  Command.withExamples([
    { command: "maillm address rotate" },
    { command: "maillm address rotate --grace-days 0", description: "A stranger has the address" },
  ]),
)

const revokeCommand = Command.make(
  "revoke",
  {
    address: Argument.String("address").pipe(
      Argument.withDescription("A former private address that takes mail still"),
    ),
    json: jsonFlag,
  },
  ({ address, json }) =>
    runAction(json, async () => {
      const { revokeAddress } = await import("./accountAddresses.ts")
      return revokeAddress(address, json)
    }),
).pipe(Command.withDescription("End a former private address now, before its grace is over."))

export const addressCommand = Command.make("address").pipe(
  Command.withDescription("Your private addresses, which requests are sent to"),
  Command.withSubcommands([listCommand, rotateCommand, revokeCommand]),
)
