import * as Schema from "effect/Schema"
import {
  AccountEntry,
  BlockEntry,
  JobItem,
  NodeItem,
  OutboxItem,
  SessionCommandEnvelope,
  UserCommandEnvelope,
} from "@maillm/schema/Record"
import type { ActorEffect } from "@maillm/schema/Record"
import { accountKey, directoryEntry } from "@maillm/schema/DirectoryEntry"
import { commandSubject, fetchSubject, jobSubject, nodeSubject, outboxSubject } from "@maillm/schema/Subjects"
import { addressBlockKey } from "../nats/addressBlocks.ts"
import { once, timerMessage } from "../runtime/CoreEffect.ts"
import { expectedSequence } from "../runtime/EffectMessage.ts"
import type { EffectMessage, EffectOrigin } from "../runtime/EffectMessage.ts"

const userCommand = Schema.encodeSync(Schema.fromJsonString(UserCommandEnvelope))
const sessionCommand = Schema.encodeSync(Schema.fromJsonString(SessionCommandEnvelope))
const nodeItem = Schema.encodeSync(Schema.fromJsonString(NodeItem))
const outboxItem = Schema.encodeSync(Schema.fromJsonString(OutboxItem))
const addressBlock = Schema.encodeSync(Schema.fromJsonString(BlockEntry))
const accountEntry = Schema.encodeSync(Schema.fromJsonString(AccountEntry))
const jobItem = Schema.encodeSync(Schema.fromJsonString(JobItem))

const orderOperation = {
  StartTurn: "start-turn",
  InterruptTurn: "interrupt-turn",
  ResolveApproval: "resolve-approval",
} as const

/** Where each effect of user and session actors goes. */
export const routeEffect = (effect: ActorEffect, origin: EffectOrigin): EffectMessage => {
  const { effectId, atMillis: sentAtMillis } = origin
  const headers = once(effectId)
  switch (effect._tag) {
    case "TellSession":
      return {
        subject: commandSubject("session", effect.sessionId),
        data: sessionCommand({ v: 1, commandId: effectId, sentAtMillis, command: effect.command }),
        headers,
      }
    case "TellUser":
      return {
        subject: commandSubject("user", effect.userId),
        data: userCommand({ v: 1, commandId: effectId, sentAtMillis, command: effect.command }),
        headers,
      }
    case "OrderNode":
      return {
        subject: nodeSubject(effect.nodeId, orderOperation[effect.order._tag]),
        data: nodeItem({ v: 1, effectId, order: effect.order }),
        headers,
      }
    case "SendMail":
      return {
        subject: outboxSubject("email", effect.mail.userId),
        data: outboxItem({ v: 1, effectId, mail: effect.mail }),
        headers,
      }
    case "RunJob":
      return {
        subject:
          effect.job._tag === "ParseMail"
            ? jobSubject("parse-mail", effect.job.userId)
            : fetchSubject(effect.job.nodeId, effect.job.userId),
        data: jobItem({ v: 1, effectId, job: effect.job }),
        headers,
      }
    case "SetTimer":
      return timerMessage(effect, origin)
    case "BlockAddress":
      return {
        subject: `$KV.MARKS.${addressBlockKey(effect.address)}`,
        data: addressBlock({ blocked: effect.blocked }),
        headers: [],
      }
    case "BindAddress":
      // Only where nothing stands: an address that has ended stays in the bucket, and nothing revives it.
      return {
        subject: `$KV.DIRECTORY.${effect.localPart}`,
        data: effect.userId,
        headers: [[expectedSequence, "0"]],
      }
    case "RetireAddress":
      return {
        subject: `$KV.DIRECTORY.${effect.localPart}`,
        data: directoryEntry(effect.userId, effect.endsAtMillis),
        headers: [],
      }
    case "AnnounceAccount":
      return {
        subject: `$KV.DIRECTORY.${accountKey(effect.userId)}`,
        data: accountEntry(effect.account),
        headers: [],
      }
  }
}
