import { Agent, request } from "node:http"
import { serveLoad } from "./serveLoad.ts"

/** `node restateCaller.ts <ingress port>`: calls counter objects over Restate's HTTP ingress, connections kept. */
const port = Number(process.argv[2])
const agent = new Agent({ keepAlive: true, maxSockets: 1_024, maxFreeSockets: 1_024 })

serveLoad(
  (key) =>
    new Promise<number>((resolve, reject) => {
      const call = request(
        { agent, host: "127.0.0.1", port, method: "POST", path: `/counter/k${key}/increment` },
        (response) => {
          let body = ""
          response.setEncoding("utf8")
          response.on("data", (chunk: string) => (body += chunk))
          response.on("end", () =>
            response.statusCode === 200
              ? resolve(Number(body))
              : reject(new Error(`Restate answered ${response.statusCode}: ${body}`)),
          )
        },
      )
      call.once("error", reject)
      call.end()
    }),
)
