import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { ApprovalAnswer } from "@maillm/schema/api/ApprovalsApi"
import { DriverName } from "@maillm/schema/Turn"
import type { MessageRow, RequestRow } from "@maillm/schema/ReadModel"
import type { Backend } from "../api/Backend.ts"
import { matchesMessage, matchesRequest, messageFilter, requestFilter } from "../routes.ts"
import { addAgents, mockBlob } from "./agentWorld.ts"
import { makeLiveWorld } from "./liveWorld.ts"
import { makeMockAddresses } from "./mockAddresses.ts"
import { makeMockDead, mockActors } from "./mockActors.ts"
import { mockNodes, mockSystem } from "./mockSystem.ts"
import { samples } from "./samples.ts"
import { tourSamples } from "./tour.ts"
import { cameBack, emptyWorld, makeWorld, me, owner, unreachable, user, type World } from "./world.ts"

/** How the mock behaves: `?mock=empty`, `empty-bounced` (with an address that mail does not reach), `signed-out`, `unreachable`, `slow`, `quiet` (no ticking, shells only),
 * `agents` (no ticking, with agents and their questions) or `tour` (for screenshots: each request another, agents, no
 * ticking); kept for the tab. */
const scenario = (): string => {
  const asked = new URLSearchParams(location.search).get("mock")
  if (asked !== null) sessionStorage.setItem("maillm.mock", asked)
  return asked ?? sessionStorage.getItem("maillm.mock") ?? "usual"
}

const worldOf = (mode: string): World => {
  if (mode.startsWith("empty")) return emptyWorld()
  if (mode === "quiet") return makeWorld(Date.now())
  if (mode !== "tour") return addAgents(makeWorld(Date.now()), Date.now())
  const all = [...tourSamples, ...samples]
  return addAgents(makeWorld(Date.now(), all, all.length), Date.now())
}

const decodeAnswer = Schema.decodeUnknownResult(ApprovalAnswer)
const decodeDriver = Schema.decodeUnknownResult(DriverName)

const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json" } })
const said = (status: number, message: string, remedy: string) =>
  json({ _tag: "Said", message, remedy }, status)
const notFound = () => said(404, "There is no such thing here.", "Look for it by name with Ctrl/⌘ K.")

const page = <Row>(rows: ReadonlyArray<Row>, query: URLSearchParams, ageOf: (row: Row) => number) => {
  const before = Number(query.get("before") ?? Infinity)
  return rows
    .filter((row) => ageOf(row) < before)
    .toSorted((a, b) => ageOf(b) - ageOf(a))
    .slice(0, Number(query.get("limit") ?? 50))
}

