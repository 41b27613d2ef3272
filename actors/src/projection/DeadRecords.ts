import { headers } from "@nats-io/nats-core"
import type { JetStreamClient, JsMsg } from "@nats-io/jetstream"
import type { NatsConnection } from "@nats-io/transport-node"
import { deadSubject } from "@maillm/schema/Subjects"

const timeoutMillis = 2_000
/** Room left in a message for its headers. */
const headerBytes = 1_024

/**
 * Copies a record that could not be folded to `dead.EVT.<kind>.<id>` as `{reason, seq, subject, data}`; without
 * `data` when that is too large. A repeat within a day is dropped. The record itself stays in EVT.
 */
export const copyToDead = async (
  js: JetStreamClient,
  connection: NatsConnection,
  message: JsMsg,
  reason: string,
) => {
  const { seq, subject } = message
  const [, kind = "unknown", id = "unknown"] = subject.split(".")
  const about = { reason: reason.slice(0, 1_000), seq, subject }
  const whole = Buffer.from(JSON.stringify({ ...about, data: message.string() }))
  const fits = whole.length + headerBytes <= (connection.info?.max_payload ?? 1_048_576)
  const repeat = headers()
  repeat.set("Nats-Msg-Id", `dead/EVT/${seq}/${message.time.getTime()}`)
  await js.publish(deadSubject("EVT", kind, id), fits ? whole : JSON.stringify(about), {
    headers: repeat,
    timeout: timeoutMillis,
  })
}
