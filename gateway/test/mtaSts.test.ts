import { once } from "node:events"
import { readFileSync } from "node:fs"
import { createServer } from "node:https"
import type { Server } from "node:https"
import { getCACertificates, setDefaultCACertificates } from "node:tls"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Settings } from "@maillm/schema/Settings"
import { Dns } from "../src/dns/Dns.ts"
import { Zone } from "../src/dns/Zone.ts"
import { DomainLimits } from "../src/mail/delivery/DomainLimits.ts"
import { MxDeliveryLayer } from "../src/mail/delivery/MxDelivery.ts"
import { StsPolicies } from "../src/mail/delivery/StsPolicies.ts"
import { Relay } from "../src/mail/Relay.ts"
import { CertificateFolder } from "../src/smtp/testing/CertificateFolder.ts"
import { startRelay } from "./smtpReceiver.ts"
import { testSettings } from "./testStack.ts"

/** Policies are at port 443 and nowhere else. An address of our own, for others may be on that of 127.0.0.1. */
const policyHost = "127.0.0.77"
const canServe = await new Promise<boolean>((resolve) => {
  const server = createServer()
  server.once("error", () => resolve(false))
  server.listen(443, policyHost, () => server.close(() => resolve(true)))
})

/** Certificates by who vouches for them: of `trusted` this process does, as of what NODE_EXTRA_CA_CERTS names. */
const folders: Array<CertificateFolder> = []
const certificate = (name: string, trusted: boolean) => {
  const folder = new CertificateFolder()
  folders.push(folder)
  folder.make(name)
  const [cert, key] = [
    readFileSync(folder.files.certFile, "utf8"),
    readFileSync(folder.files.keyFile, "utf8"),
  ]
  if (trusted) setDefaultCACertificates([...getCACertificates("default"), cert])
  return { cert, key }
}
const usual = getCACertificates("default")
let good: ReturnType<typeof certificate>
let unknown: ReturnType<typeof certificate>
let otherName: ReturnType<typeof certificate>
let mx: ReturnType<typeof certificate>
beforeAll(() => {
  good = certificate("mta-sts.example.org", true)
  otherName = certificate("mta-sts.example.net", true)
  unknown = certificate("mta-sts.example.org", false)
  mx = certificate("mx.example.org", true)
})
afterAll(() => {
  setDefaultCACertificates(usual)
  for (const folder of folders) folder.remove()
})

const policy = (mode: string, hosts: ReadonlyArray<string>, maxAge = 86_400) =>
  ["version: STSv1", `mode: ${mode}`, ...hosts.map((host) => `mx: ${host}`), `max_age: ${maxAge}`, ""].join(
    "\r\n",
  )

