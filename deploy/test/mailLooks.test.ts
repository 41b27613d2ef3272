import { existsSync } from "node:fs"
import { chromium } from "playwright-core"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as Schema from "effect/Schema"
import { OutboundMail } from "@maillm/schema/Message"
import { mailHtml } from "@maillm/gateway/mail/mailHtml"

const chromiumPath = process.env["MAILLM_TEST_CHROMIUM"] ?? "/usr/bin/chromium"
const decode = Schema.decodeUnknownSync(OutboundMail)
const mail = (change: Record<string, unknown>) =>
  decode({
    messageId: "mr1",
    internetMessageId: "<mr1.s1@maillm.localhost>",
    userId: "u1",
    sessionId: "s1",
    requestId: "r1",
    epoch: 1,
    to: "ada@example.org",
    fromName: "maillm",
    fromAddress: "re.u1.s1.abcdefghijklmn23@maillm.localhost",
    subject: "Re: fix the flaky test",
    inReplyTo: "<first@example.org>",
    references: ["<first@example.org>"],
    outcome: "Done in 2 min 14 s: 3 files changed",
    answer: "",
    answerFormat: "markdown",
    facts: [
      { label: "Time", value: "2 min 14 s" },
      {
        label: "Allowed",
        value: `git push origin ${"a-very-long-branch-name-".repeat(6)} — by ada@example.org (email)`,
      },
    ],
    link: "https://agents.example.org/requests/r1",
    attachments: [],
    createdAtMillis: Date.parse("2026-11-26T08:00:00Z"),
    ...change,
  })
const long = "x".repeat(300)
const question = {
  approvalId: "a1",
  code: "7F3K5",
  tool: "Bash",
  command: `git push --force ${long} \u202e# nothing`,
  cwd: `/workspace/${long}`,
  class: "force-push",
  reason: "It rewrites what others have.",
  expiresAtMillis: Date.parse("2026-11-26T16:00:00Z"),
  link: `https://agents.example.org/approve/${long}`,
  reminder: false,
}
const table = "| file | before | after |\n| --- | ---: | ---: |\n| src/events/wait.test.ts | 12 | 20 |"
const kinds: ReadonlyArray<readonly [string, Record<string, unknown>]> = [
  [
    "answer",
    {
      answer: `## Done\n\n${table}\n\n> quoted\n\n\`\`\`ts\n${long}\n\`\`\`\n\n\`${long}\` ${long} https://example.org/${long}`,
    },
  ],
  [
    "terminal",
    { answer: `$ make\n${long}\n`, answerFormat: "terminal", outcome: "Failed after 3 s: exit code 2" },
  ],
  ["question", { question, outcome: "Claude Code wants to run this.", facts: [] }],
  [
    "status",
    {
      outcome: "Nothing runs or waits in this session.",
      answer: "- Agent: Claude Code\n- Cost: $0.42",
      facts: [],
    },
  ],
  ["refusal", { outcome: `Not done: ${long}`, facts: [], link: "" }],
  [
    "files",
    {
      answer: "Here.",
      files: {
        attached: [
          { name: "report.pdf", sizeBytes: 31_000 },
          { name: `${long.slice(50)}.pdf`, sizeBytes: 1 },
        ],
        left: [
          {
            name: "film.mp4",
            reason: "76 MiB, more than a mail carries",
            link: `https://example.org/${long}`,
          },
          { name: `${long.slice(50)}\u202e`, reason: long, link: "" },
        ],
      },
    },
  ],
  [
    "long diff",
    {
      answer: "Renamed.",
      diffstat: `${`M ${"folder/".repeat(30)}file.ts  +1200 -3400\n`.repeat(40)}40 files changed, +1 -1; the patch is attached`,
    },
  ],
]

/** In the page: how far something sticks out, and the texts with less contrast to their ground than WCAG 2 AA wants. */
const look = `(() => {
  const luminance = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map((part) => {
      const share = Number(part) / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ground = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at)
      if (!backgroundColor.endsWith(", 0)")) return backgroundColor
    }
    return "rgb(255, 255, 255)"
  }
  const faint = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement
    if (node.textContent.trim() === "") continue
    const one = luminance(getComputedStyle(parent).color)
    const other = luminance(ground(parent))
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    if (contrast < 4.5) faint.push(node.textContent.slice(0, 40) + ": " + contrast.toFixed(1))
  }
  const { scrollWidth, clientWidth } = document.documentElement
  return { sticksOut: scrollWidth - clientWidth, faint }
})()`

describe.skipIf(!existsSync(chromiumPath))("how mails look (needs Chromium)", () => {
  let browser: Browser
  let page: Page
  const asked: Array<string> = []
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox"] })
    page = await browser.newPage()
    page.on("request", (request) => asked.push(request.url()))
  }, 60_000)
  afterAll(() => browser?.close())

  const views = [320, 900].flatMap((width) =>
    (["light", "dark"] as const).map((scheme) => [width, scheme] as const),
  )
  it.each(
    kinds.flatMap(([kind, change]) => views.map(([width, scheme]) => [kind, width, scheme, change] as const)),
  )(
    "%s at %d pixels, %s: nothing sticks out, nothing is fetched, everything can be read",
    async (_kind, width, colorScheme, change) => {
      await page.setViewportSize({ width, height: 600 })
      await page.emulateMedia({ colorScheme })
      asked.length = 0
      await page.setContent(mailHtml(mail(change)))
      const seen: unknown = await page.evaluate(look)
      expect({ seen, asked }).toEqual({ seen: { sticksOut: 0, faint: [] }, asked: [] })
    },
  )
})
