import { PassThrough, Readable } from "node:stream"
import { text } from "node:stream/consumers"
import { describe, expect, it } from "vitest"
import { CliFailure } from "./CliFailure.ts"
import { checkPolicy } from "./checkPolicy.ts"

const context = { workspace: "/workspace", cwd: "/workspace", home: "/home/user" }

const check = async (input: string | ReadonlyArray<Buffer>, json = true) => {
  const output = new PassThrough()
  const read = text(output)
  const readable = await checkPolicy(json, context, {
    input: Readable.from(typeof input === "string" ? [Buffer.from(input)] : input, { objectMode: true }),
    output,
  })
  output.end()
  return { readable, lines: (await read).split("\n").slice(0, -1) }
}

describe("maillm policy check", () => {
  it("answers a line each, as JSON", async () => {
    const { readable, lines } = await check('"ls"\n"rm -rf /"\n')
    expect(readable).toBe(true)
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { verdict: "allow", class: "read", reason: "only looks: ls" },
      { verdict: "ask", class: "delete-outside-workspace", reason: "deletes files outside the workspace: /" },
    ])
  })

  it("answers empty and unreadable lines with ask, and says so by its result", async () => {
    const { readable, lines } = await check('\nnope\n42\n["ls"]\n"ls"')
    expect(readable).toBe(false)
    expect(lines).toHaveLength(5)
    const verdicts = lines.map((line) => JSON.parse(line).verdict)
    expect(verdicts).toEqual(["ask", "ask", "ask", "ask", "allow"])
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      class: "unknown",
      reason: "the line is not a JSON string",
    })
  })

  it("keeps to the lines of the input whatever stands in them", async () => {
    const { lines } = await check(`"echo a\u2028b"\r\n"echo a\\nrm -rf ~"\r"x\n`)
    expect(lines).toHaveLength(2)
    expect(JSON.parse(lines[0] ?? "").verdict).toBe("allow")
    expect((await check("")).lines).toEqual([])
  })

  it("reads a command whose bytes come one by one, and one too long", async () => {
    const bytes = [...Buffer.from('"echo ü"\n')].map((byte) => Buffer.from([byte]))
    expect((await check(bytes)).lines.map((line) => JSON.parse(line).verdict)).toEqual(["allow"])
    const { lines, readable } = await check(`"${"a".repeat(3_000_000)}"\n"ls"\n`)
    expect(readable).toBe(true)
    expect(lines.map((line) => JSON.parse(line).verdict)).toEqual(["ask", "allow"])
  })

  it("prints for people without control characters", async () => {
    const { lines } = await check(`${JSON.stringify("rm -rf /etc\u001b[2J\n")}\n`, false)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain("deletes files outside the workspace")
    expect(lines[0]).not.toContain("\u001b")
  })

  it("refuses a folder that is no absolute path", async () => {
    await expect(checkPolicy(true, { ...context, workspace: "here" })).rejects.toBeInstanceOf(CliFailure)
  })
})
