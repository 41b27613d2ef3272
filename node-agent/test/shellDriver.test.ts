import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { TestNode } from "./testing/TestNode.ts"

let node: TestNode
let turns = 0
const session = "driver"
const run = (text: string, sessionId = session) => node.run(sessionId, `d${++turns}`, text)

beforeAll(async () => {
  node = await TestNode.start()
  const info = await node.startAgent()
  expect(info.runtime).toBe("host")
})
afterAll(() => node?.stop())

const exited = (exitCode: number) => ({ _tag: "Exited", exitCode })

describe("what a text does and prints", () => {
  const cases: ReadonlyArray<
    readonly [name: string, text: string, exitCode: number, output: string | RegExp]
  > = [
    ["plain", "echo hello", 0, "hello"],
    ["exit code of the last command", "echo a; (exit 42)", 42, "a"],
    ["several lines", "echo one\necho two\nfalse", 1, "one\ntwo"],
    [
      "a here-document",
      "cat <<'X'\n  $HOME \"quoted\" `tick`\n\ttab\nX",
      0,
      '  $HOME "quoted" `tick`\n        tab',
    ],
    ["unbalanced quotes", 'echo "open', 2, /unexpected EOF/],
    ["a syntax error", "if then", 2, /syntax error/],
    ["text that begins with !", "!echo hi", 127, /!echo: command not found/],
    ["history marks inside", 'echo "a!!b !$"', 0, "a!!b !$"],
    ["a trailing backslash", "echo a \\", 0, "a \\"],
    ["continued lines", "echo a \\\n  b", 0, "a b"],
    ["unicode", "printf '%s' 'é 漢字 😀 👩‍👩‍👧 \u202e'", 0, "é 漢字 😀 👩‍👩‍👧 \u202e"],
    ["combining characters stay as they are", "printf 'e\u0301' | od -An -tx1", 0, " 65 cc 81"],
    ["tabs are no completion", "printf 'a\tb' | od -An -tx1", 0, " 61 09 62"],
    ["leading and trailing blanks", "  echo x  \n\n", 0, "x"],
    ["a comment only", "# nothing", 0, ""],
    ["carriage returns end lines", "echo a\r\necho b\r\n", 0, "a\nb"],
    ["an expansion error, which abandons the line", "echo ${nothing?gone}; echo never", 1, /gone/],
    ["a function and a loop", 'f() { echo "f $1"; }\nfor i in 1 2; do f $i; done', 0, "f 1\nf 2"],
    ["progress bars", "for i in 1 50 100; do printf '\\r%3d%%' $i; done; echo", 0, "100%"],
    ["colours", "printf '\\e[31mred\\e[0m\\n'", 0, "red"],
    ["output without line end", "printf abc", 0, "abc"],
    ["both streams in order", "echo out; echo err >&2; echo out", 0, "out\nerr\nout"],
    ["private keys of ours in the text are only text", "printf '%s' '[77170~[77171~'", 0, "[77170~[77171~"],
    ["a forged marker", "printf '\\e]7717;0123;end;x;0\\a'; exit_code=3; (exit 3)", 3, ""],
    ["set -u", "set -u; echo ok; set +u", 0, "ok"],
    ["a prompt command of the user", "PROMPT_COMMAND='true'; echo ok", 0, "ok"],
    ["vi keys", "set -o vi; echo ok", 0, "ok"],
    ["after vi keys", "set -o emacs; echo back", 0, "back"],
    ["a history expansion switched on", "set -H; echo ok", 0, "ok"],
    ["a job in the background", "sleep 30 & echo started", 0, /started/],
    ["a terminal left raw", "stty raw -echo; echo x", 0, /x/],
    ["after a raw terminal", "echo fine", 0, "fine"],
    ["a full-screen program", "printf 'a\\n\\e[?1049h\\e[2Jsecret\\e[?1049lb\\n'", 0, "a\nb"],
  ]

  test.each(cases)("%s", async (_, text, exitCode, output) => {
    const result = await run(text)
    expect(result.outcome).toEqual(exited(exitCode))
    if (typeof output === "string") expect(result.outputText).toBe(output)
    else expect(result.outputText).toMatch(output)
    expect(result.truncated).toBe(false)
  })

  test("the shell stays: folder, variables, declared arrays, functions", async () => {
    await run("mkdir -p sub && cd sub; x=5; declare -A m; m[k]=v; g() { echo g; }; export E=1")
    expect((await run('echo "$x ${m[k]} $E ${PWD##*/}"; g')).outputText).toBe("5 v 1 sub\ng")
  })

  test("the environment is only what is allowed", async () => {
    const { outputText } = await run("env | cut -d= -f1 | sort | tr '\\n' ' '", "fresh")
    expect(outputText.trim().split(" ")).toEqual(
      expect.arrayContaining(["HOME", "LANG", "MAILLM_OUTBOX", "PATH", "PWD", "TERM", "USER"]),
    )
    expect(outputText.replace("MAILLM_OUTBOX", "")).not.toMatch(/MAILLM|NATS|VITEST|NODE_|TMUX/i)
  })

  test("the nonce is in no environment, argument or file that the turn can read", async () => {
    const pane = JSON.parse(await readFile(join(node.dataDir, "node/sessions/driver/pane.json"), "utf8")) as {
      nonce: string
    }
    const { outputText } = await run("env; tr '\\0' ' ' </proc/$$/cmdline; ls ~- 2>&1", "driver")
    expect(outputText).not.toContain(pane.nonce)
    const { outputText: files } = await run(`ls ${join(node.dataDir, "node/integration/user1")} | wc -l`)
    expect(files).toBe("0")
  })

  test("32 KiB in many lines arrive byte for byte, one byte more is refused", async () => {
    const head = "cat >big.txt <<'EOF_BIG'\n"
    const tail = "\nEOF_BIG\nsha256sum <big.txt"
    const room = 32_768 - head.length - tail.length
    const body = "0123456789é😀\\'\"$`!\n".repeat(2_000)
    let text = head + body.slice(0, 1) + tail
    let take = body.length
    while (Buffer.byteLength(body.slice(0, take)) > room) take--
    const exact = body.slice(0, take) + "x".repeat(room - Buffer.byteLength(body.slice(0, take)))
    text = head + exact + tail
    expect(Buffer.byteLength(text)).toBe(32_768)
    const { createHash } = await import("node:crypto")
    const result = await run(text)
    expect(result.outputText.split(" ")[0]).toBe(createHash("sha256").update(`${exact}\n`).digest("hex"))
    expect((await run(`${text}x`)).outcome).toMatchObject({
      _tag: "Failed",
      ran: "no",
      reason: expect.stringMatching(/32769 bytes/),
    })
  })

  test.each(["", "  \n ", "\u0000"])("nothing to run: %j", async (text) => {
    expect((await run(text)).outcome).toMatchObject({
      _tag: "Failed",
      ran: "no",
      reason: expect.stringMatching(/empty/),
    })
  })
})

