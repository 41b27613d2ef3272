import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import { jsonFlag } from "./jsonFlag.ts"
import { runAction } from "./runAction.ts"

const address = (what: string) => Argument.String("address").pipe(Argument.withDescription(what))

const listCommand = Command.make("list", { json: jsonFlag }, ({ json }) =>
  runAction(json, async () => {
    const { listSenders } = await import("./accountSenders.ts")
    return listSenders(json)
  }),
).pipe(Command.withDescription("The addresses that your requests may come from, and those that are asked."))

const addCommand = Command.make(
  "add",
  { address: address("An address at which you read mail"), json: jsonFlag },
  (asked) =>
    runAction(asked.json, async () => {
      const { addSender } = await import("./accountSenders.ts")
      return addSender(asked.address, asked.json)
    }),
).pipe(
  Command.withDescription(
    'Ask an address by mail whether it is yours; once more, when it is asked already. Requests from it are done when it is confirmed: reply "yes" to that mail, or open the link in it where you are signed in, within 24 hours.',
  ),
  Command.withShortDescription("Add an address, which is asked by mail"),
  Command.withExamples([{ command: "maillm sender add ada@work.example" }]),
)

const removeCommand = Command.make(
  "remove",
  { address: address("One of your addresses"), json: jsonFlag },
  (asked) =>
    runAction(asked.json, async () => {
      const { removeSender } = await import("./accountSenders.ts")
      return removeSender(asked.address, asked.json)
    }),
).pipe(
  Command.withDescription(
    "Take an address off the account: requests from it are not done any more. The only confirmed one stays.",
  ),
  Command.withShortDescription("Take an address off the account"),
)

const primaryCommand = Command.make(
  "primary",
  { address: address("One of your confirmed addresses"), json: jsonFlag },
  (asked) =>
    runAction(asked.json, async () => {
      const { setPrimary } = await import("./accountSenders.ts")
      return setPrimary(asked.address, asked.json)
    }),
).pipe(
  Command.withDescription(
    "Choose where mail goes that answers none, such as questions of requests from the console. Answers go where the request came from.",
  ),
  Command.withShortDescription("Choose where mail goes that answers none"),
)

export const senderCommand = Command.make("sender").pipe(
  Command.withDescription("The addresses that your requests may come from"),
  Command.withSubcommands([listCommand, addCommand, removeCommand, primaryCommand]),
)
