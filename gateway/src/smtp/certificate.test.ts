import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { certificateFiles, certificateState, readCertificate } from "./certificate.ts"
import { CurrentCertificate } from "./CurrentCertificate.ts"
import { CertificateFolder } from "./testing/CertificateFolder.ts"

const day = 86_400_000
const folder = new CertificateFolder()
beforeAll(() => folder.make("mail.example"))
afterAll(() => folder.remove())

const failure = (read: () => unknown) => {
  try {
    read()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return "none"
}

test("both files or none, and both for TLS from the first byte on", () => {
  const [certFile, keyFile] = ["/c", "/k"]
  expect(certificateFiles({ certFile, keyFile, smtpsPort: 0 })).toEqual({ certFile, keyFile })
  expect(certificateFiles({ certFile: null, keyFile: null, smtpsPort: null })).toBeNull()
  expect(failure(() => certificateFiles({ certFile, keyFile: null, smtpsPort: null }))).toMatch(
    /_CERT is set alone/,
  )
  expect(failure(() => certificateFiles({ certFile: null, keyFile, smtpsPort: null }))).toMatch(
    /_KEY is set alone/,
  )
  expect(failure(() => certificateFiles({ certFile: null, keyFile: null, smtpsPort: 465 }))).toMatch(
    /MAILLM_SMTPS_PORT needs a certificate/,
  )
})

test.each([
  [
    "long before its end",
    (end: number) => end - 60 * day,
    "ok",
    /^certificate of mail\.example until \d{4}-\d\d-\d\d$/,
  ],
  [
    "two weeks before it",
    (end: number) => end - 13 * day,
    "degraded",
    /of mail\.example ends on .*: renew it/,
  ],
  ["after it", (end: number) => end + 1, "degraded", /of mail\.example ended on .*: renew it/],
  ["before its beginning", (end: number) => end - 91 * day, "degraded", /is valid from .* on only/],
] as const)("its state %s", (_name, at, state, detail) => {
  const certificate = readCertificate(folder.files)
  const found = certificateState(certificate, at(certificate.validToMillis))
  expect(found.state).toBe(state)
  expect(found.detail).toMatch(detail)
})

describe("what cannot be used", () => {
  const own = new CertificateFolder()
  const { certFile, keyFile } = own.files
  beforeAll(() => own.make("other.example"))
  afterAll(() => own.remove())

  test("a key of another certificate", () => {
    expect(failure(() => readCertificate({ certFile, keyFile: folder.files.keyFile }))).toMatch(
      /^the key .* does not belong to the certificate .*: set MAILLM_SMTP_TLS_CERT and MAILLM_SMTP_TLS_KEY to files of one pair/,
    )
  })

  test("a key with a passphrase, which nobody is there to type", () => {
    const locked = join(own.folder, "locked.pem")
    execFileSync("openssl", ["pkcs8", "-topk8", "-in", keyFile, "-out", locked, "-passout", "pass:secret"])
    expect(failure(() => readCertificate({ certFile, keyFile: locked }))).toMatch(
      /^MAILLM_SMTP_TLS_KEY: .* must be PEM and without a passphrase/,
    )
  })

  test("the files the wrong way round, empty, missing, a folder", () => {
    expect(failure(() => readCertificate({ certFile: keyFile, keyFile: certFile }))).toMatch(
      /holds no certificate/,
    )
    expect(failure(() => readCertificate({ certFile, keyFile: own.folder }))).toMatch(
      /cannot be read \(EISDIR\)/,
    )
    expect(failure(() => readCertificate({ certFile: "/nonexistent", keyFile }))).toMatch(
      /cannot be read \(ENOENT\)/,
    )
    const empty = join(own.folder, "empty.pem")
    writeFileSync(empty, "")
    expect(failure(() => readCertificate({ certFile: empty, keyFile }))).toMatch(/holds no certificate/)
  })

  test("no message shows what is in a key", () => {
    const secret = readFileSync(keyFile, "utf8").split("\n")[1] ?? "none"
    for (const files of [
      { certFile: keyFile, keyFile },
      { certFile, keyFile: certFile },
    ])
      expect(failure(() => readCertificate(files))).not.toContain(secret)
  })
})

test("a broken new pair is told once, and whole again it is used", () => {
  const own = new CertificateFolder()
  try {
    own.make("one.example")
    const current = new CurrentCertificate(own.files)
    const said: Array<string> = []
    const used: Array<string> = []
    const reload = () =>
      current.reload({
        use: ({ cert }) => used.push(cert),
        info: (line) => said.push(`info ${line}`),
        warn: (line) => said.push(`warn ${line}`),
      })
    reload()
    expect([said, used]).toEqual([[], []])
    own.make("two.example", "cert")
    for (let i = 0; i < 3; i++) reload()
    expect(said).toEqual([
      expect.stringMatching(/^warn SMTP: the old certificate stays in use, .*does not belong/),
    ])
    expect(current.state(Date.now()).state).toBe("degraded")
    own.make("three.example")
    for (let i = 0; i < 3; i++) reload()
    expect(said.slice(1)).toEqual([
      expect.stringMatching(/^info SMTP: a new certificate .* after all: .*three\.example/),
    ])
    expect(used).toEqual([readFileSync(own.files.certFile, "utf8")])
    expect(current.state(Date.now()).state).toBe("ok")
  } finally {
    own.remove()
  }
})

test("what the listeners cannot use is not taken for in use", () => {
  const own = new CertificateFolder()
  try {
    own.make("one.example")
    const current = new CurrentCertificate(own.files)
    own.make("two.example")
    const silent = { info: () => undefined, warn: () => undefined }
    const refuse = () => {
      throw new Error("no listener takes it")
    }
    current.reload({ ...silent, use: refuse })
    expect(current.state(Date.now())).toMatchObject({
      state: "degraded",
      detail: expect.stringMatching(/old certificate stays in use .*one\.example.*no listener takes it/),
    })
  } finally {
    own.remove()
  }
})
