import { describe, expect, test } from "vitest"
import { MessageId, RequestId, SessionId } from "@maillm/schema/Ids"
import type { ParsedMail } from "@maillm/schema/Message"
import type { UserCommand } from "@maillm/schema/UserActor"
import { testFacts } from "../world/testing/testFacts.ts"
import {
  accountLimitPerHour,
  answeredLimit,
  sameTextHandedInLimit,
  sameTextLimit,
  sessionLimitPerHour,
} from "./replyCap.ts"
import { readableMail, relayedMail } from "./testing/sampleMails.ts"
import { UserActor } from "./UserActor.ts"
import { initialUser } from "./UserState.ts"
import type { UserState } from "./UserState.ts"

const minute = 60_000
const create: UserCommand = {
  _tag: "CreateUser",
  name: "Ada",
  email: "ada@example.org",
  privateLocalPart: `ada.${"a".repeat(26)}`,
}

/** An account and its clock. */
const account = () => {
  let state: UserState = initialUser("u1")
  let now = 1_000_000
  let serial = 0
  const decide = (command: UserCommand) => {
    const { effects, events } = UserActor.decide(state, command, {
      now,
      epoch: 1,
      commandId: "c",
      facts: testFacts(),
    })
    for (const event of events) state = UserActor.evolve(state, event, now)
    const replies = effects.flatMap((effect) =>
      effect._tag === "TellSession" && effect.command._tag === "AddRequest" ? [effect.command.request] : [],
    )
    return { tags: events.map(({ _tag }) => _tag), replies }
  }
  decide(create)
  return {
    state: () => state,
    wait: (millis: number) => (now += millis),
    release: (id: string) =>
      decide({ _tag: "ReleaseMail", mailId: MessageId.make(id), by: "ada@example.org" }),
    read: (id: string, patch: Partial<ParsedMail> = {}) =>
      decide({ _tag: "MailRead", mailId: MessageId.make(id), content: readableMail(patch) }),
    /** A mail to a session, or to the private address. */
    mail: (patch: Partial<ParsedMail>, to: { readonly session?: string; readonly local?: boolean } = {}) => {
      const id = `m${serial++}`
      const received = relayedMail(id, { marks: [id.padStart(32, "0")] }, now)
      const { origin: _, ...handedIn } = received
      decide({
        ...(to.local === true
          ? {
              ...handedIn,
              envelope: { ...received.envelope, remoteAddress: "127.0.0.1" },
              origin: { _tag: "Submitted", way: "this-machine" },
            }
          : received),
        ...(to.session === undefined
          ? {}
          : { recipient: { _tag: "Session", sessionId: SessionId.make(to.session) } }),
      })
      return { id, ...decide({ _tag: "MailRead", mailId: MessageId.make(id), content: readableMail(patch) }) }
    },
  }
}
const robot = { newestText: "I am out of the office.", subject: "Re: hello" }

describe("two machines that answer each other", () => {
  test.each([
    { local: false, limit: sameTextLimit },
    { local: true, limit: sameTextHandedInLimit },
  ])("in one thread end, and begin no new ones, %j", ({ limit, local }) => {
    const ada = account()
    const first = ada.mail(robot, { local })
    const [session] = ada.state().sessions
    let answered = first.replies.length
    let capped = 0
    for (let i = 0; i < 200; i++) {
      ada.wait(1_000)
      const text = i % 2 === 0 ? robot.newestText : ` i am OUT of\nthe office. `
      const { replies, tags } = ada.mail(
        { ...robot, newestText: text },
        { local, ...(session === undefined ? {} : { session }) },
      )
      answered += replies.length
      if (tags.includes("ReplyCapped")) capped += 1
    }
    expect({ answered, capped }).toEqual({ answered: limit + 1, capped: 1 })
    expect(ada.state().heldMails.length).toBe(201 - limit)
  })

  test("with new words each time end too, when servers bring them", () => {
    const ada = account()
    ada.mail({ newestText: "begin" })
    const session = String(ada.state().sessions[0])
    let answered = 0
    for (let i = 0; i < 300; i++) {
      ada.wait(1_000)
      answered += ada.mail({ newestText: `It is ${i} o'clock.` }, { session }).replies.length
    }
    expect(answered).toBe(sessionLimitPerHour)
  })

  test("that begin a new thread each time end by the same words, or by the account's limit", () => {
    const ada = account()
    let answered = 0
    for (let i = 0; i < 50; i++) answered += ada.mail({ ...robot, messageId: `<${i}@x>` }).replies.length
    expect(answered).toBe(sameTextLimit + 1)
    const bo = account()
    answered = 0
    for (let i = 0; i < 400; i++)
      answered += bo.mail({ subject: `Alarm ${i}`, newestText: `Alarm ${i}` }).replies.length
    expect(answered).toBe(accountLimitPerHour + 1)
  })
})

describe("a person", () => {
  test("is told once in an hour, by name of the reason, in the thread, and the mail can be released", () => {
    const ada = account()
    for (let i = 0; i < sameTextLimit; i++) ada.mail(robot)
    const { id, replies, tags } = ada.mail(robot)
    expect(tags).toEqual(["MailQuarantined", "ReplyCapped", "RequestOpened"])
    expect(replies).toMatchObject([
      {
        command: {
          _tag: "Say",
          answer: expect.stringMatching(/10 mails with the same words.*release it in the console/s),
        },
        text: "",
      },
    ])
    expect(ada.mail(robot).tags).toEqual(["MailQuarantined"])
    expect(ada.release(id).tags).toEqual(["MailReleased"])
    const read = ada.read(id, robot)
    expect(read.tags).toEqual(["MailAccepted", "RequestOpened"])
    expect(read.replies[0]?.requestId).not.toBe(replies[0]?.requestId)
    expect(RequestId.make(String(read.replies[0]?.requestId))).toMatch(/^r/)
    ada.wait(61 * minute)
    expect(ada.mail(robot).tags).toEqual(["MailAccepted", "RequestOpened"])
  })

  test("who hands in hundreds of different requests on this machine is no robot", () => {
    const ada = account()
    ada.mail({ newestText: "begin" }, { local: true })
    const session = String(ada.state().sessions[0])
    for (let i = 0; i < 400; i++)
      expect(ada.mail({ newestText: `make part-${i}` }, { local: true, session }).tags).toContain(
        "MailAccepted",
      )
    expect(ada.state().answeredMails).toHaveLength(401)
    for (let i = 0; i < 200; i++) ada.mail({ newestText: `make piece-${i}` }, { local: true, session })
    expect(ada.state().answeredMails).toHaveLength(answeredLimit)
  })
})
