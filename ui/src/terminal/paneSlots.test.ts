import { expect, it } from "vitest"
import { makePaneSlots } from "./paneSlots.ts"

it("lets in no more than there is room for, lowest rank first, and each wish once", () => {
  const slots = makePaneSlots(2)
  const log: Array<string> = []
  const ask = (name: string, rank: number) => slots.ask(rank, () => log.push(name))
  const leaveA = ask("a", 2)
  const leaveB = ask("b", 2)
  ask("c", 2)
  const leaveD = ask("d", 1)
  ask("e", 1)
  expect(log).toEqual(["a", "b"])
  leaveD()
  leaveA()
  leaveA()
  expect(log).toEqual(["a", "b", "e"])
  leaveB()
  expect(log).toEqual(["a", "b", "e", "c"])
})
