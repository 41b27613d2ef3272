import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { nodeFolder } from "@maillm/node-agent/files/NodeFolder"
import type { FakeTurn } from "@maillm/node-agent/model/testing/FakeReply"
import { fields, items, say, text } from "@maillm/node-agent/model/testing/FakeReply"
import { runShell } from "@maillm/node-agent/model/testing/promptScript"
import { AgentInstallation } from "../src/testing/AgentInstallation.ts"
import { eventually } from "../src/testing/eventually.ts"
import { processesOf } from "../src/testing/processesOf.ts"

const loopMillis = 45_000
/** Requests that are under way at the same time. */
const atOnce = 3
/** What a kill waits for, if that comes within a few seconds. */
const moments = ["any", "model called", "asked", "answered", "sent"] as const
type Moment = (typeof moments)[number]
const kinds = ["maillm", "nats", "maillm and nats", "claude", "forwarder", "everything"] as const

/** A small seeded generator (mulberry32), so that a failing run can be run again. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

/** Tells who waits for a moment that it has come. */
class Moments {
  private readonly waiting = new Set<(moment: Moment) => void>()
  tell(moment: Moment) {
    for (const hear of this.waiting) hear(moment)
  }
  until(wanted: Moment, withinMillis: number): Promise<void> {
    return new Promise((resolve) => {
      const hear = (moment: Moment) => {
        if (moment === wanted) done()
      }
      const done = () => {
        clearTimeout(timer)
        this.waiting.delete(hear)
        resolve()
      }
      const timer = setTimeout(done, withinMillis)
      this.waiting.add(hear)
    })
  }
}

const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

/** What one mail wants: its steps in their order, of which some need a yes. Each adds its name to a file, once. */
interface Job {
  readonly name: string
  readonly steps: ReadonlyArray<{ readonly file: string; readonly dangerous: boolean }>
}

const textOf = ({ name, steps }: Job) =>
  `Do job ${name}: ${steps.map(({ dangerous, file }) => `${dangerous ? "asked" : "free"} ${file}`).join(", ")}.`

const commandOf = (file: string, dangerous: boolean) =>
  `${dangerous ? "sudo -n true 2>/dev/null; " : ""}sleep 0.2; echo ran >> ${file}`

const personsWords = (message: unknown): ReadonlyArray<string> => {
  const { content, role } = fields(message)
  if (role !== "user") return []
  return typeof content === "string" ? [content] : items(content).map((block) => text(fields(block)["text"]))
}

/**
 * The model: does a job's steps one after another, and looks before each whether it was done already, as a careful agent
 * does after an interruption. A step that was refused is left out.
 */
const model = (at: AgentInstallation, moment: Moments) => (turn: FakeTurn) => {
  moment.tell("model called")
  const words = turn.messages.flatMap(personsWords)
  const wanted = words.flatMap((word) => /Do job (\w+): ([^.]+)\./.exec(word) ?? [])
  const steps = (wanted.at(-1) ?? "").split(", ").map((step) => step.split(" "))
  const job = wanted.at(-2) ?? "?"
  const refused = refusals(turn.messages)
  for (const [kind = "", file = ""] of steps) {
    if (file === "" || at.lines(file).length > 0 || refused.has(file)) continue
    return runShell(turn, commandOf(file, kind === "asked"))
  }
  const ran = steps.flatMap(([, file = ""]) => (at.lines(file).length > 0 ? [file] : []))
  return say(`Job ${job} is over. Ran: ${ran.join(" ")}.`)
}

/** Files of the calls whose results say that a person or nobody in time has refused them. */
const refusals = (messages: ReadonlyArray<unknown>): ReadonlySet<string> => {
  const calls = new Map<string, string>()
  const refused = new Set<string>()
  for (const block of messages.flatMap((message) => items(fields(message)["content"]))) {
    const { content, id, input, tool_use_id: callId, type } = fields(block)
    if (type === "tool_use") calls.set(text(id), /(\S+)$/.exec(text(fields(input)["command"]))?.[1] ?? "")
    const said = JSON.stringify(content ?? "")
    if (type === "tool_result" && /user has refused|Nobody has allowed/.test(said))
      refused.add(calls.get(text(callId)) ?? "")
  }
  return refused
}

