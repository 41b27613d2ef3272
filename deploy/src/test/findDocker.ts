import { request } from "node:http"

/** The Docker engine's socket, if an engine answers there within 3 s: `DOCKER_HOST` when it names one. */
export async function findDockerSocket(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const host = env["DOCKER_HOST"] || "unix:///var/run/docker.sock"
  if (!host.startsWith("unix://")) return undefined
  const socket = host.slice("unix://".length)
  return (await getStatus(socket, "/_ping")) === 200 ? socket : undefined
}

/** Whether the engine has an image of that name and tag. */
export async function hasImage(socket: string, image: string): Promise<boolean> {
  return (await getStatus(socket, `/images/${encodeURIComponent(image)}/json`)) === 200
}

function getStatus(socketPath: string, path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const call = request({ socketPath, path, timeout: 3_000 }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    call.once("timeout", () => call.destroy())
    call.once("error", () => resolve(undefined))
    call.end()
  })
}
