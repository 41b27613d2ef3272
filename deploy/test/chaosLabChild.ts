import { NetworkLab } from "../src/chaos/lab/NetworkLab.ts"

/** Makes a lab with a process in it, prints that process's id, and waits to be killed. */
const lab = NetworkLab.create({ machines: [{ name: "a", address: "10.77.0.1" }], tmpfs: {} })
console.log(lab.start("a", "sleeper", { program: "sleep", args: ["600"] }).pid)
setInterval(() => undefined, 1_000)
