import { RawNats } from "./RawNats.ts"
import { serveQuestions } from "./serveQuestions.ts"

/** `node limitResponder.ts <nats url>`: answers every request with what it holds. */
const [url = ""] = process.argv.slice(2)
const nats = await RawNats.connect(url, "echo", (_subject, replyTo, data) => nats.publish(replyTo, "", data))
serveQuestions({})
