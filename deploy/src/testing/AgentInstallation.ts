import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as Schema from "effect/Schema"
import { startFakeModelApi } from "@maillm/node-agent/model/testing/FakeModelApi"
import type { FakeModelApi } from "@maillm/node-agent/model/testing/FakeModelApi"
import { nodeFolder } from "@maillm/node-agent/files/NodeFolder"
import { RequestDetail } from "@maillm/schema/api/RequestsApi"
import { ApprovalRow } from "@maillm/schema/ReadModel"
import type { MessageRow, RequestRow } from "@maillm/schema/ReadModel"
import { eventually } from "./eventually.ts"
import { LocalProcess } from "./LocalProcess.ts"
import { sendMail } from "./sendMail.ts"

const decodeApprovals = Schema.decodeUnknownSync(Schema.Array(ApprovalRow))
const decodeDetail = Schema.decodeUnknownSync(RequestDetail)

/**
 * A maillm of its own whose agents talk to a stand-in of their model's API, with an invented key and on this machine's
 * loopback only. What the model does is written into the mails (node-agent/model/testing/promptScript.ts).
 */
export class AgentInstallation {
  readonly maillm: LocalProcess
  readonly api: FakeModelApi
  #mails = 0

  private constructor(maillm: LocalProcess, api: FakeModelApi) {
    this.maillm = maillm
    this.api = api
  }

  static async open(extra: Readonly<Record<string, string>> = {}): Promise<AgentInstallation> {
    const api = await startFakeModelApi()
    const maillm = new LocalProcess({
      MAILLM_DRIVER: "claude",
      MAILLM_ANTHROPIC_AUTH_TOKEN: "invented-for-tests",
      MAILLM_ANTHROPIC_BASE_URL: api.url,
      MAILLM_OPENAI_API_KEY: "invented-for-tests",
      MAILLM_OPENAI_BASE_URL: api.url,
      ...extra,
    })
    await maillm.start()
    return new AgentInstallation(maillm, api)
  }

  async dispose() {
    await this.maillm.dispose()
    await this.api.close()
  }

  /** With runtime host. */
  get workspace() {
    return nodeFolder(this.maillm.dataDir).workspace("owner")
  }

  /** Sends a mail of the owner's; answers its Message-ID. */
  async mail(
    text: string,
    to: { readonly address?: string; readonly inReplyTo?: string } = {},
  ): Promise<string> {
    const messageId = `<mail-${++this.#mails}.${Date.now()}@sender.test>`
    await sendMail({
      port: this.maillm.ports.smtp,
      from: this.maillm.owner.email,
      to: to.address ?? this.maillm.owner.address,
      subject: `Mail ${this.#mails}`,
      text,
      messageId,
      ...(to.inReplyTo === undefined ? {} : { inReplyTo: to.inReplyTo }),
    })
    return messageId
  }

  /** Replies to one of our mails, as a mail client would. */
  reply(to: MessageRow, text: string): Promise<string> {
    return this.mail(text, { address: to.from, inReplyTo: to.internetMessageId })
  }

  /** The newest mail out that fits. */
  mailOut(what: string, fits: (mail: MessageRow) => boolean, millis?: number): Promise<MessageRow> {
    return eventually(
      what,
      async () => (await this.maillm.messages("direction=out&limit=50")).find(fits) ?? null,
      millis,
    )
  }

  /** The mail that answers the one sent. */
  answerTo(messageId: string, millis = 60_000): Promise<MessageRow> {
    return this.mailOut(
      `an answer to ${messageId}`,
      (mail) => mail.inReplyTo === messageId && mail.id.startsWith("m") && mail.state === "kept",
      millis,
    )
  }

  /** The mail that asks for the only pending approval, and that approval. */
  async question(): Promise<{ readonly mail: MessageRow; readonly approval: ApprovalRow }> {
    const approval = await eventually(
      "an approval is pending",
      async () => (await this.approvals("state=pending")).at(0) ?? null,
      60_000,
    )
    const mail = await this.mailOut(
      "its mail",
      ({ id, state, text }) => id.startsWith("q") && state === "kept" && text.includes(approval.code),
    )
    return { mail, approval }
  }

  async approvals(query = "limit=50"): Promise<ReadonlyArray<ApprovalRow>> {
    return decodeApprovals(await this.maillm.api(`/api/approvals?${query}`))
  }

  answer(approval: ApprovalRow, decision: "allow" | "deny", note?: string): Promise<unknown> {
    const body = JSON.stringify({ decision, ...(note === undefined ? {} : { note }) })
    return this.maillm.api(`/api/approvals/${approval.id}`, { method: "POST", body })
  }

  async request(id: string) {
    return decodeDetail(await this.maillm.api(`/api/requests/${id}`))
  }

  /** The request of a session's or mail's text, once it is in one of the states. */
  requestIn(
    states: ReadonlyArray<RequestRow["state"]>,
    fits: (row: RequestRow) => boolean,
  ): Promise<RequestRow> {
    return eventually(
      `a request is ${states.join(" or ")}`,
      async () =>
        (await this.maillm.requests()).find((row) => fits(row) && states.includes(row.state)) ?? null,
      60_000,
    )
  }

  /** Lines of a file in the workspace; none while it is not there. */
  lines(name: string): ReadonlyArray<string> {
    try {
      return readFileSync(join(this.workspace, name), "utf8").trimEnd().split("\n")
    } catch {
      return []
    }
  }
}
