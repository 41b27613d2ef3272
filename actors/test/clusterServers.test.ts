import { createServer, connect } from "node:net"
import type { Socket } from "node:net"
import { afterEach, expect, it } from "vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Result from "effect/Result"
import * as Scope from "effect/Scope"
import { Nats } from "../src/nats/Nats.ts"
import { startTestNats } from "../src/nats/testing/TestNatsServer.ts"

const cleanups: Array<() => Promise<unknown>> = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** A way to a server, that may say that the server is of another version, and that can be shut. */
const wayTo = async (port: number, version: string | null) => {
  const open = new Set<Socket>()
  let arrivals = 0
  let shut = false
  const listener = createServer((client) => {
    arrivals++
    if (shut) return void client.destroy()
    const server = connect(port, "127.0.0.1")
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(from)
      from.on("error", () => undefined)
      from.on("close", () => to.destroy())
    }
    client.pipe(server)
    server.on("data", (chunk: Buffer) => {
      const text = chunk.toString("latin1")
      const told = version === null ? text : text.replace(/"version":"2[^"]*"/g, `"version":"${version}"`)
      client.write(told, "latin1")
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve))
  const address = listener.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  cleanups.push(async () => {
    for (const socket of open) socket.destroy()
    listener.close()
  })
  return {
    url: `nats://127.0.0.1:${address.port}`,
    arrivals: () => arrivals,
    shut: () => {
      shut = true
      for (const socket of open) socket.destroy()
    },
    reopen: () => {
      shut = false
    },
  }
}

const start = async (servers: string) => {
  const scope = Effect.runSync(Scope.make())
  const said: Array<string> = []
  const logger = Logger.make(({ message }) => void said.push(String(message)))
  const layer = Nats.layer({ servers, name: "servers-test" }).pipe(Layer.provide(Logger.layer([logger])))
  const built = await Effect.runPromise(Effect.result(Layer.buildWithScope(layer, scope)))
  cleanups.push(() => Effect.runPromise(Scope.close(scope, Exit.void)))
  return { said, nats: Result.map(built, (context) => Context.get(context, Nats)) }
}

it("a server that is too old is refused at the start, and at every reconnect for another one", async () => {
  const server = await startTestNats()
  cleanups.push(() => server.stop())
  const old = await wayTo(server.port, "2.9.10")
  const good = await wayTo(server.port, null)

  const alone = await start(old.url)
  expect(Result.isFailure(alone.nats) && alone.nats.failure.message).toMatch(
    /nats-server at \S+ is 2\.9\.10; maillm needs 2\.14\.0 or newer/,
  )

  const { nats: started, said } = await start(`${good.url},${old.url}`)
  const nats = Result.getOrThrow(started)
  expect(nats.connection.info?.version).not.toBe("2.9.10")
  let reconnects = 0
  nats.onReconnect(() => reconnects++)
  const before = old.arrivals()
  good.shut()
  await expect.poll(() => old.arrivals(), { timeout: 15_000 }).toBeGreaterThan(before + 1)
  expect(nats.connected()).toBe(false)
  expect(reconnects).toBe(0)
  expect(said.join("\n")).toMatch(/is 2\.9\.10; .*another server is looked for/)
  good.reopen()
  await expect.poll(() => nats.connected(), { timeout: 15_000 }).toBe(true)
  expect(nats.connection.info?.version).not.toBe("2.9.10")
  expect(reconnects).toBeGreaterThan(0)
}, 60_000)
