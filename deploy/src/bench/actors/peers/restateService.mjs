import { createServer } from "node:http2"
import { createEndpointHandler, object } from "@restatedev/restate-sdk"

/**
 * `node restateService.mjs <module with serveQuestions>`: the counter as a Restate virtual object. This file is
 * copied beside the installed peer, so that its imports are found there.
 */
const { serveQuestions } = await import(process.argv[2])

const counter = object({
  name: "counter",
  handlers: {
    increment: async (context) => {
      const count = ((await context.get("count")) ?? 0) + 1
      context.set("count", count)
      return count
    },
  },
})
const server = createServer(createEndpointHandler({ services: [counter] }))
server.listen(0, "127.0.0.1", () => serveQuestions({ port: async () => ({ port: server.address().port }) }))
