import { NodeId } from "@maillm/schema/Ids"
import { defaultPolicy } from "@maillm/schema/Policy"
import type { NodeInfo } from "@maillm/schema/Turn"
import { approvalKey } from "../../session/approvalKey.ts"
import type { Facts } from "../Facts.ts"

/** A node of the shell only, as its heartbeat would say. */
export const testNode = (nodeId: string, patch: Partial<NodeInfo> = {}): NodeInfo => ({
  nodeId: NodeId.make(nodeId),
  hostname: "h",
  runtime: "host",
  runtimeReason: "",
  drivers: ["shell"],
  version: "1",
  cpuCount: 1,
  memoryBytes: 1,
  memoryFreeBytes: 1,
  loadAverage: 0,
  paneCount: 0,
  turnsRunning: 0,
  startedAtMillis: 1,
  beatAtMillis: 1,
  ...patch,
})

/** A world without nodes or public address, with the defaults of everything that can be set. */
export const testFacts = (patch: Partial<Facts> = {}): Facts => ({
  nodes: [],
  domain: "maillm.test",
  publicUrl: null,
  agents: {
    defaultDriver: "shell",
    failover: [],
    approvalMillis: 8 * 3_600_000,
    reminderMillis: 30 * 60_000,
    spendingCapMicroUsd: null,
  },
  policy: defaultPolicy,
  approvalKey: (approvalId) => approvalKey("a secret of tests", approvalId),
  approvalLink: () => "",
  replyLocalPart: (kind, _, id) => `${kind}.${id}`,
  senderLink: () => "",
  ...patch,
})
