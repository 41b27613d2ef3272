import { runWithProgress } from "../../bin/launch/progress.mjs"
import type { Way } from "./obtainTool.ts"
import { runCommand } from "./runCommand.ts"

/** Copies a program out of a Docker image, pulled if need be; no container is ever started. */
export const dockerWay = (image: string, pathInImage: string): Way => ({
  name: "Docker",
  closed: async ({ env }) => {
    const { code } = await runCommand("docker", ["version", "--format", "{{.Server.Version}}"], { env })
    return code === 0 ? undefined : "no Docker engine answers"
  },
  get: async (target, { env }) => {
    const container = `maillm-copy-${process.pid}-${Date.now()}`
    const create = ["create", "--name", container, image]
    await runWithProgress(`Copying out of the image ${image}`, "docker", create, { env })
    try {
      const copied = await runCommand("docker", ["cp", `${container}:${pathInImage}`, target], { env })
      if (copied.code !== 0) throw new Error(copied.output.trim())
    } finally {
      await runCommand("docker", ["rm", container], { env })
    }
  },
})