/** What the policy's host says, and how often it was asked. */
let file: { status: number; text: string; headers: Record<string, string> }
let asked = 0
let web: Server | null = null
const serve = async (pair: { readonly cert: string; readonly key: string }) => {
  web = createServer(pair, (request, response) => {
    asked += 1
    expect(`${request.headers.host}${request.url}`).toBe("mta-sts.example.org/.well-known/mta-sts.txt")
    response.writeHead(file.status, { "content-type": "text/plain", ...file.headers }).end(file.text)
  })
  web.listen(443, policyHost)
  await once(web, "listening")
}
const away = async () => {
  const server = web
  web = null
  if (server === null) return
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

const records = {
  "_mta-sts.example.org TXT": ["v=STSv1; id=1"],
  "mta-sts.example.org A": [policyHost],
  "example.org MX": ["10 mx.example.org"],
  "mx.example.org A": ["127.0.0.1"],
  "backup.example.org A": ["127.0.0.1"],
}
let zone = Zone.from(records)
const inZone = (change: Record<string, unknown>) => {
  zone = Zone.from({ ...records, ...change })
}

/** The receiver's server, which has the certificate of mx.example.org unless another is given. */
let server: Awaited<ReturnType<typeof startRelay>>
let secured: Array<boolean>
const receive = async (pair: { readonly cert: string; readonly key: string }) => {
  secured = []
  server = await startRelay({
    ...pair,
    disabledCommands: [],
    onMailFrom(_address, { secure }, callback) {
      secured.push(secure)
      callback()
    },
  })
}

let clockMillis = 0
const begin = () =>
  StsPolicies.of(
    async (name, type) => zone.resolve(name, type),
    () => clockMillis,
  )
const send = (policies: StsPolicies) =>
  Effect.runPromise(
    Effect.flatMap(Relay, (relay) =>
      relay === null
        ? Effect.die("no way out")
        : relay.send({
            raw: Buffer.from("Subject: x\r\n\r\nhello\r\n"),
            to: "ada@example.org",
            bounceAddress: "b.m1@maillm.localhost",
            fromAddress: "re@maillm.localhost",
          }),
    ).pipe(
      Effect.match({
        onFailure: (failed) => ({
          permanent: "permanent" in failed && failed.permanent,
          said: failed.reason,
        }),
        onSuccess: (said) => ({ said }),
      }),
      Effect.provide(
        MxDeliveryLayer({ port: server.port, policies, limits: new DomainLimits() }).pipe(
          Layer.provide(
            Layer.merge(
              Layer.succeed(Dns, { resolve: (name, type) => Effect.sync(() => zone.resolve(name, type)) }),
              Layer.succeed(Settings, testSettings()),
            ),
          ),
        ),
      ),
    ),
  )
const taken = { said: "250 2.0.0 taken (mx.example.org)" }

describe.skipIf(!canServe)(`policies of MTA-STS over HTTPS (needs port 443 of ${policyHost})`, () => {
  beforeEach(async () => {
    zone = Zone.from(records)
    asked = 0
    clockMillis = 0
    file = { status: 200, text: policy("enforce", ["mx.example.org"]), headers: {} }
  })
  afterEach(async () => {
    await away()
    await server?.stop()
  })

  test("enforced: delivered over TLS to a server that it names, with a certificate for that name", async () => {
    await serve(good)
    await receive(mx)
    expect(await send(begin())).toEqual(taken)
    expect([asked, secured]).toEqual([1, [true]])
  })

  test("enforced: not to a server whose certificate nobody vouches for; without a policy it is", async () => {
    await serve(good)
    await receive(unknown)
    expect(await send(begin())).toEqual({
      permanent: false,
      said: expect.stringMatching(/^mx\.example\.org \[127\.0\.0\.1\]: .*certificate/i),
    })
    expect(server.taken).toEqual([])
    inZone({ "_mta-sts.example.org TXT": "NXDOMAIN" })
    expect(await send(begin())).toEqual(taken)
  })

  test("enforced: not to a server that it does not name, which is told; of several only to one that it names", async () => {
    await serve(good)
    await receive(mx)
    file.text = policy("enforce", ["*.mail.example.net", "mx.example.com"])
    expect(await send(begin())).toEqual({
      permanent: false,
      said: "the MTA-STS policy of example.org allows none of its mail servers",
    })
    expect(server.taken).toEqual([])
    file.text = policy("enforce", ["mx.example.org"])
    inZone({ "example.org MX": ["5 backup.example.org", "10 mx.example.org"] })
    expect(await send(begin())).toEqual(taken)
  })

  test.each<[string, () => ReturnType<typeof certificate>, () => void]>([
    ["its host's certificate is of nobody known", () => unknown, () => undefined],
    ["its host's certificate is for another name", () => otherName, () => undefined],
    [
      "it is a redirect",
      () => good,
      () => Object.assign(file, { status: 302, headers: { location: "https://mta-sts.example.org/x" } }),
    ],
    ["it is not there", () => good, () => Object.assign(file, { status: 404 })],
    ["it names no host", () => good, () => Object.assign(file, { text: policy("enforce", []) })],
    [
      "it is larger than 64 KiB",
      () => good,
      () => Object.assign(file, { text: file.text + "x".repeat(70_000) }),
    ],
    [
      "it is under test",
      () => good,
      () => Object.assign(file, { text: policy("testing", ["mx.example.com"]) }),
    ],
    ["it is none", () => good, () => Object.assign(file, { text: policy("none", []) })],
  ])("it asks for nothing where %s: delivered as to any domain", async (_what, pair, change) => {
    change()
    await serve(pair())
    await receive(unknown)
    expect(await send(begin())).toEqual(taken)
  })

  test("it is fetched once, and anew when its record has another id", async () => {
    await serve(good)
    await receive(mx)
    const policies = begin()
    expect(await send(policies)).toEqual(taken)
    file.text = policy("enforce", ["mx.example.com"])
    clockMillis += 61_000
    expect([await send(policies), asked]).toEqual([taken, 1])
    inZone({ "_mta-sts.example.org TXT": ["v=STSv1; id=2"] })
    clockMillis += 61_000
    expect(await send(policies)).toMatchObject({ said: expect.stringContaining("allows none") })
    expect(asked).toBe(2)
  })

  test.each<[string, () => Promise<void> | void]>([
    ["its host is away", away],
    ["its host's certificate is not right any more", () => away().then(() => serve(unknown))],
    ["its record is gone", () => inZone({ "_mta-sts.example.org TXT": "NXDOMAIN" })],
    ["the DNS does not answer for it", () => inZone({ "_mta-sts.example.org TXT": "SERVFAIL" })],
  ])("what is known goes on to hold where %s", async (_what, change) => {
    await serve(good)
    file.text = policy("enforce", ["mx.example.com"])
    await receive(mx)
    const policies = begin()
    expect(await send(policies)).toMatchObject({ said: expect.stringContaining("allows none") })
    inZone({ "_mta-sts.example.org TXT": ["v=STSv1; id=2"] })
    await change()
    clockMillis += 61_000
    expect(await send(policies)).toMatchObject({ said: expect.stringContaining("allows none") })
    expect(server.taken).toEqual([])
  })
})
