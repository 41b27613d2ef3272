import { Queue, QueueEvents } from "bullmq"

/**
 * `node bullmqCaller.mjs <module with serveLoad> <redis port>`: adds a job a turn and waits for its result, which
 * comes through the queue's events.
 */
const { serveLoad } = await import(process.argv[2])
const connection = { host: "127.0.0.1", port: Number(process.argv[3]), maxRetriesPerRequest: null }

const queue = new Queue("turns", { connection })
const events = new QueueEvents("turns", { connection })
// One listener a job in flight.
events.setMaxListeners(0)
await Promise.all([queue.waitUntilReady(), events.waitUntilReady()])
serveLoad(async (key) => {
  const job = await queue.add("increment", { key })
  return job.waitUntilFinished(events)
})
