import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { MessageId, UserId } from "@maillm/schema/Ids"
import { bearer, fold, messageRow, startHttpStack, userRow } from "./httpStack.ts"
import type { StartedHttp } from "./httpStack.ts"
import { owner, userCommands } from "./testStack.ts"

let stack: StartedHttp
beforeAll(async () => {
  stack = await startHttpStack()
  await fold(stack, {
    users: [userRow()],
    messages: [
      messageRow("m1", { state: "quarantined", reasons: ["not proven"] }),
      messageRow("m2"),
      messageRow("m-other", { state: "quarantined", userId: UserId.make("u2") }),
    ],
  })
})
afterAll(() => stack.stop())

const release = (id: string) =>
  fetch(`${stack.url}/api/messages/${id}/release`, { method: "POST", headers: bearer })
const released = async () =>
  (await stack.runtime.runPromise(userCommands(owner.userId))).flatMap(({ command }) =>
    command._tag === "ReleaseMail" ? [command] : [],
  )

describe("releasing a mail from quarantine", () => {
  test("tells the user's actor, with who does it, and shows the mail as soon as it is out", async () => {
    const response = release("m1")
    const by = { by: owner.email, atMillis: 5 }
    await expect.poll(released).toHaveLength(1)
    await fold(stack, { messages: [messageRow("m1", { state: "received", released: by })] })
    expect((await response).status).toBe(202)
    expect(await (await response).json()).toMatchObject({
      id: "m1",
      state: "received",
      message: { released: by },
    })
    expect(await released()).toEqual([{ _tag: "ReleaseMail", mailId: MessageId.make("m1"), by: owner.email }])
  })

  test("a second time is taken and changes nothing", async () => {
    expect((await release("m1")).status).toBe(202)
    expect(await released()).toHaveLength(1)
  })

  test("is refused for what is not in quarantine, not there, another's, or without a credential", async () => {
    expect((await release("m2")).status).toBe(409)
    expect((await release("m9")).status).toBe(404)
    expect((await release("m-other")).status).toBe(404)
    expect((await fetch(`${stack.url}/api/messages/m1/release`, { method: "POST" })).status).toBe(401)
    expect(await released()).toHaveLength(1)
  })
})
