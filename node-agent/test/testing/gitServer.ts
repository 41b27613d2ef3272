import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:http"
import { promisify } from "node:util"

/** Serves the repositories in a folder over HTTP as git's own CGI does; below `/private` it wants credentials. */
export const startGitServer = async (folder: string) => {
  const { stdout } = await promisify(execFile)("git", ["--exec-path"])
  let requests = 0
  const server = createServer((request, response) => {
    requests++
    const [path = "", query = ""] = (request.url ?? "").split("?")
    if (path.startsWith("/private")) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end()
      return
    }
    const child = spawn(`${stdout.trim()}/git-http-backend`, {
      env: {
        PATH: process.env["PATH"] ?? "",
        GIT_PROJECT_ROOT: folder,
        GIT_HTTP_EXPORT_ALL: "1",
        PATH_INFO: path,
        QUERY_STRING: query,
        REQUEST_METHOD: request.method ?? "GET",
        CONTENT_TYPE: request.headers["content-type"] ?? "",
        HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
        GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      },
    })
    request.pipe(child.stdin)
    child.stdin.on("error", () => undefined)
    const parts: Array<Buffer> = []
    child.stdout.on("data", (chunk: Buffer) => parts.push(chunk))
    child.once("close", () => {
      const answer = Buffer.concat(parts)
      const end = answer.indexOf("\r\n\r\n")
      const headers = answer.toString("latin1", 0, end).split("\r\n")
      let status = 200
      for (const header of headers) {
        const [name = "", value = ""] = header.split(": ", 2)
        if (name === "Status") status = Number.parseInt(value, 10)
        else if (name !== "") response.setHeader(name, value)
      }
      response.writeHead(status).end(answer.subarray(end + 4))
    })
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    requests: () => requests,
    close: async () => {
      if (!server.listening) return
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
