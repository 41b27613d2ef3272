import * as fc from "fast-check"
import { expect, test } from "vitest"
import { JoinedBlob } from "./JoinedBlob.ts"

const bytes = fc.uint8Array({ maxLength: 20 })
const part = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("\ud800", "a\udc00b", "\n", ""),
  bytes,
  bytes.map((whole) => whole.subarray(whole.length >> 1)),
  bytes.map((whole) => new DataView(whole.buffer, whole.byteOffset, whole.byteLength)),
  bytes.map((whole) => Uint8Array.from(whole).buffer),
)

test("the bytes are those of Node's Blob", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(part), async (parts) => {
      const ours = await new JoinedBlob(parts).arrayBuffer()
      const nodes = await new Blob(parts).arrayBuffer()
      expect(Buffer.from(ours).equals(Buffer.from(nodes))).toBe(true)
    }),
  )
})