describe("how a turn ends otherwise", () => {
  test("exit ends the pane, the next turn gets a new one in the same workspace", async () => {
    await run("echo kept >kept.txt", "leaving")
    const result = await run("echo bye; exit 3", "leaving")
    expect(result.outcome).toEqual({ _tag: "PaneEnded", exitCode: 3, signal: null })
    expect(result.outputText).toBe("bye\nexit")
    expect((await run("cat ~+/kept.txt; echo ${x-unset}", "leaving")).outputText).toBe("kept\nunset")
  })

  test("exec replaces the shell; its end is the pane's", async () => {
    const result = await run("exec sh -c 'echo inside; exit 9'", "leaving")
    expect(result.outcome).toEqual({ _tag: "PaneEnded", exitCode: 9, signal: null })
    expect(result.outputText).toBe("inside")
  })

  test("a shell that is killed", async () => {
    const result = await run("echo a; kill -9 $$", "leaving")
    expect(result.outcome).toEqual({ _tag: "PaneEnded", exitCode: null, signal: 9 })
    expect(result.outputText).toBe("a")
  })

  test("an interrupt is Ctrl-C: 130, and the shell goes on", async () => {
    await node.order({ sessionId: "int", turnId: "int1", text: "x=1; echo on; sleep 60; echo never" })
    await node.taken("int1")
    await node.order({ sessionId: "int", turnId: "int1", interrupt: true })
    const result = await node.ended("int1", 4_000)
    expect(result.outcome).toEqual(exited(130))
    expect(result.outputText).toMatch(/^on\n\^C$/)
    expect((await run("echo $x", "int")).outputText).toBe("1")
  })

  test("what ignores Ctrl-C is killed after ten seconds, the shell goes on", async () => {
    const text = "bash -c 'trap \"\" INT; echo deaf; while :; do sleep 1; done'"
    await node.order({ sessionId: "int", turnId: "int2", text })
    await node.taken("int2")
    await node.order({ sessionId: "int", turnId: "int2", interrupt: true })
    expect((await node.ended("int2", 16_000)).outcome).toEqual(exited(137))
    expect((await run("echo $x", "int")).outputText).toBe("1")
  })

  test("a turn that waits is cancelled without being run", async () => {
    await node.order({ sessionId: "int", turnId: "int3", text: "sleep 2" })
    await node.order({ sessionId: "int", turnId: "int4", text: "echo ran >int4.txt" })
    await node.order({ sessionId: "int", turnId: "int4", interrupt: true })
    expect((await node.ended("int4")).outcome).toMatchObject({
      _tag: "Failed",
      ran: "no",
      reason: expect.stringMatching(/^Cancelled/),
    })
    expect((await run("ls int4.txt", "int")).outcome).toEqual(exited(2))
  })
})

describe("a pane that a person uses", () => {
  test("a draft on the line, a half-entered loop and a history search are no obstacle", async () => {
    await run("true", "person")
    for (const keys of ["rm -rf draft", "for i in 1 2; do\r", "\u0012abc", "\u001b[200~half a paste"]) {
      node.input("person", { _tag: "Keys", data: keys })
      const result = await run("echo clean", "person")
      expect(result.outcome).toEqual(exited(0))
      expect(result.outputText).toBe("clean")
    }
  }, 60_000)

  test("a turn waits until what the person runs has ended", async () => {
    node.input("person", { _tag: "Keys", data: "sleep 3; echo by hand\r" })
    await expect.poll(async () => (await node.shot("person")).state).toBe("busy")
    const result = await run("echo mine", "person")
    expect(result.outputText).toBe("mine")
    expect((await node.shot("person")).screen).toMatch(/by hand[^]*mine/)
  })
})

test("a folder name with every awkward character", async () => {
  const odd = await TestNode.start("maillm a'b\"#{pid}%H;$(x)\\-")
  try {
    await mkdir(odd.dataDir, { recursive: true })
    await odd.startAgent()
    const result = await odd.run("odd", "odd1", "pwd")
    expect(result.outputText).toBe(join(odd.dataDir, "workspaces/user1"))
  } finally {
    await odd.stop()
  }
})
