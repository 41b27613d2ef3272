import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "vitest"
import { freePorts } from "@maillm/actors/nats/testing/freePorts"
import { type FakeModelApi, startFakeModelApi } from "../../src/model/testing/FakeModelApi.ts"
import { fields, items } from "../../src/model/testing/FakeReply.ts"
import { eventually } from "./eventually.ts"

export const openCodePath = process.env["MAILLM_TEST_OPENCODE"]
export const openCodeNeeds = "(needs MAILLM_TEST_OPENCODE)"

const switchedOff = [
  "AUTOUPDATE",
  "MODELS_FETCH",
  "DEFAULT_PLUGINS",
  "LSP_DOWNLOAD",
  "SHARE",
  "PROJECT_CONFIG",
]
const password = "invented"
/** Its start and its first turn take some 2 s each, and ten times that where all processors are busy. */
const slowMillis = 45_000

/** The real OpenCode as a server, with a stand-in for the model. */
export class OpenCodeUnderTest {
  readonly folder: string
  readonly work: string
  readonly api: FakeModelApi
  private child: ChildProcess | undefined
  private port = 0

  private constructor(folder: string, api: FakeModelApi) {
    this.folder = folder
    this.work = join(folder, "work")
    this.api = api
  }

  static async open(): Promise<OpenCodeUnderTest> {
    const folder = mkdtempSync(join(tmpdir(), "oc-"))
    const openCode = new OpenCodeUnderTest(folder, await startFakeModelApi())
    for (const name of ["work", "managed", "config/opencode/node_modules"])
      mkdirSync(join(folder, name), { recursive: true })
    // What is said to be installed already is not fetched from the package registry.
    const lock = {
      lockfileVersion: 3,
      packages: { "": { dependencies: { "@opencode-ai/plugin": "1.18.33" } } },
    }
    writeFileSync(join(folder, "config/opencode/package-lock.json"), JSON.stringify(lock))
    const model = { name: "Fake", limit: { context: 200_000, output: 8_000 }, cost: { input: 3, output: 15 } }
    const options = { baseURL: `${openCode.api.url}/v1`, apiKey: "{env:MAILLM_MODEL_TOKEN}" }
    openCode.writeConfiguration("opencode.json", {
      autoupdate: false,
      share: "disabled",
      model: "anthropic/fake-model",
      small_model: "anthropic/fake-model",
      enabled_providers: ["anthropic"],
      provider: { anthropic: { options, models: { "fake-model": model } } },
      permission: { bash: "allow" },
    })
    openCode.writeConfiguration("managed/opencode.json", {
      permission: { edit: "ask", bash: "ask", webfetch: "ask" },
    })
    return openCode
  }

  writeConfiguration(name: string, configuration: unknown): void {
    writeFileSync(join(this.folder, name), JSON.stringify(configuration))
  }

  async start(): Promise<void> {
    const [port = 0] = await freePorts(1)
    this.port = port
    const state = Object.fromEntries(
      ["CONFIG", "DATA", "CACHE", "STATE"].map((name) => [
        `XDG_${name}_HOME`,
        join(this.folder, name.toLowerCase()),
      ]),
    )
    const off = Object.fromEntries(switchedOff.map((name) => [`OPENCODE_DISABLE_${name}`, "1"]))
    const log = openSync(join(this.folder, "server.log"), "a")
    const serve = ["serve", "--hostname", "127.0.0.1", "--port", String(this.port), "--pure"]
    this.child = spawn(openCodePath ?? "opencode", serve, {
      cwd: this.work,
      env: {
        PATH: "/usr/local/bin:/usr/bin:/bin",
        HOME: this.folder,
        LANG: "C.UTF-8",
        ...state,
        ...off,
        OPENCODE_CONFIG: join(this.folder, "opencode.json"),
        // Stands in for /etc/opencode.
        OPENCODE_TEST_MANAGED_CONFIG_DIR: join(this.folder, "managed"),
        OPENCODE_SERVER_PASSWORD: password,
        MAILLM_MODEL_TOKEN: "invented",
        // Should it want something from the package registry, the stand-in sees it.
        npm_config_registry: this.api.url,
      },
      stdio: ["ignore", log, log],
    })
    closeSync(log)
    try {
      await eventually(
        async () => expect(fields(await this.call("GET", "/global/health"))["healthy"]).toBe(true),
        slowMillis,
      )
    } catch (error) {
      const words = readFileSync(join(this.folder, "server.log"), "utf8").slice(-2_000)
      throw new Error(`it does not answer: ${words}`, { cause: error })
    }
  }

  /** Ends the server as a crash would. */
  async kill(): Promise<void> {
    const child = this.child
    this.child = undefined
    if (child === undefined || child.exitCode !== null) return
    const ended = once(child, "exit")
    child.kill("SIGKILL")
    await ended
  }

  async close(): Promise<void> {
    await this.kill()
    await this.api.close()
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }

  /** The JSON answer; undefined when there is none. Rejects at a status of failure. */
  async call(method: string, path: string, body?: unknown, user = `opencode:${password}`): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(user).toString("base64")}`,
        "content-type": "application/json",
      },
      signal: AbortSignal.timeout(10_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const words = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${words.slice(0, 200)}`)
    return words === "" ? undefined : JSON.parse(words)
  }

  async newSession(): Promise<string> {
    return String(fields(await this.call("POST", "/session", {}))["id"])
  }

  prompt(session: string, text: string): Promise<unknown> {
    return this.call("POST", `/session/${session}/prompt_async`, { parts: [{ type: "text", text }] })
  }

  /** `idle` is what it says nothing about. */
  async status(session: string): Promise<Readonly<Record<string, unknown>>> {
    const status = fields(await this.call("GET", "/session/status"))[session]
    return status === undefined ? { type: "idle" } : fields(status)
  }

  async permission(session: string): Promise<Readonly<Record<string, unknown>>> {
    return eventually(async () => {
      const asked = items(await this.call("GET", "/permission")).map(fields)
      const own = asked.find((entry) => entry["sessionID"] === session)
      if (own === undefined) throw new Error("no permission is asked for")
      return own
    })
  }

  async messages(session: string): Promise<ReadonlyArray<OpenCodeMessage>> {
    return items(await this.call("GET", `/session/${session}/message`)).map((message) => ({
      info: fields(fields(message)["info"]),
      text: items(fields(message)["parts"])
        .map(fields)
        .filter((part) => part["type"] === "text")
        .map((part) => String(part["text"]))
        .join(""),
    }))
  }

  /** The answer of the turn, once it has ended. */
  async answer(session: string): Promise<OpenCodeMessage> {
    return eventually(async () => {
      const last = (await this.messages(session)).at(-1)
      if (
        last?.info["role"] !== "assistant" ||
        (last.info["finish"] !== "stop" && last.info["error"] === undefined)
      )
        throw new Error("it has not ended")
      expect(await this.status(session)).toEqual({ type: "idle" })
      return last
    }, slowMillis)
  }

  /** What it asked of the package registry. */
  fetched(): ReadonlyArray<string> {
    return this.api.requests.map(({ path }) => path).filter((path) => path.includes("opencode-ai"))
  }
}

export interface OpenCodeMessage {
  readonly info: Readonly<Record<string, unknown>>
  readonly text: string
}
