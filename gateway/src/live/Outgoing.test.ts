import { EventEmitter } from "node:events"
import { expect, test } from "vitest"
import { Outgoing, outgoingLimitBytes } from "./Outgoing.ts"

test("sends up to its limit, then nothing until the transport has taken what waits", () => {
  const connection = new EventEmitter()
  const outgoing = new Outgoing(connection)
  const sent: Array<number> = []
  const send = (bytes: number) => outgoing.send(bytes, () => sent.push(bytes))
  expect(send(outgoingLimitBytes - 1)).toBe(true)
  expect(send(2)).toBe(false)
  expect(send(1)).toBe(true)
  expect(send(1)).toBe(false)
  let told = 0
  outgoing.onceDrained(() => told++)
  connection.emit("drain")
  connection.emit("drain")
  expect(told).toBe(1)
  expect(send(outgoingLimitBytes)).toBe(true)
  expect(sent).toEqual([outgoingLimitBytes - 1, 1, outgoingLimitBytes])
})
