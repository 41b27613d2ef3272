import { isMainThread, parentPort, workerData } from "node:worker_threads"
import { useJoinedBlob } from "./mime/JoinedBlob.ts"
import { parseMail } from "./parseMail.ts"

/**
 * Entry of the parser's worker thread: one mail in, one `ParseResult` out. What goes wrong in here, in time or
 * memory, costs this thread and nothing else.
 */
if (!isMainThread && parentPort !== null) {
  const port = parentPort
  useJoinedBlob()
  const domain = typeof workerData === "string" ? workerData : ""
  port.on("message", (raw: Uint8Array) => {
    void parseMail(raw, domain).then((result) => port.postMessage(result))
  })
}
