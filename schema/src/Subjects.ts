import type { ActorKind, NodeId, SessionId, UserId } from "./Ids.ts"

/** Number of partitions of the actor space. Fixed for the life of an installation: it is part of CMD subjects. */
export const partitionCount = 32

/** Partition of an actor: FNV-1a (32 bit) over `kind.id`, modulo `partitionCount`. */
export const partitionOf = (kind: ActorKind, id: string): number => {
  let hash = 0x811c9dc5
  const key = `${kind}.${id}`
  for (let i = 0; i < key.length; i++) {
    hash ^= key.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  return (hash >>> 0) % partitionCount
}

/** An actor's mailbox. */
export const commandSubject = (kind: ActorKind, id: string) => `cmd.${partitionOf(kind, id)}.${kind}.${id}`
export const partitionCommands = (partition: number) => `cmd.${partition}.>`
/** An actor's journal: one concrete subject, on which every commit carries its expectation. */
export const eventSubject = (kind: ActorKind, id: string) => `evt.${kind}.${id}`
/**
 * Where a timer is stored. Its generation is part of the subject, so that one set late by an owner that has been
 * succeeded cannot take the place of a newer one.
 */
export const timerSubject = (kind: ActorKind, id: string, timer: string, generation: number) =>
  `sched.${partitionOf(kind, id)}.${kind}.${id}.${timer}.${generation}`
/** Where it fires. */
export const wakeSubject = (kind: ActorKind, id: string) => `wake.${partitionOf(kind, id)}.${kind}.${id}`

export const nodeSubject = (nodeId: NodeId | string, operation: string) => `node.${nodeId}.${operation}`
export const nodeOrders = (nodeId: NodeId | string) => `node.${nodeId}.>`
export const outboxSubject = (channel: "email", userId: UserId | string) => `out.${channel}.${userId}`
export const outboxOf = (channel: "email") => `out.${channel}.>`
export const jobSubject = (job: "parse-mail", userId: UserId | string) => `job.${job}.${userId}`
export const jobsOf = (job: "parse-mail") => `job.${job}.>`
/** Files that a node is to read out of workspaces. Not an order of NODE: these are taken one after another. */
export const fetchSubject = (nodeId: NodeId | string, userId: UserId | string) =>
  `job.fetch-files.${nodeId}.${userId}`
export const fetchesOf = (nodeId: NodeId | string) => `job.fetch-files.${nodeId}.>`
export const deadSubject = (stream: string, kind: string, id: string) => `dead.${stream}.${kind}.${id}`

/** Answered over core NATS by the actors process of this incarnation as long as it is connected. */
export const hostPresence = (hostId: string, incarnation: string) => `host.${hostId}.${incarnation}`

/** Live terminal traffic over core NATS; not stored. */
export const paneOutput = (sessionId: SessionId | string) => `pane.${sessionId}.out`
export const paneInput = (sessionId: SessionId | string) => `pane.${sessionId}.in`
/** `AgentState` as JSON, whenever it changes. */
export const paneState = (sessionId: SessionId | string) => `pane.${sessionId}.state`
/** Request-reply: a `PaneRequest` is answered with a `PaneReply`. */
export const paneSnapshot = (sessionId: SessionId | string) => `pane.${sessionId}.snapshot`

/** Changes of the read model for one user's eyes, as the projector applies them. Core NATS. */
export const liveSubject = (userId: UserId | string) => `live.${userId}`
export const liveAll = "live.>"