describe.skipIf(!process.env["MAILLM_TEST_CLAUDE"])(
  "agents at work through random kill -9 of every process (needs claude and tmux)",
  () => {
    let at: AgentInstallation
    afterAll(() => at.dispose())

    it(
      "answers every mail once, runs nothing twice or unasked, and leaves no question open",
      async () => {
        const seed = Number(process.env["MAILLM_TEST_SEED"] ?? Date.now() % 1_000_000)
        console.log(`seed ${seed} (MAILLM_TEST_SEED)`)
        const next = random(seed)
        at = await AgentInstallation.open({ MAILLM_RUNTIME: "host" })
        const moment = new Moments()
        at.api.setProgram(model(at, moment))
        const log: Array<string> = []
        const note = (what: string) => log.push(`${((performance.now() - begun) / 1_000).toFixed(1)} ${what}`)
        const begun = performance.now()
        const jobs: Array<{ readonly job: Job; readonly sent: string }> = []
        const decisions = new Map<string, "allow" | "deny">()
        let agentKills = 0
        const stop = new AbortController()

        const mailing = (async () => {
          while (performance.now() - begun < loopMillis) {
            const open = await at.maillm
              .requests()
              .then((rows) => rows.filter(({ endedAtMillis }) => endedAtMillis === null).length)
              .catch(() => atOnce)
            if (open < atOnce) {
              const name = `j${jobs.length + 1}`
              const count = 1 + Math.floor(next() * 3)
              const steps = Array.from({ length: count }, (_, i) => ({
                file: `${name}-step${i + 1}`,
                dangerous: next() < 0.5,
              }))
              const job = { name, steps }
              const sent = await eventually(`job ${name} is taken`, () =>
                at.mail(textOf(job)).catch(() => null),
              )
              jobs.push({ job, sent })
              moment.tell("sent")
              note(`sent ${textOf(job)}`)
            }
            await pause(500 + next() * 1_500)
          }
        })()
        const answering = (async () => {
          while (!stop.signal.aborted) {
            const pending = await at.approvals("state=pending").catch(() => [])
            if (pending.length > 0) moment.tell("asked")
            for (const approval of pending) {
              if (next() < 0.4) continue
              const decision = decisions.get(approval.id) ?? (next() < 0.7 ? "allow" : "deny")
              decisions.set(approval.id, decision)
              note(`${decision} ${approval.code} ${approval.command}`)
              await at.answer(approval, decision).catch((error: unknown) => note(String(error)))
              moment.tell("answered")
            }
            await pause(300 + next() * 700)
          }
        })()
        try {
          while (performance.now() - begun < loopMillis) {
            const wanted = moments[Math.floor(next() * moments.length)] ?? "any"
            await moment.until(wanted, 1_000 + next() * 6_000)
            await pause(next() * (next() < 0.5 ? 50 : 1_500))
            const drawn = kinds[Math.floor(next() * kinds.length)] ?? "maillm"
            // An agent that ends three times in one turn is given up, as it should be.
            const kind = drawn === "claude" && ++agentKills > 2 ? "maillm" : drawn
            if (kind.includes("maillm") || kind === "everything") agentKills = 0
            note(`kill ${kind} (${wanted})`)
            await strike(at, kind)
            note(`is back after ${kind}`)
          }
          await mailing
          const answers = await eventually(
            "every job is answered",
            async () => {
              const out = await at.maillm.messages("direction=out&limit=200")
              const found = jobs.map(({ sent }) =>
                out.filter((mail) => mail.inReplyTo === sent && mail.id.startsWith("m")),
              )
              return found.every((mails) => mails.some(({ state }) => state === "kept")) ? found : null
            },
            120_000,
          )
          stop.abort()
          await answering
          await check(at, jobs, answers, decisions)
        } catch (error) {
          stop.abort()
          console.log(log.join("\n"))
          console.log(await situation(at))
          throw error
        }
        console.log(
          `${jobs.length} jobs, ${decisions.size} questions, ${log.filter((l) => l.includes(" kill ")).length} kills`,
        )
      },
      loopMillis + 180_000,
    )
  },
)

const situation = async (at: AgentInstallation) => {
  const requests = await at.maillm.requests().catch(() => [])
  const approvals = await at.approvals().catch(() => [])
  return [
    ...requests.map(
      (row) => `${row.id} ${row.sessionId} ${row.state} ${row.stateReason} | ${row.text} | ${row.answer}`,
    ),
    ...approvals.map((row) => `${row.id} ${row.requestId} ${row.state} ${row.decidedBy} ${row.command}`),
    at.maillm.output.slice(-6_000),
  ].join("\n")
}

