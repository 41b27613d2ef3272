import { afterEach, expect, it } from "vitest"
import { nodeProgram } from "../src/chaos/HostNode.ts"
import { labUnavailable, NetworkLab } from "../src/chaos/lab/NetworkLab.ts"
import { NatsNode, serversOf } from "../src/chaos/NatsNode.ts"
import { eventually } from "../src/testing/eventually.ts"

const natsServer = process.env["MAILLM_TEST_NATS_SERVER"]
const nodes = ["n1", "n2", "n3"].map((name, i) => ({ name, address: `10.77.0.${i + 1}` }))
const client = { name: "client", address: "10.77.0.9" }

let lab: NetworkLab | null = null
afterEach(() => {
  lab?.remove()
  lab = null
})

it.skipIf(labUnavailable() !== null || natsServer === undefined)(
  "a client leaves a server that is cut off from its cluster (needs root, network namespaces and nats-server)",
  async () => {
    lab = NetworkLab.create({ machines: [...nodes, client], tmpfs: {} })
    const network = lab
    const cluster = nodes.map((node) => new NatsNode(network, node, nodes, natsServer ?? ""))
    for (const node of cluster) node.start()
    await Promise.all(cluster.map((node) => node.ready()))

    let at = ""
    const program = nodeProgram("../../test/cutOffClient.ts", [serversOf(nodes)])
    network.start("client", "client", program).onLine((line) => (at = line.startsWith("at ") ? line : at))
    const first = await eventually("the client is connected", () => (at === "" ? null : at), 40_000)

    const isolated = nodes.find(({ address }) => first.includes(address))
    expect(isolated).toBeDefined()
    for (const node of nodes)
      if (isolated !== undefined && node !== isolated) network.separate(isolated, node)
    await eventually("the client is at another server", () => (at === first ? null : at), 60_000)
  },
  150_000,
)
