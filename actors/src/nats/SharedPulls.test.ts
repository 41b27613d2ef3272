import { expect, test, vi } from "vitest"
import type { JsMsg } from "@nats-io/jetstream"
import { SharedPulls } from "./SharedPulls.ts"

/** Pulls as the library gives them: open until they have what they were asked for, or are told to end. */
const source = () => {
  const pulls: Array<ReturnType<typeof makePull>> = []
  return {
    pulls,
    fetch: ({ max_messages }: { readonly max_messages: number }) => {
      const pull = makePull(max_messages)
      pulls.push(pull)
      return Promise.resolve(pull.messages)
    },
  }
}

const makePull = (asked: number) => {
  const queue: Array<JsMsg> = []
  let wake = () => {}
  let ended = false
  let failure: unknown = null
  const end = (error: unknown = null) => {
    ended = true
    failure = error
    wake()
  }
  const give = (message: JsMsg) => {
    queue.push(message)
    wake()
  }
  async function* messages() {
    for (let given = 0; given < asked;) {
      const message = queue.shift()
      if (message !== undefined) {
        given++
        yield message
      } else if (failure !== null) throw failure
      else if (ended) return
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  return { asked, give, end, messages: Object.assign(messages(), { stop: () => end() }) }
}

const makeMessage = (seq: number) => {
  const nak = vi.fn<() => void>()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no more of it is used
  return { nak, message: { seq, nak } as unknown as JsMsg }
}

const wanted = (pulls: SharedPulls) => {
  const answer = Promise.withResolvers<number | null>()
  const waiter = {
    message: (message: JsMsg | null) => answer.resolve(message?.seq ?? null),
    failed: (error: unknown) => answer.reject(error),
  }
  pulls.wait(waiter)
  return { answer: answer.promise, waiter }
}
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

test("who waits at the same time shares a pull; one more is asked for whoever comes later, and never more", async () => {
  const from = source()
  const pulls = new SharedPulls(() => Promise.resolve(from))
  const [first, second] = [wanted(pulls), wanted(pulls)]
  await turn()
  expect(from.pulls.map(({ asked }) => asked)).toEqual([2])
  from.pulls[0]?.give(makeMessage(1).message)
  expect(await first.answer).toBe(1)
  const third = wanted(pulls)
  await turn()
  expect(from.pulls.map(({ asked }) => asked)).toEqual([2, 1])
  from.pulls[1]?.give(makeMessage(2).message)
  expect(await second.answer).toBe(2)
  from.pulls[0]?.give(makeMessage(3).message)
  expect(await third.answer).toBe(3)
  await turn()
  expect(from.pulls.length).toBe(2)
})

test("a pull that ends without, or is of a lost connection, answers null; what comes after goes back", async () => {
  const from = source()
  const pulls = new SharedPulls(() => Promise.resolve(from))
  const first = wanted(pulls)
  await turn()
  from.pulls[0]?.end()
  expect(await first.answer).toBeNull()
  const second = wanted(pulls)
  await turn()
  const late = makeMessage(9)
  from.pulls[1]?.give(late.message)
  pulls.reset()
  expect(await second.answer).toBeNull()
  const third = wanted(pulls)
  await turn()
  expect(late.nak).toHaveBeenCalledOnce()
  from.pulls[2]?.give(makeMessage(10).message)
  expect(await third.answer).toBe(10)
})

test("what comes for somebody who has left goes back", async () => {
  const from = source()
  const pulls = new SharedPulls(() => Promise.resolve(from))
  pulls.leave(wanted(pulls).waiter)
  await turn()
  expect(from.pulls.length).toBe(0)
  const second = wanted(pulls)
  await turn()
  pulls.leave(second.waiter)
  const { message, nak } = makeMessage(1)
  from.pulls[0]?.give(message)
  await turn()
  expect(nak).toHaveBeenCalledOnce()
})

test("a failure is told to those whose pull it was, and the consumer is opened anew", async () => {
  const from = source()
  const open = vi.fn<() => Promise<typeof from>>(() => Promise.resolve(from))
  const pulls = new SharedPulls(open)
  const [first, second] = [wanted(pulls), wanted(pulls)]
  await turn()
  from.pulls[0]?.end(new Error("no consumer"))
  await expect(first.answer).rejects.toThrow("no consumer")
  await expect(second.answer).rejects.toThrow("no consumer")
  open.mockImplementationOnce(() => Promise.reject(new Error("no stream")))
  await expect(wanted(pulls).answer).rejects.toThrow("no stream")
  const fourth = wanted(pulls)
  await turn()
  from.pulls[1]?.give(makeMessage(4).message)
  expect(await fourth.answer).toBe(4)
  expect(open).toHaveBeenCalledTimes(3)
})

test("a pull that never ends is given up", async () => {
  const from = source()
  const pulls = new SharedPulls(() => Promise.resolve(from), 10)
  await expect(wanted(pulls).answer).rejects.toThrow("did not end")
  const second = wanted(pulls)
  await turn()
  from.pulls[1]?.give(makeMessage(5).message)
  expect(await second.answer).toBe(5)
})
