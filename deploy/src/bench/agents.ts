import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { CorpusCommand } from "@maillm/actors/policy/corpus/CorpusCommand"
import { dangerous as dangerousCommands } from "@maillm/actors/policy/corpus/dangerous"
import { harmless as harmlessCommands } from "@maillm/actors/policy/corpus/harmless"
import { judgeCommand } from "@maillm/actors/policy/judgeCommand"
import { nodeFolder } from "@maillm/node-agent/files/NodeFolder"
import { defaultPolicy } from "@maillm/schema/Policy"
import { AgentInstallation } from "../testing/AgentInstallation.ts"
import { eventually } from "../testing/eventually.ts"
import { obtainAgentCli } from "../tools/AgentClis.ts"
import { BareClaude } from "./agents/bareClaude.ts"
import type { BenchReport, BenchRow } from "./BenchReport.ts"
import { median, quantile } from "./BenchReport.ts"

const promptsEach = 20
const questions = 15
const starts = 7
const warmUp = 2

/**
 * Agents: mail → prompt taken, question → delivered → tool runs, start and resume beside the bare program's own, memory of
 * an idle session, and what the policy makes of its corpus. Claude Code against a stand-in of its model's API that answers
 * at once, on the host.
 */
export const run = async (): Promise<BenchReport> => {
  const cli = await obtainAgentCli("claude")
  if (cli.kind !== "ready") throw new Error(`Claude Code cannot be had: ${cli.remedy}`)
  const at = await AgentInstallation.open({ MAILLM_RUNTIME: "host" })
  const bare = new BareClaude(cli.path, at.api.url)
  try {
    const { fresh, same, started, bareStarted, bareResumed, resumed } = await prompts(at, bare)
    const asked = await askQuestions(at)
    const memory = memoryOf(at)
    return {
      name: "agents",
      rows: [
        times("mail accepted → prompt taken, new session, p50", fresh, 0.5),
        times("mail accepted → prompt taken, new session, p99", fresh, 0.99),
        times("mail accepted → prompt taken, in a session, p50", same, 0.5),
        times("mail accepted → prompt taken, in a session, p99", same, 0.99),
        beside(
          "turn ordered → prompt taken, agent started",
          started,
          "until the bare program is idle",
          bareStarted,
        ),
        beside(
          "turn ordered → prompt taken, agent resumed",
          resumed,
          "until the bare program is idle",
          bareResumed,
        ),
        times("approval asked → question mail delivered, p50", asked.delivered, 0.5),
        times("approval asked → question mail delivered, p99", asked.delivered, 0.99),
        times("yes accepted → tool has begun, p50", asked.begun, 0.5),
        times("yes accepted → tool has begun, p99", asked.begun, 0.99),
        {
          case: "memory of an idle session: the agent's own (PSS)",
          unit: "MB",
          ours: memory.agent,
          peers: {},
          limit: null,
        },
        ...policyRows(),
      ],
      notes: [
        `Claude Code ${cli.version} on the host, model API stands in and answers at once; tmux; nats-server with sync_interval: always`,
        `${promptsEach} prompts of each kind, ${starts} starts, ${questions} questions; one after another`,
        "times by the events' own clock (1 ms), from the 250 where it says so",
      ],
    }
  } finally {
    bare.dispose()
    await at.dispose()
  }
}

/** Prompts in new sessions and in the same, and starts of ours and of the bare program by turns. */
const prompts = async (at: AgentInstallation, bare: BareClaude) => {
  const fresh: Array<number> = []
  const same: Array<number> = []
  const started: Array<number> = []
  const bareStarted: Array<number> = []
  const bareResumed: Array<number> = []
  const resumed: Array<number> = []
  for (let n = 0; n < promptsEach + warmUp; n++) {
    const first = await prompt(at, `SAY: new ${n}`)
    const second = await prompt(at, `SAY: same ${n}`, first.reply)
    if (n < warmUp) continue
    fresh.push(first.taken)
    same.push(second.taken)
    if (n < starts + warmUp) {
      started.push(first.ordered)
      // Interleaved, so that both have the same machine.
      const one = await bare.start(null)
      bareStarted.push(one.millis)
      bareResumed.push((await bare.start(one.conversation)).millis)
      await endAgents(at)
      resumed.push((await prompt(at, `SAY: resumed ${n}`, second.reply)).ordered)
    }
  }
  return { fresh, same, started, bareStarted, bareResumed, resumed }
}

