import { isMainThread, parentPort } from "node:worker_threads"
import type { DnsAnswer } from "../../dns/DnsAnswer.ts"
import { DnsCache } from "../../dns/DnsCache.ts"
import { authenticateMail } from "./authenticateMail.ts"
import type { Ask } from "./QuestionLog.ts"
import { useRememberedKeys } from "./rememberedKeys.ts"
import type { FromWorker, ToWorker } from "./workerMessages.ts"

/**
 * How long an answer is used again in here: mails come in bursts, and each of their questions costs both threads two
 * messages. Little beside the minute for which the main thread may have had the answer already.
 */
const keepMillis = 5_000

/** Entry of a worker thread that authenticates mails: many at a time, for most of it is waiting for the DNS. */
if (!isMainThread && parentPort !== null) {
  const port = parentPort
  // What does not exist in the DNS is an error each time, and nobody sees a call stack of this thread.
  Error.stackTraceLimit = 0
  useRememberedKeys()
  const say = (message: FromWorker) => port.postMessage(message)
  const questions = new Map<number, (answer: DnsAnswer) => void>()
  let last = 0
  const askMain: Ask = (name, type) =>
    new Promise((resolve) => {
      last++
      questions.set(last, resolve)
      say({ _tag: "Ask", question: last, name, type })
    })
  // A failure is asked about again: how long it is remembered is the main thread's to say.
  const cache = new DnsCache(askMain, 0, () => performance.now(), keepMillis)
  const ask: Ask = (name, type) => cache.resolve(name, type)
  port.on("message", (message: ToWorker) => {
    if (message._tag === "Answer") {
      questions.get(message.question)?.(message.answer)
      questions.delete(message.question)
      return
    }
    const { id, raw, rules, sender } = message
    authenticateMail(raw, sender, ask, rules).then(
      (result) => say({ _tag: "Done", id, result }),
      (error: unknown) =>
        say({ _tag: "Failed", id, reason: error instanceof Error ? error.message : String(error) }),
    )
  })
}
