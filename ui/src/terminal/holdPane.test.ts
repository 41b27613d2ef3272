import { expect, it } from "vitest"
import type { LiveSocket } from "../api/Backend.ts"
import { holdPane } from "./holdPane.ts"

/** A socket whose acks are given by hand; `asked` is what was sent. */
const makeSocket = () => {
  const asked: Array<string> = []
  const acks: Array<() => void> = []
  const socket: LiveSocket = {
    on: () => () => undefined,
    ask: (event) => {
      asked.push(event)
      return new Promise((resolve) => acks.push(() => resolve(null)))
    },
    isConnected: () => true,
    retryNow: () => undefined,
    close: () => undefined,
  }
  const ackAll = async () => {
    for (const ack of acks.splice(0)) ack()
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  return { socket, asked, ackAll }
}

it("closes a pane with its last view, once", async () => {
  const { socket, asked, ackAll } = makeSocket()
  const card = holdPane(socket, "s1")
  const terminal = holdPane(socket, "s1")
  void card.open()
  void terminal.open()
  await ackAll()
  card.release()
  card.release()
  expect(asked).toEqual(["pane:open", "pane:open"])
  terminal.release()
  expect(asked).toEqual(["pane:open", "pane:open", "pane:close"])
})

it("waits with the close for an opening under way, and leaves it when someone else has come", async () => {
  const { socket, asked, ackAll } = makeSocket()
  const first = holdPane(socket, "s1")
  void first.open()
  first.release()
  expect(asked).toEqual(["pane:open"])
  const second = holdPane(socket, "s1")
  await ackAll()
  expect(asked).toEqual(["pane:open"])
  void second.open()
  second.release()
  await ackAll()
  expect(asked).toEqual(["pane:open", "pane:open", "pane:close"])
})
