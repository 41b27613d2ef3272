import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { jsonFlag } from "./jsonFlag.ts"
import { runAction } from "./runAction.ts"

const Seconds = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 86_400 }))

const config = {
  text: Argument.String("text").pipe(
    Argument.withDescription("What is to be done; in quotes, as one argument"),
  ),
  session: Flag.String("session").pipe(
    Flag.withDescription("Go on in the session of this id; a new one is opened unless given"),
    Flag.optional,
  ),
  wait: Flag.Boolean("wait").pipe(
    Flag.withDescription("Wait for the answer and print it; exit code 0 only when the request was done"),
    Flag.withDefault(false),
  ),
  timeout: Flag.Int("timeout").pipe(
    Flag.withDescription("How many seconds --wait waits, at most a day; 600 unless given"),
    Flag.withSchema(Seconds),
    Flag.withDefault(600),
  ),
  json: jsonFlag,
}

export const sendCommand = Command.make("send", config, ({ text, session, wait, timeout, json }) =>
  runAction(json, async () => {
    const { sendRequest } = await import("./sendRequest.ts")
    return sendRequest({
      text,
      sessionId: Option.getOrNull(session),
      waitMillis: wait ? timeout * 1_000 : null,
      json,
    })
  }),
).pipe(
  Command.withDescription("Send a request to the maillm that runs on the data folder."),
  Command.withShortDescription("Send a request to the running maillm"),
  Command.withExamples([
    { command: 'maillm send "uname -a" --wait', description: "Ask, and wait for the answer" },
    { command: 'maillm send "cd src && ls" --session ID', description: "Go on in a session" },
  ]),
)
