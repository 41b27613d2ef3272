import { CliFailure } from "./CliFailure.ts"

/** All of standard input. Fails when nobody gives any, when it is empty, and when it is larger than the limit. */
export const readInput = async (what: string, example: string, limitBytes: number): Promise<Buffer> => {
  const bytes = await readAnyInput(what, example, limitBytes)
  if (bytes.length === 0)
    throw new CliFailure(`standard input is empty: give it a ${what}, such as ${example}`)
  return bytes
}

/** The same where an empty one means something, too. */
export const readAnyInput = async (what: string, example: string, limitBytes: number): Promise<Buffer> => {
  if (process.stdin.isTTY)
    throw new CliFailure(`there is no ${what} on standard input: give it one, such as ${example}`)
  const chunks: Array<Buffer> = []
  let size = 0
  for await (const chunk of process.stdin) {
    const bytes: Buffer = Buffer.from(chunk)
    size += bytes.length
    if (size > limitBytes)
      throw new CliFailure(`the ${what} on standard input is larger than ${limitBytes / 1_048_576} MiB`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
