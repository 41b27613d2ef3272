import type { ConsumerMessages } from "@nats-io/jetstream"

/** How often the server says that it has nothing, milliseconds. The library's own choice is 15 s. */
export const heartbeatMillis = 2_000

/**
 * Ends a consumer's messages when two heartbeats were missed, so that who reads them asks anew. In a cluster a
 * consumer dies with the server that it stands on, while the connection to another one stays up and says nothing:
 * without this a partition waited up to 25 s. The messages must have been asked for with
 * `idle_heartbeat: heartbeatMillis`.
 */
export const stopWhenSilent = (messages: ConsumerMessages): void => {
  void (async () => {
    // Ends with the messages.
    for await (const status of messages.status()) {
      if (status.type === "heartbeats_missed") messages.stop()
    }
  })()
}
