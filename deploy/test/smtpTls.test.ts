import { connect } from "node:tls"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { CertificateFolder } from "@maillm/gateway/smtp/testing/CertificateFolder"
import type { Check } from "../src/cli/doctor/Check.ts"
import { runCli } from "../src/cli/testing/runCli.ts"
import { eventually } from "../src/testing/eventually.ts"
import { failedStart } from "../src/testing/failedStart.ts"
import { LocalProcess } from "../src/testing/LocalProcess.ts"

const certificate = new CertificateFolder()
const set = {
  MAILLM_SMTP_TLS_CERT: certificate.files.certFile,
  MAILLM_SMTP_TLS_KEY: certificate.files.keyFile,
  MAILLM_SMTPS_PORT: "0",
}
let maillm: LocalProcess
beforeAll(async () => {
  certificate.make("first.example")
  maillm = new LocalProcess(set)
  await maillm.start()
}, 90_000)
afterAll(async () => {
  await maillm?.dispose()
  certificate.remove()
})

/** The name in the certificate that the TLS port shows. */
const shown = () =>
  new Promise<string>((resolve, reject) => {
    const port = maillm.ports.smtps ?? 0
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN))
      socket.destroy()
    })
    socket.once("error", reject)
  })
const cli = (...args: ReadonlyArray<string>) =>
  runCli([...args, "--json"], { folder: maillm.dataDir, env: { ...set, MAILLM_DATA_DIR: maillm.dataDir } })
const doctorSays = async () => {
  const report: { readonly checks: ReadonlyArray<Check> } = JSON.parse((await cli("doctor")).stdout)
  const check = report.checks.find(({ name }) => name === "smtp certificate")
  return `${check?.state}: ${check?.detail} ${check?.remedy}`
}
const status = async () => {
  const { stdout } = await cli("status")
  return JSON.parse(stdout) as {
    readonly ready: boolean
    readonly smtpsPort: number
    readonly components: ReadonlyArray<{
      readonly name: string
      readonly state: string
      readonly detail: string
    }>
  }
}

it("TLS by settings: the port, the status and the doctor know of it", async () => {
  expect(maillm.output).toMatch(/\(STARTTLS, or TLS at once on \d+\)/)
  expect(await shown()).toBe("first.example")
  expect(await doctorSays()).toMatch(/^ok: certificate of first\.example until \d{4}-\d\d-\d\d/)
  expect((await status()).smtpsPort).toBe(maillm.ports.smtps)
})

it("SIGHUP reads the files again and ends nothing; a broken pair is told and not used", async () => {
  certificate.make("second.example")
  process.kill(maillm.pid, "SIGHUP")
  await eventually("the new certificate", async () => ((await shown()) === "second.example" ? true : null))
  certificate.make("third.example", "key")
  process.kill(maillm.pid, "SIGHUP")
  const found = await eventually("the broken pair", async () => {
    const { components, ready } = await status()
    const component = components.find(({ name }) => name === "smtp certificate")
    return component?.state === "degraded" ? { ready, detail: component.detail } : null
  })
  expect(found.detail).toMatch(/old certificate stays in use .*second\.example.* does not belong to/)
  expect(found.ready).toBe(true)
  expect(await shown()).toBe("second.example")
  expect(await doctorSays()).toMatch(
    /^wrong: the key .* does not belong to the certificate .*MAILLM_SMTP_TLS_CERT/,
  )
  expect(maillm.output).toMatch(/the old certificate stays in use, for the new one is broken: the key/)
})

it("a start that cannot use what is set is one line with its remedy", async () => {
  const folder = mkdtempSync(join(tmpdir(), "maillm-tls-start-"))
  const line = async (extra: Readonly<Record<string, string>>) => (await failedStart(folder, extra)).output
  try {
    expect(await line({ MAILLM_SMTPS_PORT: "0" })).toMatch(
      /maillm does not start: MAILLM_SMTPS_PORT needs a certificate: set MAILLM_SMTP_TLS_CERT and/,
    )
    expect(await line({ MAILLM_SMTP_TLS_CERT: certificate.files.certFile })).toMatch(
      /maillm does not start: MAILLM_SMTP_TLS_CERT is set alone: set .* both, or none/,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
})
