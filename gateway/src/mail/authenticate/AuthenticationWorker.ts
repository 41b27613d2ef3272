import { Worker } from "node:worker_threads"
import type { DnsAnswer, RecordType } from "../../dns/DnsAnswer.ts"
import type { Authenticated, AuthenticationRules } from "./authenticateMail.ts"
import type { Sender } from "./examineMail.ts"
import type { FromWorker, ToWorker } from "./workerMessages.ts"

/** A mail could not be looked at: its worker ended, or took too long. Nothing may be concluded from it. */
export class AuthenticationFailed extends Error {
  override readonly name = "AuthenticationFailed"
}

/** V8's heap in one worker; the mails' bytes are outside of it, and bounded by what SMTP has in flight. */
const heapMegabytes = 256

interface Pending {
  readonly resolve: (result: Authenticated) => void
  readonly reject: (error: AuthenticationFailed) => void
}

/** One worker thread that authenticates mails. It starts with its first mail, and anew after it has ended. */
export class AuthenticationWorker {
  readonly #ask: (name: string, type: RecordType) => Promise<DnsAnswer>
  readonly #pending = new Map<number, Pending>()
  #worker: Worker | null = null
  #last = 0

  constructor(ask: (name: string, type: RecordType) => Promise<DnsAnswer>) {
    this.#ask = ask
  }

  get pending(): number {
    return this.#pending.size
  }

  /** Fails with `AuthenticationFailed`, never else. */
  authenticate(raw: Uint8Array, sender: Sender, rules: AuthenticationRules): Promise<Authenticated> {
    const worker = (this.#worker ??= this.#start())
    const id = ++this.#last
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      // A copy of its own: a view would take along the whole buffer that it looks into.
      const copy = new Uint8Array(raw)
      worker.postMessage({ _tag: "Mail", id, raw: copy, sender, rules } satisfies ToWorker, [copy.buffer])
    })
  }

  /** Ends the thread; what it had to do fails. */
  async end(reason: string): Promise<void> {
    const worker = this.#worker
    this.#forget(reason)
    await worker?.terminate()
  }

  #start(): Worker {
    const worker = new Worker(new URL("./authenticateWorker.ts", import.meta.url), {
      env: {},
      stdin: false,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 32 },
    })
    worker.on("message", (message: FromWorker) => this.#heard(worker, message))
    const ended = (why: string) => {
      if (this.#worker === worker) this.#forget(why)
    }
    worker.on("error", (error) => ended(error.message))
    worker.on("exit", (code) => ended(`exit ${code}`))
    worker.unref()
    return worker
  }

  #heard(worker: Worker, message: FromWorker): void {
    if (message._tag === "Ask") {
      const { name, question, type } = message
      void this.#ask(name, type).then((answer) =>
        worker.postMessage({ _tag: "Answer", question, answer } satisfies ToWorker, []),
      )
      return
    }
    const pending = this.#pending.get(message.id)
    this.#pending.delete(message.id)
    if (message._tag === "Done") pending?.resolve(message.result)
    else pending?.reject(new AuthenticationFailed(message.reason))
  }

  #forget(reason: string): void {
    this.#worker = null
    const waiting = [...this.#pending.values()]
    this.#pending.clear()
    for (const { reject } of waiting) reject(new AuthenticationFailed(reason))
  }
}
