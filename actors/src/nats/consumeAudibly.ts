import type { Consumer, ConsumerMessages } from "@nats-io/jetstream"

/** How often the server says that it has nothing, milliseconds. The library's own choice is 15 s. */
const heartbeatMillis = 2_000
const expiresMillis = 30_000

/**
 * A consumer's messages, which end when two heartbeats were missed, so that who reads them asks anew. In a cluster a
 * consumer dies with the server that it stands on, while the connection to another one stays up and says nothing:
 * without this a partition waited up to 25 s.
 */
export const consumeAudibly = async (consumer: Consumer, maxMessages: number): Promise<ConsumerMessages> => {
  const messages = await consumer.consume({
    max_messages: maxMessages,
    expires: expiresMillis,
    idle_heartbeat: heartbeatMillis,
  })
  void (async () => {
    // Ends with the messages.
    for await (const status of messages.status()) {
      if (status.type === "heartbeats_missed") messages.stop()
    }
  })()
  return messages
}
