import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { jsonFlag } from "./jsonFlag.ts"
import { runAction } from "./runAction.ts"

const Sequence = Schema.Int.check(Schema.isGreaterThan(0))
const Limit = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 200 }))
const ActorPath = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{1,64}$/))

const number = Argument.Int("number").pipe(
  Argument.withSchema(Sequence),
  Argument.withDescription("The dead letter's number, as maillm dead list shows it"),
)
const actor = Flag.String("actor").pipe(Flag.withSchema(ActorPath), Flag.optional)

const listCommand = Command.make(
  "list",
  {
    actor: actor.pipe(Flag.withDescription("Only commands of this actor, such as session.s3kq4")),
    limit: Flag.Int("limit").pipe(
      Flag.withSchema(Limit),
      Flag.withDescription("How many, 1 to 200; 50 unless given"),
      Flag.withDefault(50),
    ),
    before: Flag.Int("before").pipe(
      Flag.withSchema(Sequence),
      Flag.withDescription("Only those before this number: the next page"),
      Flag.optional,
    ),
    json: jsonFlag,
  },
  (asked) =>
    runAction(asked.json, async () => {
      const { listDead } = await import("./deadLetters.ts")
      return listDead({
        limit: asked.limit,
        before: Option.getOrNull(asked.before),
        actor: Option.getOrNull(asked.actor),
        json: asked.json,
      })
    }),
).pipe(
  Command.withDescription("What could not be handled, newest first, with the reason; and how full DEAD is."),
)

const showCommand = Command.make("show", { number, json: jsonFlag }, (asked) =>
  runAction(asked.json, async () => {
    const { showDead } = await import("./deadLetters.ts")
    return showDead(asked.number, asked.json)
  }),
).pipe(Command.withDescription("One dead letter with its body."))

const retryCommand = Command.make(
  "retry",
  {
    number: number.pipe(Argument.optional),
    actor: actor.pipe(
      Flag.withDescription("All commands of this actor, such as session.s3kq4, in the order they came"),
    ),
    json: jsonFlag,
  },
  (asked) =>
    runAction(asked.json, async () => {
      const { retryDead } = await import("./retryDead.ts")
      return retryDead(Option.getOrNull(asked.number), Option.getOrNull(asked.actor), asked.json)
    }),
).pipe(
  Command.withDescription(
    "Put a dead letter back where it stood, at the end of the line, and remove it from DEAD once it is stored there. Repeats are harmless. Exit code 0 only when all asked for were put back.",
  ),
  Command.withShortDescription("Put a dead letter, or those of an actor, back"),
  Command.withExamples([
    { command: "maillm dead retry 12" },
    { command: "maillm dead retry --actor session.s3kq4", description: "Once its journal is mended" },
  ]),
)

const dropCommand = Command.make("drop", { number, json: jsonFlag }, (asked) =>
  runAction(asked.json, async () => {
    const { dropDead } = await import("./deadLetters.ts")
    return dropDead(asked.number, asked.json)
  }),
).pipe(Command.withDescription("Erase a dead letter for good: what it asked for is not done."))

export const deadCommand = Command.make("dead").pipe(
  Command.withDescription("What could not be handled: look at it, put it back, or drop it"),
  Command.withSubcommands([listCommand, showCommand, retryCommand, dropCommand]),
)
