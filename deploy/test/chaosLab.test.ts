import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync } from "node:fs"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { afterEach, describe, expect, it } from "vitest"
import { labUnavailable, NetworkLab } from "../src/chaos/lab/NetworkLab.ts"
import { sweepLeftovers } from "../src/chaos/lab/LabRecord.ts"
import { eventually } from "../src/testing/eventually.ts"

const unavailable = labUnavailable()
const one = { name: "a", address: "10.77.0.1" }
const other = { name: "b", address: "10.77.0.2" }
const third = { name: "c", address: "10.77.0.3" }

const namespacesOf = (pid: number) =>
  ["", "-a", "-b", "-c"].map((suffix) => `/run/netns/mlc${pid}${suffix}`).filter((file) => existsSync(file))

describe.skipIf(unavailable !== null)("a lab of machines (needs root and network namespaces)", () => {
  let lab: NetworkLab | null = null
  afterEach(() => {
    lab?.remove()
    lab = null
  })

  /** Whether a connection between two machines comes about within a second. */
  const reaches = async (from: string, to: string, name: string): Promise<boolean> => {
    const script = `const s = require("node:net").connect(9000, ${JSON.stringify(to)})
      s.on("connect", () => process.exit(0)); s.on("error", () => process.exit(1)); setTimeout(() => process.exit(2), 1000)`
    const child = lab?.start(from, name, { program: process.execPath, args: ["-e", script] })
    return (await child?.ended) === 0
  }

  const listen = async (machine: string) => {
    const script = `require("node:net").createServer(() => {}).listen(9000, () => console.log("up"))`
    const child = lab?.start(machine, `server-${machine}`, {
      program: process.execPath,
      args: ["-e", script],
    })
    await new Promise<void>((resolve) => child?.onLine(() => resolve()))
  }

  it("connects machines, cuts one off, separates two, and heals", async () => {
    lab = NetworkLab.create({ machines: [one, other, third], tmpfs: {} })
    await Promise.all(["b", "c"].map(listen))
    expect(await reaches("a", other.address, "t1")).toBe(true)
    lab.cutOff("a")
    expect(await reaches("a", other.address, "t2")).toBe(false)
    lab.rejoin("a")
    expect(await reaches("a", other.address, "t3")).toBe(true)
    lab.separate(one, other)
    expect(await reaches("a", other.address, "t4")).toBe(false)
    expect(await reaches("a", third.address, "t5")).toBe(true)
    lab.reunite(one, other)
    expect(await reaches("a", other.address, "t6")).toBe(true)
  })

  it("leaves nothing behind", async () => {
    lab = NetworkLab.create({ machines: [one, other], tmpfs: { disk: 8 } })
    const sleeper = lab.start("a", "sleeper", { program: "sleep", args: ["600"] })
    const { folder } = lab
    expect(namespacesOf(process.pid)).toHaveLength(3)
    expect(readFileSync("/proc/self/mountinfo", "utf8")).toContain(folder)
    lab.remove()
    expect(await sleeper.ended).toBe("SIGKILL")
    expect(namespacesOf(process.pid)).toEqual([])
    expect(existsSync(folder)).toBe(false)
    expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(folder)
  })

  it("is swept by the next run when its own was killed, with the processes in it", async () => {
    const script = fileURLToPath(new URL("chaosLabChild.ts", import.meta.url))
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script], {
      stdio: ["ignore", "pipe", "inherit"],
    })
    const lines = createInterface({ input: child.stdout })
    const said = await new Promise<string>((resolve) => lines.once("line", resolve))
    const sleeper = Number(said)
    child.kill("SIGKILL")
    await once(child, "exit")
    expect(namespacesOf(child.pid ?? 0)).toHaveLength(2)
    expect(existsSync(`/proc/${sleeper}`)).toBe(true)
    expect(sweepLeftovers()).toBeGreaterThan(0)
    expect(namespacesOf(child.pid ?? 0)).toEqual([])
    await eventually("its process is gone", () => (isGone(sleeper) ? true : null))
  })

  it("does not sweep a run that lives", () => {
    lab = NetworkLab.create({ machines: [one], tmpfs: {} })
    sweepLeftovers()
    expect(namespacesOf(process.pid)).toHaveLength(2)
  })
})

/** A zombie that nobody has waited for is gone too. */
const isGone = (pid: number): boolean => {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))
  } catch {
    return true
  }
}
