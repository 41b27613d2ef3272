import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { startTestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import type { TestNats } from "@maillm/actors/nats/testing/TestNatsServer"
import { parseAddressList } from "../src/smtp/clientAddress.ts"
import type { SmtpLimits } from "../src/smtp/SmtpLimits.ts"
import { ServerSockets } from "./inSegments.ts"
import { RawSmtp } from "./rawSmtp.ts"
import { bindAddress, domain, owner, smtpPort, smtpStack, userCommands } from "./testStack.ts"

const local = `ada.${"a".repeat(26)}`
const ada = `${local}@${domain}`
const content = (text: string) => `From: ada@example.org\r\nMessage-ID: <${text}@x>\r\n\r\n${text}`
const lines = (bytes: number) => `${"x".repeat(98)}\r\n`.repeat(bytes / 100)

const sockets = new ServerSockets()
let nats: TestNats

beforeAll(async () => {
  nats = await startTestNats()
})
afterAll(async () => {
  sockets.stop()
  await nats?.stop()
})

/** A server with these limits, swept often. Clients come from 127.0.0.1, or through a proxy from where they say. */
const withLimits = async (
  limits: Partial<SmtpLimits>,
  use: (at: {
    readonly port: number
    readonly from: (address: string, hello?: boolean) => Promise<RawSmtp>
    readonly stack: ReturnType<typeof smtpStack>
  }) => Promise<void>,
  proxied = false,
) => {
  const proxies = parseAddressList("127.0.0.1")
  if ("wrong" in proxies) throw new Error("no list")
  const stack = smtpStack(nats.url, {
    limits: { sweepMillis: 10, ...limits },
    ...(proxied ? { proxies } : {}),
  })
  const clients: Array<RawSmtp> = []
  try {
    const port = await stack.runPromise(smtpPort)
    await stack.runPromise(bindAddress(local, "u1"))
    const from = async (address: string, hello = true) => {
      const client = new RawSmtp(port)
      clients.push(client)
      if (proxied) client.send(`PROXY TCP${address.includes(":") ? 6 : 4} ${address} ${address} 1 2\r\n`)
      if (hello) {
        expect(await client.reply()).toMatch(/^220/)
        await client.command("EHLO test.example")
      }
      return client
    }
    await use({ port, from, stack })
  } finally {
    for (const client of clients) client.close()
    await stack.dispose()
  }
}
const greeting = async (client: Promise<RawSmtp>) => (await client).reply()

describe("connections at the same time", () => {
  test("of one network: an IPv4 address, or an IPv6 /64", async () => {
    await withLimits(
      { connectionsPerNetwork: 2 },
      async ({ from }) => {
        const first = await from("192.0.2.1")
        await from("192.0.2.1")
        const third = await from("192.0.2.1", false)
        expect(await third.reply()).toBe("421 4.7.0 Too many connections from your address, try again later")
        expect(await third.reply()).toBe("closed")
        await from("192.0.2.2")
        await from("2001:db8:0:1::1")
        await from("2001:db8:0:1:ffff::2")
        expect(await greeting(from("2001:db8:0:1::3", false))).toMatch(/^421 4\.7\.0/)
        await from("2001:db8:0:2::1")
        // The place of one that has gone is free again, and refused ones have taken none.
        first.close()
        await expect.poll(() => greeting(from("192.0.2.1", false))).toMatch(/^220/)
      },
      true,
    )
  })

  test("of all, on loopback too", async () => {
    await withLimits({ connections: 2 }, async ({ from }) => {
      await from("127.0.0.1")
      await from("127.0.0.1")
      expect(await greeting(from("127.0.0.1", false))).toBe(
        "421 4.3.2 Too many connections, try again in a moment",
      )
    })
  })
})

describe("rates", () => {
  test("connections of one network in a minute; loopback is not counted", async () => {
    await withLimits(
      { connectionsPerMinute: 3 },
      async ({ from }) => {
        for (let i = 0; i < 3; i++) (await from("192.0.2.1")).close()
        expect(await greeting(from("192.0.2.1", false))).toMatch(
          /^421 4\.7\.0 Your address connects too often, try again in \d+ s$/,
        )
        await from("192.0.2.2")
      },
      true,
    )
    await withLimits({ connectionsPerMinute: 3 }, async ({ from }) => {
      for (let i = 0; i < 10; i++) (await from("127.0.0.1")).close()
    })
  })

  test("mails of one sender from one network in a minute", async () => {
    await withLimits(
      { mailsPerMinute: 2 },
      async ({ from }) => {
        const client = await from("192.0.2.1")
        expect(await client.mail([ada], content("r1"), "a@x.y")).toMatch(/^250/)
        expect(await client.mail([ada], content("r2"), "A@x.y")).toMatch(/^250/)
        const late = /^450 4\.7\.28 Too many mails from this sender, try again in \d+ s$/
        expect(await client.mail([ada], content("r3"), "a@x.y")).toMatch(late)
        expect(await client.mail([ada], content("r4"), "b@x.y")).toMatch(/^250/)
        // Nobody uses up another's share by claiming to be them.
        const elsewhere = await from("192.0.2.2")
        expect(await elsewhere.mail([ada], content("r5"), "a@x.y")).toMatch(/^250/)
      },
      true,
    )
  })

  test("neither this machine nor who has signed in is counted", async () => {
    await withLimits({ mailsPerMinute: 1 }, async ({ from }) => {
      const client = await from("127.0.0.1")
      const plain = Buffer.from(`\0${owner.email}\0${owner.token}`).toString("base64")
      for (let i = 0; i < 3; i++) expect(await client.mail([ada], content(`l${i}`))).toMatch(/^250/)
      expect(await client.command(`AUTH PLAIN ${plain}`)).toMatch(/^235/)
      for (let i = 0; i < 3; i++) expect(await client.mail([ada], content(`s${i}`))).toMatch(/^250/)
    })
  })
})

describe("time", () => {
  test("one byte now and then is too slow for a mail, one that is slow at first is not", async () => {
    const limits = { dataGraceMillis: 1_500, dataBytesPerSecond: 2_000 }
    await withLimits(limits, async ({ from, stack }) => {
      const before = (await stack.runPromise(userCommands("u1"))).length
      const drip = await from("127.0.0.1")
      const fast = await from("127.0.0.1")
      await drip.start([ada])
      await fast.start([ada])
      fast.send(`Subject: x\r\n\r\n${lines(100_000)}`)
      const trickle = setInterval(() => drip.send("x"), 20)
      expect(await drip.reply()).toBe(
        "421 4.4.2 The mail comes too slowly: 2000 bytes a second are the least",
      )
      clearInterval(trickle)
      expect(await drip.reply()).toBe("closed")
      fast.send(".\r\n")
      expect(await fast.reply()).toMatch(/^250/)
      expect((await stack.runPromise(userCommands("u1"))).length).toBe(before + 1)
    })
  })

  test("a command that comes byte by byte has to be done in time", async () => {
    await withLimits({ idleMillis: 1_500 }, async ({ from }) => {
      const client = await from("127.0.0.1")
      const trickle = setInterval(() => client.send("N"), 20)
      expect(await client.reply()).toBe("421 4.4.2 Timeout, closing the connection")
      clearInterval(trickle)
    })
  })

  test("a connection has its deadline, whatever it does", async () => {
    await withLimits({ sessionMillis: 1_500 }, async ({ from }) => {
      const client = await from("127.0.0.1")
      let reply = ""
      // Few mails: nobody takes them here, and there is room for so many.
      for (let i = 0; !reply.startsWith("421"); i++) {
        reply = await (i < 20 ? client.mail([ada], content(`until ${i}`)) : client.reply())
        expect(reply).toMatch(/^(250|421 4\.4\.2 The connection has lasted too long)/)
      }
    })
  })

  test("a mail that is whole is answered first, however long its storing takes", async () => {
    await withLimits(
      { sessionMillis: 2_000, idleMillis: 2_000, dataGraceMillis: 1_500 },
      async ({ from }) => {
        const client = await from("127.0.0.1")
        expect(await client.start([ada])).toMatch(/^354/)
        process.kill(nats.pid, "SIGSTOP")
        try {
          client.send(`${content("stored slowly")}\r\n.\r\n`)
          // Long past every limit of this server.
          await expect(client.reply(4_000)).rejects.toThrow("no reply in 4000 ms")
        } finally {
          process.kill(nats.pid, "SIGCONT")
        }
        expect(await client.reply()).toMatch(/^250 2\.0\.0 Stored/)
        expect(await client.reply()).toMatch(/^421 4\.4\.2/)
      },
    )
  })

  test("when connections run short, idle ones go sooner and busy ones stay", async () => {
    await withLimits({ connections: 5, busyIdleMillis: 1_500 }, async ({ from }) => {
      const idle = await Promise.all([1, 2, 3].map(() => from("127.0.0.1")))
      expect(await idle[0]?.command("NOOP")).toBe("250 OK")
      const fourth = await from("127.0.0.1")
      const keep = setInterval(() => fourth.send("NOOP\r\n"), 50)
      expect((await Promise.race(idle.map((client) => client.reply()))).slice(0, 9)).toBe("421 4.3.2")
      clearInterval(keep)
      expect(await fourth.reply()).toBe("250 OK")
    })
  })
})

test("mails in flight: what finds no room is put off, and finds some later", async () => {
  await withLimits({ inFlightBytes: 300_000 }, async ({ from }) => {
    const first = await from("127.0.0.1")
    const second = await from("127.0.0.1")
    for (const client of [first, second]) expect(await client.start([ada])).toMatch(/^354/)
    await sockets.send(first, [`\r\n${lines(200_000)}`])
    await sockets.send(second, [`\r\n${lines(200_000)}`, ".\r\n"])
    expect(await second.reply()).toMatch(/^452 4\.3\.1/)
    first.send(".\r\n")
    expect(await first.reply()).toMatch(/^250/)
    expect(await second.mail([ada], `\r\n${lines(200_000)}y`)).toMatch(/^250/)
  })
})

describe("commands", () => {
  test("talk before the greeting", async () => {
    await withLimits({}, async ({ port }) => {
      for (const text of ["EHLO early\r\n", "\r\n", "EHLO early\r\nMAIL FROM:<x@y.z>\r\nRCPT"]) {
        const client = new RawSmtp(port)
        client.send(text)
        expect(await client.reply()).toMatch(/^421 .*You talk too soon/)
        expect(await client.reply()).toBe("closed")
      }
    })
  })

  test("a second command before the reply to the first EHLO", async () => {
    await withLimits({}, async ({ from }) => {
      for (const text of ["EHLO x\r\nMAIL FROM:<x@y.z>\r\n", "NOOP\r\nEHLO x\r\n", "HELO x\r\nMAIL"]) {
        const client = await from("127.0.0.1", false)
        expect(await client.reply()).toMatch(/^220/)
        client.send(text)
        expect(await client.reply()).toBe("421 5.5.0 You talk too soon: wait for the reply to EHLO")
        expect(await client.reply()).toBe("closed")
      }
    })
  })

  test("an honest sender waits for nothing: greeting, pipelining, mail", async () => {
    await withLimits({}, async ({ from, port }) => {
      const waited: Array<number> = []
      for (let i = 0; i < 20; i++) {
        const began = performance.now()
        const client = await RawSmtp.open(port, false)
        waited.push(performance.now() - began)
        client.close()
      }
      // smtp-server's own wait is 100 ms each time; a busy machine does not make each of them slow.
      expect(Math.min(...waited)).toBeLessThan(100)
      const client = await from("127.0.0.1")
      client.send(`MAIL FROM:<x@y.z>\r\nRCPT TO:<${ada}>\r\nDATA\r\n`)
      for (const code of ["250", "250", "354"]) expect((await client.reply()).slice(0, 3)).toBe(code)
      client.send(`${content("honest")}\r\n.\r\nQUIT\r\n`)
      expect(await client.reply()).toMatch(/^250/)
      expect(await client.reply()).toMatch(/^221/)
    })
  })

  test.each(["RSET", "NOOP", "EHLO again", "VRFY x", "HELP"])(
    "%s over and over, without a mail",
    async (line) => {
      await withLimits({ idleCommands: 20 }, async ({ from }) => {
        const client = await from("127.0.0.1")
        for (let i = 0; i < 15; i++) expect(await client.command(line)).toMatch(/^2/)
        expect(await client.mail([ada], content(`between ${line}`))).toMatch(/^250/)
        for (let i = 0; i < 20; i++) expect(await client.command(line)).toMatch(/^2/)
        expect(await client.command(line)).toMatch(/^421 4\.7\.0/)
        expect(await client.reply()).toBe("closed")
      })
    },
  )

  test("unknown ones, long ones, HTTP", async () => {
    await withLimits({}, async ({ from }) => {
      const client = await from("127.0.0.1")
      for (let i = 0; i < 9; i++) expect(await client.command("NONSENSE")).toMatch(/^500/)
      expect(await client.command("NONSENSE")).toMatch(/^421/)
      const long = await from("127.0.0.1")
      expect(await long.command(`NOOP ${"x".repeat(2_000)}`)).toBe("250 OK")
      expect(await long.command(`NOOP ${"x".repeat(2_100)}`)).toMatch(/^421 .*too long/)
      const endless = await from("127.0.0.1")
      endless.send("x".repeat(17_000))
      expect(await endless.reply()).toMatch(/^421 .*too long/)
      const http = await from("127.0.0.1", false)
      await http.reply()
      expect(await http.command("POST / HTTP/1.1")).toMatch(/^421/)
    })
  })
})
