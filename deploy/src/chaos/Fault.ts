/** What is done to one machine of the cluster. Those that name a host are done to an owner of partitions. */
export const hostFaults = ["killHost", "pauseHost", "partitionHost", "stopHost"] as const
export const natsFaults = ["killNats", "partitionNats", "separateNats", "killAllNats", "fillDisk"] as const
/** Of a receiver of effects, which knows from its disk what it has done. */
export const receiverFaults = ["killReceiver"] as const
export const faultKinds = [...hostFaults, ...natsFaults, ...receiverFaults]
export type FaultKind = (typeof faultKinds)[number]

/** One fault of a schedule. */
export interface Fault {
  readonly kind: FaultKind
  /** Name of the machine; of the first of two that are separated; empty when all are meant. */
  readonly target: string
  /** After the beginning of the fault phase. */
  readonly atMillis: number
  /** Until it heals. */
  readonly forMillis: number
}

/** A fault as it was done, by the wall clock that the journal's times are of too. */
export interface InjectedFault extends Fault {
  readonly beganAtMillis: number
  readonly healedAtMillis: number
}

export const isHostFault = (kind: FaultKind): boolean => hostFaults.some((known) => known === kind)
export const isNatsFault = (kind: FaultKind): boolean => natsFaults.some((known) => known === kind)