const strike = async (at: AgentInstallation, kind: (typeof kinds)[number]) => {
  const mine = processesOf(at.maillm.dataDir)
  const panes = mine.filter(({ arguments: [program = ""] }) => /claude/.test(program))
  const forwarders = mine.filter(({ arguments: args }) => args.some((arg) => arg.endsWith("/hook")))
  const end = (pids: ReadonlyArray<number>) => {
    for (const pid of pids) {
      try {
        process.kill(pid, "SIGKILL")
      } catch {
        // Ended meanwhile.
      }
    }
  }
  const pids = (found: typeof mine) => found.map(({ pid }) => pid)
  if (kind === "claude") return end(pids(panes))
  if (kind === "forwarder") return end(pids(forwarders))
  if (kind !== "maillm") end([at.maillm.natsPid])
  if (kind === "nats") return
  if (kind === "everything") end(pids(mine.filter(({ pid }) => pid !== process.pid && pid !== at.maillm.pid)))
  await at.maillm.end("SIGKILL")
  await at.maillm.start()
}

const check = async (
  at: AgentInstallation,
  jobs: ReadonlyArray<{ readonly job: Job; readonly sent: string }>,
  answers: ReadonlyArray<ReadonlyArray<{ readonly text: string; readonly requestId: string | null }>>,
  decisions: ReadonlyMap<string, "allow" | "deny">,
) => {
  const wrong: Array<string> = []
  const approvals = await at.approvals("limit=200")
  const requests = await at.maillm.requests()
  for (const [index, { job }] of jobs.entries()) {
    const found = answers[index] ?? []
    const [answer] = found
    const say = (what: string) => wrong.push(`${job.name}: ${what}: ${answer?.text ?? ""}`)
    if (found.length !== 1 || answer === undefined) say(`${found.length} answers`)
    const request = requests.find(({ id }) => id === answer?.requestId)
    const asked = approvals.filter(({ requestId }) => requestId === request?.id)
    if (!answer?.text.includes(`Job ${job.name} is over.`)) say(`another answer (${request?.state})`)
    for (const { dangerous, file } of job.steps) {
      const ran = at.lines(file).length
      if (ran > 1) say(`${file} ran ${ran} times`)
      if (ran === 0 && answer?.text.includes(file) === true && answer.text.includes(`Ran: ${file}`))
        say(`${file} did not run`)
      const about = asked.filter(({ command }) => command.endsWith(file))
      if (!dangerous && about.length > 0) say(`${file} was asked about`)
      const yes = about.filter(({ state }) => state === "allowed" || state === "consumed")
      if (dangerous && ran > 0 && yes.length === 0) say(`${file} ran unasked`)
      // A yes whose call was cut off is used up; it is asked anew, and that may have been refused.
      const refused = about.some(({ state }) => state === "denied")
      if (dangerous && ran === 0 && !refused && about.some(({ state }) => state === "consumed"))
        say(`${file} is said to have begun`)
      for (const { decidedBy, id, state } of about) {
        const decision = decisions.get(id)
        if (decision === "deny" && (state === "allowed" || state === "consumed"))
          say(`${file}: no became yes`)
        if (decision === "allow" && state === "denied") say(`${file}: yes became no by ${decidedBy}`)
      }
      if (ran === 0 && about.every(({ state }) => state !== "denied")) say(`${file} was left out`)
    }
  }
  expect(wrong).toEqual([])
  expect(approvals.filter(({ state }) => state === "pending")).toEqual([])
  const costs = requests.map(({ sessionId, usage }) => [usage?.costMicroUsd, countedCost(at, sessionId)])
  expect(costs.filter(([told, counted]) => told !== counted)).toEqual([])
}

/** What the proxy has counted for the only turn of a session, in millionths of a dollar. */
const countedCost = (at: AgentInstallation, sessionId: string): number => {
  const path = join(nodeFolder(at.maillm.dataDir).session(sessionId), "model.json")
  const { turn } = fields(JSON.parse(readFileSync(path, "utf8")))
  const pico = fields(fields(turn)["tally"])["costPicoUsd"]
  return Math.ceil(Number(pico) / 1e6)
}
