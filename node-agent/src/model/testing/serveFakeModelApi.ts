import { startFakeModelApi } from "./FakeModelApi.ts"

/**
 * The stand-in for trials by hand: `node node-agent/src/model/testing/serveFakeModelApi.ts [port | socket path]`, until
 * Ctrl-C. Prompts say what it does; see promptScript.ts.
 */
const place = process.argv[2] ?? "0"
const api = await startFakeModelApi({
  listen: /^\d+$/.test(place) ? { port: Number(place) } : { socketPath: place },
})
console.log(`${api.url} answers; ANTHROPIC_BASE_URL=${api.url}, or base_url = "${api.url}/v1" for Codex`)
