import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { jsonFlag } from "./jsonFlag.ts"
import { runAction } from "./runAction.ts"

const folder = (name: string, standard: string, what: string) =>
  Flag.String(name).pipe(
    Flag.withDescription(`${what}; ${standard} unless given`),
    Flag.withDefault(standard),
  )

const checkCommand = Command.make(
  "check",
  {
    json: jsonFlag,
    workspace: folder("workspace", "/workspace", "Absolute path of the session's files"),
    cwd: folder("cwd", "", "Absolute path in which the commands run, the workspace if empty"),
    home: folder("home", "/home/user", "Absolute path of the home folder"),
  },
  ({ json, workspace, cwd, home }) =>
    runAction(json, async () => {
      const { checkPolicy } = await import("./checkPolicy.ts")
      return checkPolicy(json, { workspace, cwd: cwd === "" ? workspace : cwd, home })
    }),
).pipe(
  Command.withDescription(
    'Read shell commands from standard input, each a JSON string on a line of its own, and print for each what the default policy says: allow, ask or deny, the class of the gravest thing that it does, and why. A line that is no JSON string is answered with ask. Needs no running maillm, runs nothing and reads nothing else. Exit code 1 if a line could not be read. With --json a line each: {"verdict":"ask","class":"disk","reason":"…"}.',
  ),
  Command.withShortDescription("What the policy says to shell commands on standard input"),
  Command.withExamples([
    { command: `echo '"rm -rf /"' | maillm policy check` },
    { command: "maillm policy check --json < commands.jsonl" },
  ]),
)

const showCommand = Command.make("show", { json: jsonFlag }, ({ json }) =>
  runAction(json, async () => {
    const { showPolicy } = await import("./accountPolicy.ts")
    return showPolicy(json)
  }),
).pipe(
  Command.withDescription(
    "Show what agents may do unasked for your account in the running maillm, class by class.",
  ),
  Command.withShortDescription("What holds for your account"),
)

const setCommand = Command.make("set", { json: jsonFlag }, ({ json }) =>
  runAction(json, async () => {
    const { setPolicy } = await import("./accountPolicy.ts")
    return setPolicy(json)
  }),
).pipe(
  Command.withDescription(
    "Read a layer of the policy as JSON from standard input and make it your account's; {} removes it. It may be stricter than the installation's wherever you wish, and laxer only where that does not deny.",
  ),
  Command.withShortDescription("Set your account's layer of the policy"),
  Command.withExamples([{ command: `echo '{"classes": {"git-push": "allow"}}' | maillm policy set` }]),
)

export const policyCommand = Command.make("policy").pipe(
  Command.withDescription("What agents may do unasked"),
  Command.withSubcommands([checkCommand, showCommand, setCommand]),
)
