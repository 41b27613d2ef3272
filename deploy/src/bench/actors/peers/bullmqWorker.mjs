import { Worker } from "bullmq"
import { Redis } from "ioredis"

/**
 * `node bullmqWorker.mjs <module with serveQuestions> <redis port>`: the worker of the counter queue. The turn is
 * a Redis INCR inside the job; BullMQ promises no order of one key's jobs.
 */
const { serveQuestions } = await import(process.argv[2])
const connection = { host: "127.0.0.1", port: Number(process.argv[3]), maxRetriesPerRequest: null }

const redis = new Redis(connection)
const worker = new Worker("turns", async (job) => redis.incr(`count:${job.data.key}`), {
  connection,
  // Of 16, 64, 128 and 256 the one that served it best with 256 in flight.
  concurrency: 64,
  removeOnComplete: { count: 1_000 },
})
await worker.waitUntilReady()
serveQuestions({})