interface Prompted {
  readonly reply: Awaited<ReturnType<AgentInstallation["answerTo"]>>
  /** From the 250 until the agent took the prompt. */
  readonly taken: number
  /** From the order to the node until then. */
  readonly ordered: number
}

const prompt = async (at: AgentInstallation, text: string, before?: Prompted["reply"]): Promise<Prompted> => {
  const sent = before === undefined ? await at.mail(text) : await at.reply(before, text)
  const acceptedAt = Date.now()
  const reply = await at.answerTo(sent)
  const { timeline } = await at.request(reply.requestId ?? "")
  const moment = (type: string) => timeline.findLast((row) => row.type === type)?.atMillis ?? Number.NaN
  return {
    reply,
    taken: moment("TurnTaken") - acceptedAt,
    ordered: moment("TurnTaken") - moment("TurnOrdered"),
  }
}

const askQuestions = async (at: AgentInstallation) => {
  const delivered: Array<number> = []
  const begun: Array<number> = []
  for (let n = 0; n < questions; n++) {
    const sent = await at.mail(`RUN: sudo -n true; echo ${n} >> asked.txt\nSAY: ran`)
    const { approval, mail } = await at.question()
    const yesAt = Date.now()
    await at.answer(approval, "allow")
    await at.answerTo(sent)
    const { timeline } = await at.request(approval.requestId)
    const moment = (type: string) => timeline.find((row) => row.type === type)?.atMillis ?? Number.NaN
    const mailId = mail.id
    const sentRow = timeline.find((row) => row.type === "ReplySent" && row.messageId === mailId)
    delivered.push((sentRow?.atMillis ?? Number.NaN) - moment("ApprovalAsked"))
    begun.push(moment("ApprovalConsumed") - yesAt)
  }
  return { delivered, begun }
}

/** Ends every agent's program, as a host that goes down would. */
const endAgents = async (at: AgentInstallation) => {
  const pids = agentPids(at)
  for (const pid of pids) process.kill(pid, "SIGKILL")
  await eventually("the agents are gone", () => (pids.some(isAlive) ? null : true))
}

const isAlive = (pid: number) => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))
  } catch {
    return false
  }
}

/** By the files that Claude Code keeps of its own processes. */
const agentPids = (at: AgentInstallation): ReadonlyArray<number> => {
  const folder = join(nodeFolder(at.maillm.dataDir).agent("owner", "claude"), "sessions")
  return readdirSync(folder)
    .flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .filter(isAlive)
}

const memoryOf = (at: AgentInstallation) => {
  const each = agentPids(at).map((pid) => {
    const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1]
    return Number(pss ?? Number.NaN) / 1_000
  })
  return { agent: median(each) }
}

const times = (name: string, values: ReadonlyArray<number>, q: number): BenchRow => ({
  case: name,
  unit: "ms",
  ours: quantile(values, q),
  peers: {},
  limit: null,
})

const beside = (
  name: string,
  ours: ReadonlyArray<number>,
  peer: string,
  theirs: ReadonlyArray<number>,
): BenchRow => ({
  case: `${name}, median`,
  unit: "ms",
  ours: median(ours),
  peers: { [peer]: median(theirs) },
  limit: null,
})

/** What the policy makes of its own corpus; how many it judges in a second. */
const policyRows = (): ReadonlyArray<BenchRow> => {
  const context = { cwd: "/workspace", workspace: "/workspace", home: "/home/dev" }
  const verdicts = (commands: ReadonlyArray<CorpusCommand>) =>
    commands.map(({ command }) => judgeCommand(command, context, defaultPolicy).verdict !== "allow")
  const size = dangerousCommands.length + harmlessCommands.length
  const share = (values: ReadonlyArray<boolean>) => (100 * values.filter(Boolean).length) / values.length
  const began = performance.now()
  const caught = share(verdicts(dangerousCommands))
  const alarms = share(verdicts(harmlessCommands))
  const perSecond = size / ((performance.now() - began) / 1_000)
  const row = (name: string, ours: number, goal: string, met: boolean): BenchRow => ({
    case: name,
    unit: "%",
    ours,
    peers: {},
    limit: null,
    goals: [{ goal, value: ours, met }],
  })
  return [
    row(
      `dangerous commands not run unasked (${dangerousCommands.length} in the corpus)`,
      caught,
      ">= 99",
      caught >= 99,
    ),
    row(
      `harmless commands asked about (${harmlessCommands.length} in the corpus)`,
      alarms,
      "<= 5",
      alarms <= 5,
    ),
    { case: "commands judged", unit: "/s", ours: perSecond, peers: {}, limit: null },
  ]
}
