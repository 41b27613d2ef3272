import crypto from "node:crypto"
import { describe, expect, it } from "vitest"
import { rememberedKeys } from "./rememberedKeys.ts"

const data = Buffer.from("from:ada@example.org")
const rsa = (modulusLength = 1_024) => crypto.generateKeyPairSync("rsa", { modulusLength })
const pem = { type: "pkcs1", format: "pem" } as const
const der = (key: crypto.KeyObject, type: "pkcs1" | "spki" = "spki") => ({
  key: key.export({ type, format: "der" }),
  format: "der" as const,
  type,
})

describe("remembered keys", () => {
  it("read and check as Node does, the second time too", () => {
    const { createPublicKey, verify } = rememberedKeys()
    const { privateKey, publicKey } = rsa()
    const signature = crypto.sign("rsa-sha256", data, privateKey)
    const forged = Buffer.from(signature)
    forged[9] = (forged[9] ?? 0) ^ 1
    const first = createPublicKey(der(publicKey))
    const again = createPublicKey(der(publicKey))
    expect(again).toBe(first)
    for (const key of [first, again]) {
      expect(key.export(pem)).toBe(publicKey.export(pem))
      expect(key.export({ type: "spki", format: "pem" })).toBe(
        publicKey.export({ type: "spki", format: "pem" }),
      )
      expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 1_024 })
      const written = key.export(pem).toString()
      expect(verify("rsa-sha256", data, written, signature)).toBe(true)
      expect(verify("rsa-sha256", data, written, forged)).toBe(false)
      expect(verify("rsa-sha256", Buffer.from("else"), written, signature)).toBe(false)
      expect(verify("rsa-sha1", data, written, signature)).toBe(false)
    }
  })

  it("are never another's, and are forgotten without harm", { timeout: 60_000 }, () => {
    const { createPublicKey, verify } = rememberedKeys()
    const pairs = Array.from({ length: 103 }, () => rsa(512))
    const signatures = pairs.map(({ privateKey }) => crypto.sign("rsa-sha256", data, privateKey))
    const first = createPublicKey(der(pairs[0]!.publicKey))
    const written = pairs.map(({ publicKey }) => createPublicKey(der(publicKey)).export(pem).toString())
    expect(new Set(written).size).toBe(pairs.length)
    expect(createPublicKey(der(pairs[0]!.publicKey))).not.toBe(first)
    written.forEach((key, index) => {
      expect(verify("rsa-sha256", data, key, signatures[index]!)).toBe(true)
      expect(verify("rsa-sha256", data, key, signatures[(index + 1) % pairs.length]!)).toBe(false)
    })
  })

  it("are none where the bytes are none, each time, and of other kinds are Node's", () => {
    const { createPublicKey, verify } = rememberedKeys()
    const broken = { key: Buffer.from("no key"), format: "der" as const, type: "spki" as const }
    for (const _ of [1, 2]) expect(() => createPublicKey(broken)).toThrow()
    const { privateKey, publicKey } = crypto.generateKeyPairSync("ed25519")
    const key = createPublicKey(der(publicKey))
    expect(verify(null, data, key, crypto.sign(null, data, privateKey))).toBe(true)
    // The same bytes said to be something else are read anew.
    const { publicKey: other } = rsa()
    createPublicKey(der(other))
    expect(() => createPublicKey({ ...der(other, "spki"), type: "pkcs1" })).toThrow()
  })
})
