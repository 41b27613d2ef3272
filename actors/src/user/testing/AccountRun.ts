import { MessageId } from "@maillm/schema/Ids"
import type { MailOrigin } from "@maillm/schema/MailOrigin"
import type { OutboundMail, ParsedMail, Recipient } from "@maillm/schema/Message"
import type { UserCommand } from "@maillm/schema/UserActor"
import { testFacts } from "../../world/testing/testFacts.ts"
import { UserActor } from "../UserActor.ts"
import { initialUser } from "../UserState.ts"
import type { UserState } from "../UserState.ts"
import { loopbackEnvelope, readableMail } from "./sampleMails.ts"

export const localPart = (letter: string) => `ada.${letter.repeat(26)}`
const by = "ada@example.org"

/** Ada's account, whose clock a test sets, one command after another. */
export class AccountRun {
  now = 1_000_000_000
  state: UserState = initialUser("u1")
  /** What the last command decided. */
  decision: ReturnType<typeof UserActor.decide> = { events: [], effects: [] }
  #count = 0

  constructor() {
    this.tell({ _tag: "CreateUser", name: "Ada", email: by, privateLocalPart: localPart("a") })
  }

  get tags() {
    return this.decision.events.map(({ _tag }) => _tag)
  }

  get mails(): ReadonlyArray<OutboundMail> {
    return this.decision.effects.flatMap((effect) => (effect._tag === "SendMail" ? [effect.mail] : []))
  }

  get told() {
    return this.decision.effects.flatMap((effect) => (effect._tag === "TellSession" ? [effect] : []))
  }

  /** Why the last mail is in quarantine. */
  get reasons(): string {
    const [event] = this.decision.events
    return event?._tag === "MailQuarantined" ? event.reasons.join("; ") : ""
  }

  sender(address: string) {
    return this.state.senders.find((sender) => sender.address === address)
  }

  tell(command: UserCommand): this {
    const commandId = `c${++this.#count}`
    this.decision = UserActor.decide(this.state, command, {
      now: this.now,
      epoch: 1,
      commandId,
      facts: testFacts({
        publicUrl: "http://console",
        senderLink: (_, id) => `http://console/confirm/${id}`,
      }),
    })
    for (const event of this.decision.events) this.state = UserActor.evolve(this.state, event, this.now)
    return this
  }

  rotate(letter: string, graceMillis: number): this {
    return this.tell({ _tag: "RotateAddress", localPart: localPart(letter), graceMillis, by })
  }

  revoke(letter: string): this {
    return this.tell({ _tag: "RevokeAddress", localPart: localPart(letter), by })
  }

  add(address: string): this {
    return this.tell({ _tag: "AddSender", address, by })
  }

  remove(address: string): this {
    return this.tell({ _tag: "RemoveSender", address, by })
  }

  primary(address: string): this {
    return this.tell({ _tag: "SetPrimary", address, by })
  }

  /** Confirmed in the console. */
  confirm(address: string): this {
    return this.tell({ _tag: "ConfirmSender", confirmId: this.sender(address)?.confirmId ?? "none", by })
  }

  /** A mail that is handed in on this machine, unless its origin says otherwise. */
  mail(
    from: string,
    newestText: string,
    {
      inReplyTo = "",
      origin = { _tag: "Submitted", way: "this-machine" },
      recipient = { _tag: "Private" },
      to = "x",
      ...patch
    }: Partial<ParsedMail> & { origin?: MailOrigin; recipient?: Recipient; to?: string } = {},
  ): this {
    const mailId = MessageId.make(`m${this.#count}`)
    const remoteAddress = origin._tag === "Relayed" ? "192.0.2.1" : "127.0.0.1"
    this.tell({
      _tag: "ReceiveMail",
      mailId,
      raw: { sha256: "0".repeat(64), sizeBytes: 9 },
      envelope: { ...loopbackEnvelope, from, to: `${to}@maillm.test`, remoteAddress },
      recipient,
      receivedAtMillis: this.now,
      origin,
    })
    const content = readableMail({
      from: [from],
      fromName: "",
      newestText,
      inReplyTo,
      messageId: `<${mailId}@example.org>`,
      ...patch,
    })
    return this.tell({ _tag: "MailRead", mailId, content })
  }
}
