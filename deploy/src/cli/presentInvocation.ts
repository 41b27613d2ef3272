import * as Console from "effect/Console"
import * as CliOutput from "effect/cli/CliOutput"

/**
 * A wrong call is told in a few lines on standard error, so that the standard output of a program's call holds JSON
 * or nothing. Help and version are as ever.
 */
export const presentInvocation: CliOutput.Presenter = {
  present: (event) => {
    if (event._tag !== "InvalidInvocation") return CliOutput.defaultPresenter.present(event)
    const path = event.commandPath.join(" ")
    const commands = (event.helpDoc.subcommands ?? []).flatMap((group) =>
      group.commands.map(({ name }) => name),
    )
    return Console.error(
      [
        ...event.errors.map(({ message }) => message.replace(/\s+$/, "")),
        ...(commands.length === 0 ? [] : [`Commands of ${path}: ${commands.join(", ")}`]),
        `How it is used: ${path} --help`,
      ].join("\n"),
    )
  },
}
