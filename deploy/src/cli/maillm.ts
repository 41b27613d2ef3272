import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliError from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { readVersion } from "../local/readVersion.ts"
import { actorsCommand } from "./actorsCommand.ts"
import { addressCommand } from "./addressCommand.ts"
import { agentsCommand } from "./agentsCommand.ts"
import { deadCommand } from "./deadCommand.ts"
import { demoCommand } from "./demoCommand.ts"
import { doctorCommand } from "./doctorCommand.ts"
import { mailCommand } from "./mailCommand.ts"
import { messageCommand } from "./messageCommand.ts"
import { policyCommand } from "./policyCommand.ts"
import { presentInvocation } from "./presentInvocation.ts"
import { readModelCommand } from "./readModelCommand.ts"
import { sendCommand } from "./sendCommand.ts"
import { senderCommand } from "./senderCommand.ts"
import { startCommand } from "./startCommand.ts"
import { statusCommand } from "./statusCommand.ts"

/**
 * The command line, `npx maillm …`. A file for each command says how it is called; what it does is loaded only when
 * it is asked for, so that help is there at once.
 */
const maillm = Command.make("maillm").pipe(
  Command.withDescription("Send a request by mail; it is done in a terminal of yours."),
  Command.withSubcommands([
    startCommand,
    demoCommand,
    doctorCommand,
    statusCommand,
    sendCommand,
    mailCommand,
    addressCommand,
    senderCommand,
    agentsCommand,
    messageCommand,
    policyCommand,
    actorsCommand,
    deadCommand,
    readModelCommand,
  ]),
)

const layer = Layer.mergeAll(
  NodeServices.layer,
  CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] }),
  CliOutput.layerPresenter(presentInvocation),
)

/** A wrong call has been told by then, and so has every failure of a command; what is left is a defect. */
const exitCode = (exit: Exit.Exit<void, unknown>): number => {
  if (Exit.isSuccess(exit)) return Number(process.exitCode ?? 0)
  const error = Cause.squash(exit.cause)
  if (CliError.isCliError(error) && error._tag === "ShowHelp") return error.errors.length === 0 ? 0 : 1
  console.error(error)
  return 1
}

// The reader of a pipe went away, as `head` does: nobody is left to tell.
process.stdout.on("error", () => process.exit(1))

const exit = await Effect.runPromiseExit(
  Command.run(maillm, { version: readVersion() }).pipe(Effect.provide(layer)),
)
// Not before all is written; no connection that a command left open may hold up its end.
process.stdout.write("", () => process.exit(exitCode(exit)))
