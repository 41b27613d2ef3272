type Part = string | ArrayBuffer | ArrayBufferView

/**
 * What postal-mime needs of `Blob`, at once. It joins each part's lines by a Blob and reads that back; Node reads Blobs in
 * steps by another thread, which was more than half of what reading a small mail cost.
 */
export class JoinedBlob {
  readonly #parts: ReadonlyArray<Part>

  constructor(parts: ReadonlyArray<Part> = []) {
    this.#parts = parts
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = this.#parts.map(bytesOf)
    const joined = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0))
    let offset = 0
    for (const part of bytes) {
      joined.set(part, offset)
      offset += part.length
    }
    return Promise.resolve(joined.buffer)
  }
}

/** From now on postal-mime uses it, and everything else in this thread: to be called by threads that do nothing else. */
export const useJoinedBlob = () => Reflect.set(globalThis, "Blob", JoinedBlob)

const bytesOf = (part: Part): Uint8Array => {
  if (typeof part === "string") return Buffer.from(part)
  return ArrayBuffer.isView(part)
    ? new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
    : new Uint8Array(part)
}
