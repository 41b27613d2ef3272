import type { Changes, Usage } from "@maillm/schema/Turn"

/** What coding agents answered and changed: the material of the mock's sessions of agents. */
export const fixAnswer = `The test was right and the code was wrong: a signature older than five minutes was **accepted**, because the age was compared in seconds with a limit in milliseconds.

## What I changed

- \`src/payment/webhook.ts\` compares milliseconds with milliseconds, and refuses timestamps from the future as well.
- \`src/payment/webhook.test.ts\` has two more cases: exactly five minutes, and a clock that is ahead.
- The unused \`toSeconds\` helper is gone.

\`\`\`ts
const age = nowMillis - signedAtMillis
if (age < -clockSkewMillis || age > maximumAgeMillis) {
  return refuse("signature too old")
}
\`\`\`

## Checks

| check | result |
| --- | --- |
| \`npm test\` | 58 passed, 0 failed |
| \`npm run lint\` | clean |

1. I did **not** touch the retry logic, though \`retry.ts\` has the same mistake in a comment.
2. The provider documents the limit at [its own pages](https://provider.example/webhooks/signatures).

> Deploying it needs no migration.
`

export const fixPatch = `diff --git a/src/payment/webhook.ts b/src/payment/webhook.ts
index 3f1c9a0..a81f2c4 100644
--- a/src/payment/webhook.ts
+++ b/src/payment/webhook.ts
@@ -1,9 +1,11 @@
 import { createHmac, timingSafeEqual } from "node:crypto"
-import { toSeconds } from "../time/toSeconds.ts"
 import { refuse } from "./refuse.ts"
 
-/** Older signatures are refused. */
-const maximumAge = 5 * 60 * 1_000
+/** Older signatures are refused: the provider's own limit. Milliseconds. */
+const maximumAgeMillis = 5 * 60 * 1_000
+/** How far the provider's clock may be ahead of ours. Milliseconds. */
+const clockSkewMillis = 30_000
 
 export interface SignedCall {
   readonly body: string
@@ -14,8 +16,8 @@ export interface SignedCall {
 
 export const checkSignature = (call: SignedCall, secret: string, nowMillis: number) => {
   const expected = createHmac("sha256", secret).update(\`\${call.timestamp}.\${call.body}\`).digest()
-  const age = toSeconds(nowMillis) - call.timestamp
-  if (age > maximumAge) {
+  const age = nowMillis - call.timestamp * 1_000
+  if (age < -clockSkewMillis || age > maximumAgeMillis) {
     return refuse("signature too old")
   }
   return timingSafeEqual(expected, call.signature) ? null : refuse("signature does not match")
diff --git a/src/payment/webhook.test.ts b/src/payment/webhook.test.ts
index 90c2d77..1be99d0 100644
--- a/src/payment/webhook.test.ts
+++ b/src/payment/webhook.test.ts
@@ -41,3 +41,14 @@ describe("signatures", () => {
     expect(checkSignature(old, secret, now)).toMatchObject({ status: 401 })
   })
+
+  it("takes a signature of exactly five minutes", () => {
+    const call = sign({ timestamp: (now - 5 * 60_000) / 1_000 })
+    expect(checkSignature(call, secret, now)).toBeNull()
+  })
+
+  it("refuses a signature from the future", () => {
+    const call = sign({ timestamp: (now + 31_000) / 1_000 })
+    expect(checkSignature(call, secret, now)).toMatchObject({ status: 401 })
+  })
 })
diff --git a/src/time/toSeconds.ts b/src/time/toSeconds.ts
deleted file mode 100644
index 44d7b92..0000000
--- a/src/time/toSeconds.ts
+++ /dev/null
@@ -1,2 +0,0 @@
-/** Whole seconds of milliseconds. */
-export const toSeconds = (millis: number) => Math.floor(millis / 1_000)
diff --git a/docs/signature flow.png b/docs/signature flow.png
new file mode 100644
index 0000000..e3a0f15
Binary files /dev/null and b/docs/signature flow.png differ
`

export const fixFiles: Changes["files"] = [
  { path: "docs/signature flow.png", change: "added", added: null, removed: null },
  { path: "src/payment/webhook.test.ts", change: "modified", added: 10, removed: 0 },
  { path: "src/payment/webhook.ts", change: "modified", added: 6, removed: 5 },
  { path: "src/time/toSeconds.ts", change: "deleted", added: 0, removed: 2 },
]

