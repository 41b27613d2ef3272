import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Redacted from "effect/Redacted"
import { SessionId, TurnId, UserId } from "@maillm/schema/Ids"
import { nodeFolder } from "../../src/files/NodeFolder.ts"
import { ModelProxy } from "../../src/model/ModelProxy.ts"
import type { ModelProxyOptions } from "../../src/model/ModelProxy.ts"
import { publishedPrices } from "../../src/model/prices.ts"
import { startUpstream } from "./Upstream.ts"
import type { Upstream } from "./Upstream.ts"

export const session = SessionId.make("s1")
export const user = UserId.make("ada")
export const turn = TurnId.make("t1")
/** Invented. */
export const key = "sk-real-invented-key"

/** A model proxy before a provider of the test, with a turn under way. */
export class TestProxy {
  dataDir: string
  readonly upstream: Upstream
  readonly log: Array<string> = []
  proxy!: ModelProxy
  token = ""
  private readonly root: string

  private constructor(root: string, upstream: Upstream) {
    this.root = root
    this.dataDir = root
    this.upstream = upstream
  }

  static async start(): Promise<TestProxy> {
    const root = await mkdtemp(join(tmpdir(), "maillm-model-"))
    const test = new TestProxy(root, await startUpstream())
    await test.open({})
    test.token = await test.proxy.tokenOf(session, user)
    await test.proxy.beginTurn(session, user, turn)
    return test
  }

  get folder() {
    return nodeFolder(this.dataDir)
  }

  /** As a node agent that was started again, perhaps with other settings. */
  async reopen(more: Partial<ModelProxyOptions> = {}) {
    await this.proxy.close()
    await this.open(more)
  }

  private async open(more: Partial<ModelProxyOptions>) {
    this.proxy = await ModelProxy.open({
      folder: this.folder,
      anthropic: { baseUrl: this.upstream.url, key: Redacted.make(key) },
      openai: { baseUrl: `${this.upstream.url}/v1`, key: Redacted.make(key) },
      prices: publishedPrices,
      log: (line) => this.log.push(line),
      ...more,
    })
  }

  post(path: string, headers: Record<string, string> = {}, body: BodyInit = "{}"): Promise<Response> {
    return fetch(`${this.proxy.baseUrl}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json", ...headers },
      body,
    })
  }

  get port(): number {
    return Number(new URL(this.proxy.baseUrl).port)
  }

  async stop() {
    await this.proxy.close()
    await this.upstream.close()
    await rm(this.root, { recursive: true, force: true, maxRetries: 10 })
  }
}

export const errorOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string; type: string } }).error

/** Waits for a fact, at most 20 s. */
export const until = async (what: string, fact: () => boolean | Promise<boolean>) => {
  const deadline = performance.now() + 20_000
  while (!(await fact())) {
    if (performance.now() > deadline) throw new Error(`not within 20 s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
