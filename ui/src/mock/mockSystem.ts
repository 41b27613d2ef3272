import { NodeId } from "@maillm/schema/Ids"
import type { NodeRow, SystemReport } from "@maillm/schema/api/SystemApi"

export const mockNodes = (now: number): ReadonlyArray<NodeRow> => [
  {
    nodeId: NodeId.make("node-atlas"),
    hostname: "atlas",
    runtime: "docker",
    runtimeReason: "Docker Engine 28.1 answers at /var/run/docker.sock.",
    drivers: ["shell", "claude", "codex"],
    agents: [
      { driver: "claude", version: "2.1.330", problem: "", limitedUntilMillis: null },
      { driver: "codex", version: "0.69.0", problem: "", limitedUntilMillis: null },
      { driver: "opencode", version: "1.0.114", problem: "", limitedUntilMillis: now + 38 * 60_000 },
      { driver: "shell", version: "bash 5.2.37", problem: "", limitedUntilMillis: null },
    ],
    version: "0.1.0",
    cpuCount: 16,
    memoryBytes: 68_719_476_736,
    memoryFreeBytes: 41_203_732_480,
    loadAverage: 2.31,
    paneCount: 5,
    turnsRunning: 1,
    startedAtMillis: now - 9_200_000,
    beatAtMillis: now - 1_400,
    alive: true,
  },
  {
    nodeId: NodeId.make("node-desk"),
    hostname: "desk",
    runtime: "host",
    runtimeReason: "No Docker engine answers; panes run as your own user and can reach everything you can.",
    drivers: ["shell"],
    agents: [
      {
        driver: "claude",
        version: "2.1.201",
        problem: "Version 2.1.330 is needed: npm install --global @anthropic-ai/claude-code@2.1.330",
        limitedUntilMillis: null,
      },
      { driver: "shell", version: "bash 5.2.37", problem: "", limitedUntilMillis: null },
    ],
    version: "0.1.0",
    cpuCount: 8,
    memoryBytes: 17_179_869_184,
    memoryFreeBytes: 2_203_732_480,
    loadAverage: 0.42,
    paneCount: 1,
    turnsRunning: 0,
    startedAtMillis: now - 4_100_000,
    beatAtMillis: now - 2_100,
    alive: true,
  },
]

const stream = (
  name: string,
  messages: number,
  bytes: number,
  consumers: SystemReport["streams"][number]["consumers"],
): SystemReport["streams"][number] => ({
  name,
  messages,
  bytes,
  firstSequence: 1,
  lastSequence: messages + 812,
  lastAt: new Date().toISOString(),
  consumers,
})

const partitionReaders = (count: number) =>
  Array.from({ length: count }, (_, partition) => ({
    name: `partition-${partition}-${(0xfa8d0e62 + partition * 7_919).toString(16)}_1`,
    pending: 0,
    unacknowledged: partition === 3 ? 1 : 0,
    redelivered: 0,
  }))

export const mockSystem = (now: number): SystemReport => ({
  status: "down",
  atMillis: now,
  startedAtMillis: now - 9_204_000,
  components: [
    { name: "NATS", state: "ok", detail: "nats-server 2.15.1 at 127.0.0.1:4222, own child" },
    { name: "Read model", state: "ok", detail: "SQLite in .maillm/read-model.db, up to date" },
    {
      name: "Actors",
      state: "down",
      detail: "1 partition with 12 waiting commands and no live owner; 2 hosts live; see maillm actors",
    },
    { name: "SMTP", state: "ok", detail: "listening on 127.0.0.1:2525" },
    {
      name: "Mail out",
      state: "degraded",
      detail:
        "1 reply is being retried: 451 4.3.2 the relay is busy. Look at Messages, or check MAILLM_SMTP_RELAY.",
    },
    { name: "Node agent", state: "ok", detail: "2 nodes alive" },
  ],
  versions: { maillm: "0.1.0", node: "24.21.0", nats: "2.15.1" },
  streams: [
    stream("CMD", 0, 0, partitionReaders(32)),
    stream("EVT", 12_804, 9_113_402, [{ name: "projector", pending: 0, unacknowledged: 1, redelivered: 0 }]),
    stream("NODE", 1, 812, [{ name: "node-atlas", pending: 0, unacknowledged: 1, redelivered: 0 }]),
    stream("OUTBOX", 1, 4_210, [{ name: "egress", pending: 0, unacknowledged: 1, redelivered: 2 }]),
    stream("DEAD", 0, 0, []),
  ],
  readModel: { sequence: 13_616, lag: 0 },
  requestCounts: { done: 34, failed: 6, running: 1 },
  sockets: 1,
  settings: [
    { name: "MAILLM_HTTP_PORT", value: "4000", source: ".env" },
    { name: "MAILLM_SMTP_RELAY", value: "set", source: "environment" },
    { name: "MAILLM_DOMAIN", value: "maillm.localhost", source: "maillm.json" },
  ],
})
