import { execFileSync } from "node:child_process"
import { existsSync } from "node:fs"

/** The few programs that a lab is made with (iproute2, util-linux), always with argument arrays. */
const environment = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8" }
const commandMillis = 10_000

export const run = (command: string, args: ReadonlyArray<string>): string => {
  try {
    return execFileSync(command, [...args], {
      env: environment,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: commandMillis,
    })
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : ""
    throw new Error(`${command} ${args.join(" ")}: ${said || String(error)}`, { cause: error })
  }
}

export const ip = (...args: ReadonlyArray<string>): string => run("ip", args)

/** Kills what runs in a network namespace and removes it; nothing happens when it is not there. */
export const endNamespace = (namespace: string): void => {
  if (!existsSync(`/run/netns/${namespace}`)) return
  for (const line of ip("netns", "pids", namespace).split("\n")) {
    const pid = Number(line)
    if (pid > 0) killQuietly(pid)
  }
  ip("netns", "delete", namespace)
}

const killQuietly = (pid: number) => {
  try {
    process.kill(pid, "SIGKILL")
  } catch {
    // Ended meanwhile.
  }
}

export const mountTmpfs = (folder: string, mebibytes: number): void => {
  run("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m,mode=0700`, "maillm-chaos", folder])
}

/** Lazily, for a process that was just killed may still hold it. */
export const unmount = (folder: string): void => {
  try {
    run("umount", ["--lazy", folder])
  } catch {
    // It was not mounted.
  }
}
