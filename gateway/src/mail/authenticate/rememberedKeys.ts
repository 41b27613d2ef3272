import crypto from "node:crypto"
import type { KeyExportOptions, KeyObject } from "node:crypto"

/** Keys that are remembered; a service signs with one or two for all of its mail. */
const keysLimit = 100

type Given = Parameters<typeof crypto.createPublicKey>[0]

/**
 * What mailauth uses of `node:crypto` to check a signature, with RSA keys that are read once. It reads a domain's key for
 * every signature, writes it out as PEM, and has that read again for the check: four times the cost of the check itself.
 */
export const rememberedKeys = () => {
  // As they are now: these take their places.
  const { createPublicKey, verify } = crypto
  const keys = new Map<string, { readonly key: KeyObject; readonly pem: string }>()
  const byPem = new Map<string, KeyObject>()

  const remember = (name: string, key: KeyObject) => {
    for (const [oldest, known] of keys) {
      if (keys.size < keysLimit) break
      keys.delete(oldest)
      byPem.delete(known.pem)
    }
    const pem = key.export(asWritten).toString()
    Object.defineProperty(key, "export", { value: exporter(key, pem) })
    keys.set(name, { key, pem })
    byPem.set(pem, key)
  }
  return {
    createPublicKey: (given: Given): KeyObject => {
      const name = nameOf(given)
      if (name === null) return createPublicKey(given)
      const known = keys.get(name)
      if (known !== undefined) return known.key
      const key = createPublicKey(given)
      if (key.asymmetricKeyType === "rsa") remember(name, key)
      return key
    },
    verify: (
      algorithm: string | null,
      data: NodeJS.ArrayBufferView,
      key: KeyObject | string,
      signature: NodeJS.ArrayBufferView,
    ): boolean => verify(algorithm, data, typeof key === "string" ? (byPem.get(key) ?? key) : key, signature),
  }
}

/** From now on mailauth uses them, and everything else in this thread: to be called by threads that do nothing else. */
export const useRememberedKeys = () => Object.assign(crypto, rememberedKeys())

/** As mailauth wants an RSA key. */
const asWritten = { type: "pkcs1", format: "pem" } as const

const exporter = (key: KeyObject, pem: string) => {
  const write = key.export.bind(key)
  return (options: KeyExportOptions<"pem">) =>
    options.format === asWritten.format && options.type === asWritten.type ? pem : write(options)
}

/** Its bytes; null where it is none as domains publish them. A bare one (pkcs1) is rare, and Node cannot write it as it was. */
const nameOf = (given: Given): string | null =>
  typeof given === "object" &&
  "format" in given &&
  given.format === "der" &&
  given.type === "spki" &&
  Buffer.isBuffer(given.key)
    ? given.key.toString("base64")
    : null
