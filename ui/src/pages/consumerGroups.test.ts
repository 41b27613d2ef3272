import { expect, it } from "vitest"
import { consumerGroups, isFolded } from "./consumerGroups.ts"

const named = (...names: ReadonlyArray<string>) =>
  names.map((name, index) => ({ name, pending: index, unacknowledged: 0, redelivered: 1 }))
const kinds = (...names: ReadonlyArray<string>) =>
  consumerGroups(named(...names)).map((group) => [group.kind, group.members.length])

it.each([
  [["partition-0-fa8d0e62_1", "partition-10-4bbc4f40_1"], [["partition readers", 2]]],
  [["oc_bvU1F3xRqPFntE0H3BIdpL_1", "oc_bvU1F3xRqPFntE0H3BIdvs_1"], [["watchers", 2]]],
  [["UqdOpBW1kLm3nP5rS7tV9x_1"], [["unnamed readers", 1]]],
  [
    ["projector-b8779d7b-d54c-44d5-82f8-b6bb69ef4551", "projector-fa8d0e62-1111-44d5-82f8-b6bb69ef4551"],
    [["projector consumers", 2]],
  ],
  [["mail-reader"], [["mail-reader consumers", 1]]],
  [["7"], [["7 consumers", 1]]],
])("%j are %j", (names, expected) => {
  expect(kinds(...names)).toEqual(expected)
})

it("sums what waits, sorts partitions by number, and folds more than four", () => {
  const [readers] = consumerGroups(
    named(...[10, 2, 1, 0, 3].map((partition) => `partition-${partition}-fa8d0e62_1`)),
  )
  if (readers === undefined) throw new Error("no group")
  expect(readers.members.map((member) => member.name.split("-")[1])).toEqual(["0", "1", "2", "3", "10"])
  expect([readers.pending, readers.redelivered]).toEqual([10, 5])
  expect(isFolded(readers)).toBe(true)
  expect(isFolded({ ...readers, members: readers.members.slice(1) })).toBe(false)
})
