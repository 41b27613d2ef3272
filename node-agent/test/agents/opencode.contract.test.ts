import { existsSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { failWith } from "../../src/model/testing/FakeReply.ts"
import { promptScript } from "../../src/model/testing/promptScript.ts"
import { OpenCodeUnderTest, openCodeNeeds, openCodePath } from "./OpenCodeUnderTest.ts"
import { eventually } from "./eventually.ts"

/** What the driver relies on of OpenCode 1.18.33, one test a line of docs/agents.md. */
describe.skipIf(!openCodePath)(`OpenCode as a server ${openCodeNeeds}`, () => {
  let openCode: OpenCodeUnderTest
  let session: string

  beforeAll(async () => {
    openCode = await OpenCodeUnderTest.open()
    await openCode.start()
  })
  afterAll(() => openCode?.close())
  beforeEach(async () => {
    openCode.api.setProgram(promptScript())
    session = await openCode.newSession()
  })

  const made = (name: string) => existsSync(join(openCode.work, name))

  test("lets nobody in without the password", async () => {
    await expect(openCode.call("GET", "/session", undefined, "opencode:wrong")).rejects.toThrow("401")
  })

  test("a prompt is taken identical, and its answer has tokens and cost; nothing is fetched for it", async () => {
    const text = "From: a@b.example\n\t! \\ ü 漢字 😀\nSAY: the whole answer"
    await openCode.prompt(session, text)
    const { info, text: answer } = await openCode.answer(session)
    expect(answer).toBe("the whole answer")
    expect(info).toMatchObject({ tokens: { input: expect.any(Number), output: expect.any(Number) } })
    expect(info["cost"]).toBeGreaterThan(0)
    expect((await openCode.messages(session))[0]).toMatchObject({ info: { role: "user" }, text })
    expect(openCode.api.turns.at(-1)?.sessionHeader).toBe(session)
    expect(openCode.fetched()).toEqual([])
  }, 60_000)

  test.each([
    ["once", true],
    ["reject", false],
  ])(
    "what the managed configuration asks for is asked, though the user's allows it: %s",
    async (reply, runs) => {
      const name = `asked-${reply}`
      await openCode.prompt(session, `RUN: touch ${name}`)
      const asked = await openCode.permission(session)
      expect(asked).toMatchObject({ permission: "bash", metadata: { command: `touch ${name}` } })
      expect(await openCode.status(session)).toEqual({ type: "busy" })
      expect(made(name)).toBe(false)
      const body = { reply, ...(runs ? {} : { message: "refused by the owner" }) }
      await openCode.call("POST", `/permission/${String(asked["id"])}/reply`, body)
      const { text } = await openCode.answer(session)
      expect(made(name)).toBe(runs)
      if (!runs) expect(text).toContain("refused by the owner")
    },
  )

  test("abort ends the turn", async () => {
    await openCode.prompt(session, `SLOW: one two ${"and on ".repeat(60)}`)
    await openCode.api.waitForTurn((turn) => turn.sessionHeader === session, 20_000)
    await openCode.call("POST", `/session/${session}/abort`)
    expect((await openCode.answer(session)).info["error"]).toMatchObject({ name: "MessageAbortedError" })
  })

  test.each([400, 401])("status %d of the model ends the turn with the error", async (status) => {
    openCode.api.setProgram(() => failWith(status))
    await openCode.prompt(session, "anything")
    expect((await openCode.answer(session)).info["error"]).toMatchObject({
      name: "APIError",
      data: { statusCode: status, isRetryable: false },
    })
  })

  test.each([429, 500, 529])(
    "status %d of the model is tried again without end, until abort",
    async (status) => {
      openCode.api.setProgram(() => failWith(status))
      await openCode.prompt(session, "anything")
      await eventually(async () =>
        expect(await openCode.status(session)).toMatchObject({
          type: "retry",
          attempt: expect.any(Number),
          next: expect.any(Number),
        }),
      )
      await openCode.call("POST", `/session/${session}/abort`)
      await eventually(async () => expect(await openCode.status(session)).toEqual({ type: "idle" }))
    },
  )

  test("kill -9, then a new server: the same conversation", async () => {
    await openCode.prompt(session, "SAY: remember the number 4711")
    await openCode.answer(session)
    await openCode.kill()
    await openCode.start()
    await openCode.prompt(session, "SAY: and on")
    await eventually(async () => expect((await openCode.answer(session)).text).toBe("and on"))
    expect(JSON.stringify(openCode.api.turns.at(-1)?.messages)).toContain("4711")
  }, 60_000)
})