/** A gateway made of memory: the same answers and live events, no network. */
export const makeMockBackend = (): Backend => {
  const mode = scenario()
  const world = worldOf(mode)
  const live = makeLiveWorld(world, mode === "usual" || mode === "slow")
  const dead = makeMockDead(Date.now())
  const addresses = makeMockAddresses(owner, me.user.privateLocalPart)
  let stopped = mode === "empty-bounced"
  const back = stopped ? cameBack(Date.now()) : undefined
  if (back !== undefined) world.messages.set(back.id, back)
  let signedIn = mode !== "signed-out"

  const request = (id: string) => {
    const row = world.requests.get(id)
    if (row === undefined) return notFound()
    return json({
      id,
      state: row.state,
      request: row,
      timeline: world.timeline.filter((step) => step.requestId === id),
      messages: [...world.messages.values()].filter((message) => message.requestId === id),
      session: world.sessions.get(row.sessionId) ?? null,
      approvals: [...world.approvals.values()]
        .filter((approval) => approval.requestId === id)
        .toSorted((a, b) => a.askedAtMillis - b.askedAtMillis),
    })
  }
  const session = (id: string) => {
    const row = world.sessions.get(id)
    if (row === undefined) return notFound()
    return json({
      id,
      state: row.state,
      session: row,
      requests: [...world.requests.values()].filter((item) => item.sessionId === id).toReversed(),
      timeline: world.timeline.filter((step) => step.sessionId === id),
    })
  }
  const create = (body: string) => {
    const asked: unknown = JSON.parse(body)
    if (typeof asked !== "object" || asked === null || !("text" in asked))
      return said(400, "No text.", "Write one.")
    const sessionId = "sessionId" in asked && typeof asked.sessionId === "string" ? asked.sessionId : null
    const driver = "driver" in asked ? decodeDriver(asked.driver) : null
    const wish = driver !== null && Result.isSuccess(driver) ? { driver: driver.success } : {}
    const row: RequestRow = live.create(String(asked.text), sessionId, wish)
    return json({ id: row.id, sessionId: row.sessionId }, 202)
  }
  const answer = (id: string, body: unknown): Response => {
    const asked = decodeAnswer(body)
    if (Result.isFailure(asked)) return said(400, "No answer.", "Say allow or deny.")
    if (live.approvals.get(id) === undefined) return notFound()
    const refused = live.approvals.answer(id, asked.success.decision, asked.success.note ?? "")
    if (refused !== null) return said(409, refused, "The first answer counts.")
    const approval = live.approvals.get(id)
    return json({ id, state: approval?.state, approval }, 202)
  }
  const get = (path: string, query: URLSearchParams): Response => {
    const [, , kind, id, tail] = path.split("/")
    const search = {
      ...Object.fromEntries(query),
      q: query.get("search") ?? "",
      session: query.get("sessionId") ?? "",
    }
    switch (kind) {
      case "me":
        return json(stopped ? { ...me, user: { ...me.user, unreachable } } : me)
      case "addresses":
        return json(addresses.book())
      case "system":
        return json(mockSystem(Date.now()))
      case "nodes":
        return json(mockNodes(Date.now()))
      case "actors":
        return json(mockActors(Date.now()))
      case "dead": {
        if (id === "usage") return json(dead.usage())
        if (id === undefined) return json(dead.list(Number(query.get("limit") ?? 50)))
        const found = dead.get(Number(id))
        return found === null ? notFound() : json(found)
      }
      case "approvals": {
        if (id === undefined)
          return json(live.approvals.list(query.get("state"), Number(query.get("limit") ?? 50)))
        const found = live.approvals.get(id)
        return found === undefined ? notFound() : json(found)
      }
      case "blobs": {
        const text = mockBlob(id ?? "")
        return text === undefined ? notFound() : new Response(text)
      }
      case "requests":
        if (id !== undefined) return request(id)
        return json(
          page(
            [...world.requests.values()].filter((row) => matchesRequest(requestFilter(search), row)),
            query,
            (row) => row.createdAtMillis,
          ),
        )
      case "sessions":
        if (id !== undefined) return session(id)
        return json(page([...world.sessions.values()], query, (row) => row.updatedAtMillis))
      case "messages": {
        if (tail === "raw") return new Response("From: ada@example.org\r\n\r\nraw source of the mock\r\n")
        const row = id === undefined ? undefined : world.messages.get(id)
        if (id !== undefined) return row === undefined ? notFound() : json(row)
        return json(
          page(
            [...world.messages.values()].filter((item) => matchesMessage(messageFilter(search), item)),
            query,
            (item) => item.atMillis,
          ),
        )
      }
      default:
        return notFound()
    }
  }
  const post = (path: string, body: string): Response => {
    if (path === "/api/auth/sign-in") {
      if (body.includes("used")) {
        return said(401, "This link was used already, or is too old.", "Start maillm again for a new one.")
      }
      signedIn = true
      return json({ userId: user, expiresAtMillis: Date.now() + 1_000_000 })
    }
    if (path === "/api/auth/sign-out") {
      signedIn = false
      return new Response(null, { status: 204 })
    }
    if (path === "/api/me/addresses/retry") {
      stopped = false
      return json({ address: owner }, 202)
    }
    const changed = /^\/api\/(addresses|senders)/.test(path) ? addresses.post(path, JSON.parse(body)) : null
    if (changed !== null)
      return "message" in changed ? said(409, changed.message, changed.remedy) : json(changed, 202)
    if (path === "/api/requests") return create(body)
    const onDead = /^\/api\/dead\/(\d+)\/(retry|drop)$/.exec(path)
    if (onDead !== null) {
      const sequence = Number(onDead[1])
      const taken = dead.take(sequence)
      if (taken === null)
        return said(404, `there is no dead letter ${sequence}`, "It was retried or dropped.")
      const retried = { sequence, subject: taken.subject, outcome: "stored", commandId: null }
      return json(onDead[2] === "drop" ? { sequence } : retried)
    }
    const answered = /^\/api\/approvals\/([^/]+)$/.exec(path)
    if (answered?.[1] !== undefined) return answer(answered[1], JSON.parse(body))
    const release = /^\/api\/messages\/([^/]+)\/release$/.exec(path)
    const held = world.messages.get(release?.[1] ?? "")
    if (held !== undefined) {
      const now = Date.now()
      const released = { by: me.user.email, atMillis: now }
      const row: MessageRow = { ...held, state: "received", reasons: [], released, updatedAtMillis: now }
      world.messages.set(row.id, row)
      return json({ id: row.id, state: row.state, message: row }, 202)
    }
    const cancel = /^\/api\/requests\/([^/]+)\/cancel$/.exec(path)
    if (cancel?.[1] !== undefined) {
      live.cancel(cancel[1])
      return json({ id: cancel[1] }, 202)
    }
    return notFound()
  }

  return {
    fetch: async (path, init) => {
      await new Promise((resolve) => setTimeout(resolve, mode === "slow" ? 2_500 : 30))
      if (mode === "unreachable" || live.isOffline()) throw new TypeError("Failed to fetch")
      const url = new URL(path, location.origin)
      if (!signedIn && url.pathname !== "/api/auth/sign-in") {
        return said(401, "You are not signed in.", "Open the sign-in link that `npm start` printed.")
      }
      return init.method === "POST"
        ? post(url.pathname, typeof init.body === "string" ? init.body : "")
        : get(url.pathname, url.searchParams)
    },
    connect: live.connect,
  }
}
