import { describe, expect, it } from "vitest"
import { parseMessage } from "./parseMessage.ts"
import { requests } from "./testing/hostileExamples.ts"

const send = (paths: ReadonlyArray<string>, casual: boolean) => ({ intent: "send", paths, casual })

describe("/send", () => {
  it.each<readonly [string, ReadonlyArray<string>]>([
    ["/send report.pdf", ["report.pdf"]],
    ["/SEND: docs/plan.md", ["docs/plan.md"]],
    ["/send a.txt b.txt, c.txt\nd.txt\n", ["a.txt", "b.txt", "c.txt", "d.txt"]],
    ['/send "my report.pdf" notes', ["my report.pdf", "notes"]],
    [
      "/send 'it is.pdf' `x y.md` „Übersicht 1.pdf“ «rapport final.pdf»",
      ["it is.pdf", "x y.md", "Übersicht 1.pdf", "rapport final.pdf"],
    ],
    ["/send a.txt a.txt", ["a.txt"]],
    ["/send ../../etc/passwd", ["../../etc/passwd"]],
    ["/send -rf", ["-rf"]],
    ["/send /workspace/a.pdf", ["/workspace/a.pdf"]],
    ["/send $(id) *", ["$(id)", "*"]],
    ["/send report.pdf\n> /send other.pdf", ["report.pdf"]],
  ])("%j", (text, paths) => {
    expect(parseMessage(text)).toEqual(send(paths, false))
  })

  it.each([
    ["/send", "after /send"],
    ["/send  , ,", "after /send"],
    [`/send ${Array.from({ length: 21 }, (_, i) => `f${i}`).join(" ")}`, "21 files"],
    [`/send ${"x".repeat(1_001)}`, "more than 1000"],
    [`/send ${"x ".repeat(5_000)}`, "8000"],
    ["/new\n/send a.pdf", "does not go together"],
  ])("%j is answered with what to write", (text, words) => {
    expect(parseMessage(text)).toMatchObject({
      intent: "unclear",
      about: "command",
      reason: expect.stringContaining(words) as string,
    })
  })
})

describe("in everyday words", () => {
  it.each<readonly [string, ReadonlyArray<string>]>([
    ["send me report.pdf", ["report.pdf"]],
    ["Send me report.pdf.", ["report.pdf"]],
    ["Please send me the report.pdf, thanks!", ["report.pdf"]],
    ["please mail me docs/plan.md", ["docs/plan.md"]],
    ["Could you please email me the file docs/plan.md?", ["docs/plan.md"]],
    ["can you send me a.csv, b.csv and c.csv", ["a.csv", "b.csv", "c.csv"]],
    ['send me "my report.pdf" as an attachment', ["my report.pdf"]],
    ["Send us src/main.ts by email", ["src/main.ts"]],
    ["send me the Makefile", ["Makefile"]],
    ["schick mir bericht.pdf", ["bericht.pdf"]],
    ["Schick mir bitte die Datei Übersicht.pdf", ["Übersicht.pdf"]],
    ["Kannst du mir bericht.pdf schicken", []],
    ["bitte sende mir a.pdf und b.pdf per Mail zu", ["a.pdf", "b.pdf"]],
    ["Schicke uns den Plan.docx, danke", ["Plan.docx"]],
    ["envoie-moi rapport.pdf stp", ["rapport.pdf"]],
    ["Envoyez-moi le fichier docs/rapport.pdf, merci", ["docs/rapport.pdf"]],
    ["envíame informe.pdf por favor", ["informe.pdf"]],
    ["mandami il file relazione.pdf", ["relazione.pdf"]],
    ["me envie relatorio.pdf", ["relatorio.pdf"]],
    ["stuur mij verslag.pdf", ["verslag.pdf"]],
  ])("%j", (text, paths) => {
    expect(parseMessage(text)).toMatchObject(paths.length === 0 ? { intent: "request" } : send(paths, true))
  })

  it.each([
    "send report.pdf",
    "send me the report",
    "send me a summary of report.pdf",
    "send me report.pdf and fix the tests",
    "send me report.pdf when it is done",
    "send me report.pdf to bob@example.org",
    "send bob@example.org report.pdf",
    "send me bob@example.org",
    "send me https://example.org/report.pdf",
    "send me www.example.org",
    "send me version 1.2",
    "send me 1.5",
    "send me the numbers…",
    "send me ...",
    "don't send me report.pdf",
    "why did you send me report.pdf",
    "you should send me report.pdf every day at 5 p.m.",
    "send me report.pdf\nand what changed in it",
    "mail me when the build is green",
    "send me an email",
    "write a function that can send me report.pdf",
    "schick mir eine Zusammenfassung",
    "schick mir bericht.pdf sobald er fertig ist",
    "send me *.pdf",
    "send me ~/.ssh/id_rsa; rm -rf /",
    "send me $(cat secrets.txt)",
    "> send me report.pdf",
    `send me ${"x".repeat(300)}.pdf`,
    "envoie-moi un résumé",
    "report.pdf",
  ])("%j is not one", (text) => {
    expect(parseMessage(text).intent).not.toBe("send")
  })

  it("no request of the corpus is one", () => {
    for (const text of requests) expect(parseMessage(text).intent, text).not.toBe("send")
  })

  it("long texts cost no more than short ones", () => {
    for (const text of [
      `send me ${"a".repeat(200_000)}`,
      `send me ${"a, ".repeat(60_000)}a.pdf`,
      "please ".repeat(30_000),
    ])
      expect(parseMessage(text).intent).toBe("request")
  })
})

describe("/recording", () => {
  it.each([
    [
      "/recording make test",
      { intent: "request", text: "make test", driver: null, repo: null, recording: true },
    ],
    [
      "/agent codex\n/recording\nfix it",
      { intent: "request", text: "fix it", driver: "codex", repo: null, recording: true },
    ],
    ["/new /recording fix it", { intent: "new", text: "fix it", driver: null, repo: null, recording: true }],
  ])("%j", (text, message) => {
    expect(parseMessage(text)).toEqual(message)
  })
  it.each(["/recording", "/recording /recording x"])("%j is answered with what to write", (text) => {
    expect(parseMessage(text)).toMatchObject({ intent: "unclear", about: "command" })
  })
})
