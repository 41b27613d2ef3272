import type { SystemReport } from "@maillm/schema/api/SystemApi"

type Consumer = SystemReport["streams"][number]["consumers"][number]

/** Consumers of one kind on one stream. */
export interface ConsumerGroup {
  /** The kind in words, plural: `partition readers`. */
  readonly kind: string
  readonly members: ReadonlyArray<Consumer>
  readonly pending: number
  readonly unacknowledged: number
  readonly redelivered: number
}

/** More consumers of a kind than this are one line. */
export const foldAbove = 4

const numbered = new Intl.Collator("en", { numeric: true })
const sum = (members: ReadonlyArray<Consumer>, of: "pending" | "unacknowledged" | "redelivered") =>
  members.reduce((total, member) => total + member[of], 0)

/** What a consumer is for, from its name; the ids in it say nothing to a person. */
const kindOf = (name: string): string => {
  if (name.startsWith("oc_")) return "watchers"
  if (/^partition-\d+/.test(name)) return "partition readers"
  // An ordered consumer without a prefix is named by a random id of 22 letters and digits.
  if (/^[A-Za-z0-9]{22}(_\d+)?$/.test(name)) return "unnamed readers"
  return `${/^[A-Za-z]+(?:[-_][A-Za-z]+(?![A-Za-z0-9]))*/.exec(name)?.[0] ?? name} consumers`
}

/**
 * The consumers of a stream by kind, in the order of their names. Watchers read a bucket for a process that is
 * connected now and have names that say nothing: two of them are one line already.
 */
export const consumerGroups = (consumers: ReadonlyArray<Consumer>): ReadonlyArray<ConsumerGroup> => {
  const byKind = Map.groupBy(
    consumers.toSorted((a, b) => numbered.compare(a.name, b.name)),
    ({ name }) => kindOf(name),
  )
  return [...byKind].map(([kind, members]) => ({
    kind,
    members,
    pending: sum(members, "pending"),
    unacknowledged: sum(members, "unacknowledged"),
    redelivered: sum(members, "redelivered"),
  }))
}

/** Whether a group is shown as one line that opens. */
export const isFolded = (group: ConsumerGroup): boolean =>
  group.members.length > (group.kind === "watchers" ? 1 : foldAbove)
