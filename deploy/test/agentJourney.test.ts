import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { AgentInstallation } from "../src/testing/AgentInstallation.ts"
import { eventually } from "../src/testing/eventually.ts"

/** Stopped by the policy for `sudo`; what it did is counted in the workspace. */
const dangerous = (file: string) => `RUN: sudo -n true 2>/dev/null; echo ran >> ${file}\nSAY: It ran.`

describe.skipIf(!process.env["MAILLM_TEST_CLAUDE"])(
  "Claude Code, driven by mail (needs claude and tmux)",
  () => {
    let at: AgentInstallation
    beforeAll(async () => {
      at = await AgentInstallation.open({ MAILLM_RUNTIME: "host" })
    }, 90_000)
    afterAll(() => at.dispose())

    it("does a request, and its thread keeps the conversation", async () => {
      const sent = await at.mail("RUN: echo made > made.txt\nSAY: I made **it**.")
      const answer = await at.answerTo(sent)
      expect(answer.text).toMatch(/^Done in [^:]+: 1 file changed\./)
      expect(answer.text).toContain("I made **it**.")
      expect(answer.text).toContain("made.txt")
      expect(at.lines("made.txt")).toEqual(["made"])
      const again = await at.reply(answer, "And now say what I said first")
      const second = await at.answerTo(again)
      expect(second.sessionId).toBe(answer.sessionId)
      const turn = await at.api.waitForTurn(({ lastUserText }) => lastUserText.includes("And now say"), 1_000)
      expect(JSON.stringify(turn.messages)).toContain("I made **it**.")
      const { request } = await at.request(second.requestId ?? "")
      expect(request).toMatchObject({ state: "done", driver: "claude", answerFormat: "markdown" })
      expect(request.usage?.outputTokens).toBeGreaterThan(0)
    }, 90_000)

    it("asks before something dangerous, and runs it after a yes by mail", async () => {
      const sent = await at.mail(dangerous("by-mail.txt"))
      const { approval, mail } = await at.question()
      expect(mail.text).toContain("sudo -n true")
      expect(mail.text).toContain(approval.code)
      expect(approval).toMatchObject({ state: "pending", tool: "Bash", class: "privilege" })
      const waiting = await at.request(approval.requestId)
      expect(waiting.state).toBe("waiting")
      expect(at.lines("by-mail.txt")).toEqual([])
      await at.reply(mail, "Yes, please.\n\nowner")
      const answer = await at.answerTo(sent)
      expect(answer.text).toContain("It ran.")
      expect(answer.text).toMatch(/Allowed: .*sudo/)
      expect(at.lines("by-mail.txt")).toEqual(["ran"])
      expect((await at.request(approval.requestId)).approvals).toMatchObject([
        { state: "consumed", decidedVia: "email" },
      ])
    }, 90_000)

    it("tells the agent of a no, with its reason, by the link in the mail", async () => {
      const sent = await at.mail(dangerous("by-link.txt"))
      const { mail } = await at.question()
      const link = /https?:\/\/\S+\/approve\/\S+/.exec(mail.text)?.[0] ?? ""
      const page = await fetch(link)
      expect(await page.text()).toContain("sudo -n true")
      const answered = await fetch(link, {
        method: "POST",
        headers: { origin: new URL(link).origin, "sec-fetch-site": "same-origin" },
        body: new URLSearchParams({ decision: "deny", note: "not as root" }),
      })
      expect(answered.status).toBeLessThan(400)
      await at.answerTo(sent)
      expect(at.lines("by-link.txt")).toEqual([])
      const turn = at.api.turns.at(-1)
      expect(JSON.stringify(turn?.messages)).toContain("not as root")
      // Nobody is asked twice, and the mail that asks is told that it was answered elsewhere.
      await at.mailOut("the thread is told", ({ text }) => text.includes("no answer is needed any more"))
    }, 90_000)

    it("takes one of two answers that come at once, and tells the other", async () => {
      const sent = await at.mail(dangerous("race.txt"))
      const { approval, mail } = await at.question()
      await Promise.allSettled([at.answer(approval, "deny"), at.reply(mail, "yes")])
      await at.answerTo(sent)
      const decided = await eventually("it is decided", async () => {
        const [row] = (await at.approvals()).filter(({ id }) => id === approval.id)
        return row !== undefined && row.state !== "pending" ? row : null
      })
      const ran = at.lines("race.txt").length
      expect(ran).toBe(decided.state === "denied" ? 0 : 1)
      if (decided.state === "denied")
        await at.mailOut("the later one is told", ({ text }) => text.includes("came too late"))
    }, 90_000)

    it("goes on with the same question after a kill -9 of maillm, and runs it once", async () => {
      const sent = await at.mail(dangerous("killed.txt"))
      const { approval } = await at.question()
      process.kill(at.maillm.natsPid, "SIGKILL")
      await at.maillm.end("SIGKILL")
      await at.maillm.start()
      const [row] = (await at.approvals()).filter(({ id }) => id === approval.id)
      expect(row).toMatchObject({ state: "pending", decidedBy: "" })
      await at.answer(approval, "allow")
      expect((await at.answerTo(sent)).text).toContain("It ran.")
      expect(at.lines("killed.txt")).toEqual(["ran"])
    }, 120_000)

    it("stops what runs when its thread says stop", async () => {
      await at.mail("RUN: while true; do sleep 1; done\nSAY: never")
      const row = await at.requestIn(["running"], ({ text }) => text.includes("while true"))
      await at.api.waitForTurn(({ lastUserText }) => lastUserText.includes("while true"), 20_000)
      await at.maillm.api(`/api/requests/${row.id}/cancel`, { method: "POST", body: "{}" })
      await at.requestIn(["cancelled"], ({ id }) => id === row.id)
    }, 90_000)
  },
)