export const fixUsage: Usage = {
  inputTokens: 41_208,
  outputTokens: 6_914,
  cacheReadTokens: 388_120,
  cacheWriteTokens: 52_006,
  costMicroUsd: 538_420,
  models: ["claude-sonnet-4-5"],
}

export const migrationUsage: Usage = {
  inputTokens: 118_402,
  outputTokens: 9_377,
  cacheReadTokens: 61_440,
  cacheWriteTokens: 0,
  costMicroUsd: null,
  models: ["gpt-5-codex"],
}

/** Asciicast v2 of a short turn. */
export const fixRecording = [
  '{"version":2,"width":92,"height":24,"timestamp":1795343000}',
  ...[
    [0.2, "\u001b[2J\u001b[H\u001b[1m✻ Claude Code\u001b[0m v2.1.330\r\n\r\n"],
    [0.9, "\u001b[36m>\u001b[0m Find out why webhook.test.ts fails and fix it\r\n\r\n"],
    [2.1, "\u001b[32m●\u001b[0m I look at the failing test first.\r\n\r\n"],
    [3.4, "\u001b[32m●\u001b[0m \u001b[1mBash\u001b[0m(npm test -- src/payment/webhook.test.ts)\r\n"],
    [6.8, "  └  \u001b[31m× refuses a signature older than five minutes\u001b[0m\r\n"],
    [9.2, "\u001b[32m●\u001b[0m \u001b[1mUpdate\u001b[0m(src/payment/webhook.ts)\r\n"],
    [12.5, "  └  Updated with 6 additions and 5 removals\r\n"],
    [15.0, "\u001b[32m●\u001b[0m \u001b[1mBash\u001b[0m(npm test)\r\n"],
    [18.3, "  └  \u001b[32m58 passed\u001b[0m\r\n\r\n\u001b[32m●\u001b[0m Done.\r\n"],
  ].map(([at, text]) => JSON.stringify([at, "o", text])),
].join("\n")

/** Its pane, as it stands while it waits for an answer. */
export const waitingScreen = [
  "\u001b[1m✻ Claude Code\u001b[0m v2.1.330   \u001b[2m~/checkout-service · sonnet\u001b[0m",
  "",
  "\u001b[36m>\u001b[0m Clear the spool of the fixtures that nobody uses any more",
  "",
  "\u001b[32m●\u001b[0m 1,204 files in the spool are older than two days and belong to no open payment.",
  "",
  "\u001b[33m●\u001b[0m \u001b[1mBash\u001b[0m(find /var/lib/checkout/spool -name '*.json' -mtime +2 -delete …)",
  "  └  \u001b[2mWaiting for an answer by maillm…\u001b[0m",
  "",
].join("\r\n")

export const permissionScreen = [
  "\u001b[1m>_ OpenAI Codex\u001b[0m  \u001b[2m~/prices\u001b[0m",
  "",
  "\u001b[35m›\u001b[0m Move the price table to the new layout, keep the old one until Friday",
  "",
  "• Added \u001b[1mmigrations/0042_price_layout.sql\u001b[0m \u001b[32m(+31)\u001b[0m",
  "• Ran \u001b[1mnpm run migrate:check\u001b[0m",
  "  └ 1 pending migration, 0 conflicts",
  "",
  "\u001b[1mAllow Codex to run\u001b[0m git push origin HEAD:refs/heads/price-table?",
  "",
].join("\r\n")

export const spoolCommand =
  "find /var/lib/checkout/spool -name '*.json' -mtime +2 -delete && \\\n  rm -rf \"/srv/shared/fix\u200btures/\u202edlo\u202c\" \u001b[8m# nothing to see\u001b[0m"

export const dropCommand = `psql "$DATABASE_URL" --single-transaction <<'SQL'
ALTER TABLE prices RENAME TO prices_2026;
CREATE TABLE prices (LIKE prices_2026 INCLUDING ALL);
INSERT INTO prices SELECT * FROM prices_2026 WHERE valid_to > now();
DROP TABLE prices_2026 CASCADE;
SQL`
