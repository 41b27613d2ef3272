// @vitest-environment jsdom
import { describe, expect, it } from "vitest"
import { renderMarkdown } from "./renderMarkdown.ts"

const htmlOf = (text: string) => {
  const place = document.createElement("div")
  place.append(renderMarkdown(text))
  return place.innerHTML
}

describe("what an agent writes is set", () => {
  it.each([
    [
      "# One\n\ntwo *three* **four** ~~five~~",
      "<h3>One</h3><p>two <em>three</em> <strong>four</strong> <s>five</s></p>",
    ],
    ["- a\n- b", "<ul><li>a</li><li>b</li></ul>"],
    ["3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'],
    ["> said", "<blockquote><p>said</p></blockquote>"],
    ["a `b<c>` d", "<p>a <code>b&lt;c&gt;</code> d</p>"],
    ["```ts\nlet a = 1\n```", '<pre tabindex="0" aria-label="Code"><code>let a = 1</code></pre>'],
    ["a  \nb\nc", "<p>a<br>b\nc</p>"],
    ["see retry.ts and deploy.sh", "<p>see retry.ts and deploy.sh</p>"],
  ])("%j", (text, html) => expect(htmlOf(text)).toBe(html))

  it("tables, in a frame of their own", () => {
    expect(htmlOf("| a | b |\n| --- | ---: |\n| 1 | 2 |")).toBe(
      '<div class="markdown-table" tabindex="0"><table><thead><tr><th>a</th><th class="markdown-right">b</th></tr></thead>' +
        '<tbody><tr><td>1</td><td class="markdown-right">2</td></tr></tbody></table></div>',
    )
  })
})

describe("what is hostile does nothing", () => {
  it.each([
    ["<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"],
    ["<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"],
    ["a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"],
  ])("%j stays text", (text, html) => expect(htmlOf(text)).toBe(html))

  it.each([
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,AAAA)",
    "[x](vbscript:x)",
    "[x](/api/auth/sign-out)",
    "[x](//evil.example)",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
  ])("%s is no link", (text) => {
    expect(htmlOf(text)).not.toMatch(/<a |href|src=/)
  })

  it("a link says where it leads when its words say another thing", () => {
    expect(htmlOf("[https://bank.example](https://evil.example/x)")).toContain(
      '>https://bank.example<span class="markdown-host"> (evil.example)</span></a>',
    )
    expect(htmlOf("<https://good.example/a>")).not.toContain("markdown-host")
  })

  it("an image is a link and nothing is fetched", () => {
    expect(htmlOf("![a cat](https://evil.example/cat.png)")).toMatch(
      /^<p><a href="https:\/\/evil\.example\/cat\.png" target="_blank" rel="noopener noreferrer nofollow"/,
    )
  })

  it("what cannot be seen is an escape, in words and in code; what joins emoji stays", () => {
    expect(htmlOf("a\u202eb `c\u200bd`")).toBe(
      '<p>a<span class="unseen">\\u{202e}</span>b <code>c<span class="unseen">\\u{200b}</span>d</code></p>',
    )
    expect(htmlOf("⚠️ 👩‍💻")).toBe("<p>⚠️ 👩‍💻</p>")
  })

  it("deep nesting and long runs end in time", () => {
    const started = performance.now()
    for (const text of [">".repeat(20_000), "[".repeat(20_000), "*a ".repeat(20_000), "`".repeat(20_001)])
      htmlOf(text)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
