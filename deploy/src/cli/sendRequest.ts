import { randomUUID } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"
import { RequestDetail, RequestTaken } from "@maillm/schema/api/RequestsApi"
import type { RequestRow } from "@maillm/schema/ReadModel"
import type { LocalSettings } from "../local/readSettings.ts"
import { readSettings } from "../local/readSettings.ts"
import { ApiAway, ApiRefusal, callApi, runningInstallation } from "./callApi.ts"
import { CliFailure } from "./CliFailure.ts"
import { printable } from "./printable.ts"

export interface Sending {
  readonly text: string
  /** Null opens a new session. */
  readonly sessionId: string | null
  /** How long to wait for the answer; null does not wait. */
  readonly waitMillis: number | null
  readonly json: boolean
}

const attempts = 3
const pollMillis = 300
const ended: ReadonlySet<string> = new Set(["done", "failed", "cancelled", "expired"])

/** `maillm send`. Answers whether the request is stored, or, when waited for, whether it was done. */
export const sendRequest = async (sending: Sending): Promise<boolean> => {
  const { json, waitMillis } = sending
  const settings = readSettings(process.env, process.cwd())
  await runningInstallation(settings)
  const taken = await submit(settings, sending)
  if (waitMillis === null) {
    console.log(json ? JSON.stringify(taken) : `Taken as request ${taken.id}${inSession(taken.sessionId)}`)
    return true
  }
  const row = await answered(settings, taken.id, waitMillis)
  if (json) {
    const { id, sessionId, state, stateReason, outcome, answer, exitCode } = row
    console.log(JSON.stringify({ id, sessionId, state, stateReason, outcome, answer, exitCode }))
  } else {
    // The answer alone on standard output, for a pipe; the rest is for the person.
    const answer = printable(row.answer)
    if (answer !== "") process.stdout.write(answer.endsWith("\n") ? answer : `${answer}\n`)
    const outcome = row.outcome === "" ? row.stateReason : row.outcome
    console.error(printable(`${row.state}: ${outcome}${inSession(row.sessionId)}`))
  }
  return row.state === "done"
}

const inSession = (sessionId: string | undefined) =>
  sessionId === undefined ? "" : ` (session ${sessionId})`

/** Its key makes it one request, however often it is sent. */
const submit = async (settings: LocalSettings, { text, sessionId }: Sending) => {
  const key = randomUUID()
  for (let attempt = 1; ; attempt++) {
    try {
      return await callApi(settings, {
        path: "/api/requests",
        body: { text, ...(sessionId === null ? {} : { sessionId }) },
        headers: { "idempotency-key": key },
        answer: RequestTaken,
      })
    } catch (error) {
      if (!(error instanceof ApiAway) || attempt === attempts) throw error
    }
    await delay(attempt * 500)
  }
}

/** The request's row once it has ended; a maillm that is started again meanwhile is waited for. */
const answered = async (settings: LocalSettings, id: string, waitMillis: number): Promise<RequestRow> => {
  const deadline = performance.now() + waitMillis
  let seen = "it is not to be seen yet"
  for (;;) {
    try {
      const { request } = await callApi(settings, { path: `/api/requests/${id}`, answer: RequestDetail })
      if (ended.has(request.state)) return request
      seen = `it is ${request.state}`
    } catch (error) {
      // Stored, but not folded into what can be read yet.
      const notYet = error instanceof ApiRefusal && error.status === 404
      if (!notYet && !(error instanceof ApiAway)) throw error
      if (error instanceof ApiAway) seen = error.message
    }
    if (performance.now() + pollMillis > deadline) {
      throw new CliFailure(
        `no answer to request ${id} in ${waitMillis / 1_000} s, ${seen}; it goes on: see it in the console, or wait longer with --timeout`,
      )
    }
    await delay(pollMillis)
  }
}
