import * as Schema from "effect/Schema"
import {
  JobItem,
  NodeItem,
  OutboxItem,
  SessionCommandEnvelope,
  UserCommandEnvelope,
} from "@maillm/schema/Record"
import type { ActorEffect } from "@maillm/schema/Record"
import {
  commandSubject,
  jobSubject,
  nodeSubject,
  outboxSubject,
  timerSubject,
  wakeSubject,
} from "@maillm/schema/Subjects"
import type { ActorName } from "./ActorStore.ts"

const userCommand = Schema.encodeSync(Schema.fromJsonString(UserCommandEnvelope))
const sessionCommand = Schema.encodeSync(Schema.fromJsonString(SessionCommandEnvelope))
const nodeItem = Schema.encodeSync(Schema.fromJsonString(NodeItem))
const outboxItem = Schema.encodeSync(Schema.fromJsonString(OutboxItem))
const jobItem = Schema.encodeSync(Schema.fromJsonString(JobItem))

export interface EffectMessage {
  readonly subject: string
  readonly data: string
  readonly headers: ReadonlyArray<readonly [string, string]>
}

/** What a fired timer says; read by WakeRelay. */
export const Wake = Schema.fromJsonString(Schema.Struct({ timer: Schema.String, generation: Schema.Int }))
const wake = Schema.encodeSync(Wake)

const orderOperation = { StartTurn: "start-turn", InterruptTurn: "interrupt-turn" } as const

/** The one publish that an effect is. Its `Nats-Msg-Id` is the effect's id, so a repeat is dropped by the stream. */
export const effectMessage = (
  actor: ActorName,
  effectId: string,
  effect: Exclude<ActorEffect, { readonly _tag: "BindAddress" }>,
): EffectMessage => {
  const once = [["Nats-Msg-Id", effectId]] as const
  const sentAtMillis = Date.now()
  switch (effect._tag) {
    case "TellSession":
      return {
        subject: commandSubject("session", effect.sessionId),
        data: sessionCommand({ v: 1, commandId: effectId, sentAtMillis, command: effect.command }),
        headers: once,
      }
    case "TellUser":
      return {
        subject: commandSubject("user", effect.userId),
        data: userCommand({ v: 1, commandId: effectId, sentAtMillis, command: effect.command }),
        headers: once,
      }
    case "OrderNode":
      return {
        subject: nodeSubject(effect.nodeId, orderOperation[effect.order._tag]),
        data: nodeItem({ v: 1, effectId, order: effect.order }),
        headers: once,
      }
    case "SendMail":
      return {
        subject: outboxSubject("email", effect.mail.userId),
        data: outboxItem({ v: 1, effectId, mail: effect.mail }),
        headers: once,
      }
    case "RunJob":
      return {
        subject: jobSubject("parse-mail", effect.job.userId),
        data: jobItem({ v: 1, effectId, job: effect.job }),
        headers: once,
      }
    case "SetTimer":
      // A later schedule on the same subject replaces the earlier one; one in the past fires at once (ADR-51).
      return {
        subject: timerSubject(actor.kind, actor.id, effect.timer),
        data: wake({ timer: effect.timer, generation: effect.generation }),
        headers: [
          ["Nats-Schedule", `@at ${new Date(effect.atMillis).toISOString()}`],
          ["Nats-Schedule-Target", wakeSubject(actor.kind, actor.id)],
        ],
      }
  }
}
