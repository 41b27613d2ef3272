import { headers as newHeaders } from "@nats-io/nats-core"
import type { JetStreamClient, JsMsg } from "@nats-io/jetstream"
import type { NatsConnection } from "@nats-io/transport-node"
import { deadMessage } from "../nats/deadMessage.ts"
import { minimumPayloadBytes } from "../nats/Nats.ts"

const timeoutMillis = 2_000

/**
 * Copies a record that could not be folded to `dead.EVT.<kind>.<id>`. A repeat within a day is dropped. The record
 * itself stays in EVT.
 */
export const copyToDead = async (
  js: JetStreamClient,
  connection: NatsConnection,
  message: JsMsg,
  reason: string,
) => {
  const { seq: sequence, subject, data, time: storedAt } = message
  const room = connection.info?.max_payload ?? minimumPayloadBytes
  const letter = deadMessage({ stream: "EVT", subject, sequence, data, reason, storedAt }, room)
  const headers = newHeaders()
  for (const [name, value] of letter.headers) headers.set(name, value)
  await js.publish(letter.subject, letter.data, { headers, timeout: timeoutMillis })
}
