import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { createEffect, createMemo, onCleanup, untrack } from "solid-js"
import { createStore, produce } from "solid-js/store"
import type { ApiClient, ApprovalAnswer } from "../api/ApiClient.ts"
import { asFailure } from "../api/ApiFailure.ts"
import { classWord } from "../format/approvalWords.ts"
import { paths } from "../routes.ts"
import { type SentAnswer, standingOf, tooLateWords, wasBeaten } from "./approvalStanding.ts"
import { now } from "./clock.ts"
import type { ConsoleStore } from "./consoleStore.ts"

/** A stored answer shows in the live changes within this; after it the question is fetched. */
const followMillis = 3_000
/** A question whose time is over is asked for again this often until the server says so. */
const expiredEveryMillis = 5_000

/** Answers given here that are remembered. */
const sentLimit = 200

/**
 * The questions that wait for this person, and the answers given in this console. An answer counts when the server has
 * stored it, and is told as too late when another came first.
 */
export const createApprovalDesk = (given: {
  readonly api: ApiClient
  readonly store: ConsoleStore
  readonly say: (text: string) => void
  readonly onSignedOut: () => void
}) => {
  const { api, store, say } = given
  const [sent, setSent] = createStore<Record<string, SentAnswer>>({})
  const timers = new Set<ReturnType<typeof setTimeout>>()
  onCleanup(() => {
    for (const timer of timers) clearTimeout(timer)
  })

  const mark = (id: string, answer: SentAnswer | undefined) =>
    setSent(
      produce((held) => {
        delete held[id]
        if (answer !== undefined) held[id] = answer
        const [oldest] = Object.keys(held)
        if (oldest !== undefined && Object.keys(held).length > sentLimit) delete held[oldest]
      }),
    )
  const fetchOne = async (id: string) => {
    try {
      store.hold({ approvals: [await api.approval(id)] })
    } catch (error) {
      if (asFailure(error).kind === "signed-out") given.onSignedOut()
    }
  }
  /** Compares an answer that the server has with what became of the question. */
  const settle = (id: string) => {
    const row = store.state.approvals[id]
    const answer = sent[id]
    if (row === undefined || answer?.phase !== "stored" || row.state === "pending") return
    if (!wasBeaten(row, answer.decision)) {
      mark(id, undefined)
      return
    }
    mark(id, { ...answer, phase: "late" })
    say(`${tooLateWords(row)}. Your answer came later.`)
  }
  const answer = async (row: ApprovalRow, reply: ApprovalAnswer) => {
    const { decision } = reply
    const held = untrack(() => sent[row.id])
    if (held !== undefined) return
    mark(row.id, { decision, phase: "sending" })
    try {
      const taken = await api.answerApproval(row.id, reply)
      mark(row.id, { decision, phase: "stored" })
      store.hold({ approvals: [taken.approval] })
      // The server may have stored it before it could say what became of it.
      const timer = setTimeout(() => {
        timers.delete(timer)
        if (sent[row.id]?.phase === "stored") void fetchOne(row.id)
      }, followMillis)
      timers.add(timer)
    } catch (error) {
      const failure = asFailure(error)
      if (failure.kind === "signed-out") given.onSignedOut()
      if (failure.kind === "refused") await fetchOne(row.id)
      const after = store.state.approvals[row.id]
      if (after !== undefined && after.state !== "pending") mark(row.id, { decision, phase: "stored" })
      else {
        mark(row.id, undefined)
        say(`Not answered: ${failure.message} ${failure.remedy}`)
      }
    }
  }
  createEffect(() => {
    for (const id of Object.keys(sent)) {
      if (sent[id]?.phase === "stored" && store.state.approvals[id]?.state !== "pending") {
        untrack(() => settle(id))
      }
    }
  })

  const pending = createMemo(() =>
    Object.values(store.state.approvals)
      .filter((row) => row.state === "pending")
      .toSorted((a, b) => a.askedAtMillis - b.askedAtMillis),
  )
  const asked = new Map<string, number>()
  createEffect(() => {
    for (const row of pending()) {
      if (now() - row.expiresAtMillis < expiredEveryMillis / 2) continue
      if (now() - (asked.get(row.id) ?? 0) < expiredEveryMillis) continue
      asked.set(row.id, now())
      void fetchOne(row.id)
    }
  })
  announceNew(pending, say)

  return {
    /** Oldest first. */
    pending,
    /** How many can be answered now: what the badge shows. */
    count: createMemo(
      () => pending().filter((row) => standingOf(row, sent[row.id], now())._tag === "Open").length,
    ),
    sentFor: (id: string) => sent[id],
    answer,
  }
}
export type ApprovalDesk = ReturnType<typeof createApprovalDesk>

/** Younger questions than this are news when they come; older ones were there before this page was. */
const newsMillis = 30_000

/** Says that something is asked, where it is not in view anyway. */
const announceNew = (pending: () => ReadonlyArray<ApprovalRow>, say: (text: string) => void) => {
  let known: ReadonlySet<string> = new Set()
  createEffect(() => {
    const rows = pending()
    const news = rows.filter(
      (row) => !known.has(row.id) && Date.now() - row.askedAtMillis < newsMillis && !isInView(row),
    )
    known = new Set(rows.map((row) => row.id))
    const [first] = news
    if (first !== undefined) {
      untrack(() =>
        say(
          news.length === 1
            ? `Needs you: ${classWord(first.class)}, in “${first.title}”. Press g a.`
            : `Needs you: ${news.length} questions. Press g a.`,
        ),
      )
    }
  })
}

const isInView = (row: ApprovalRow): boolean =>
  [paths.needsYou, paths.approval(row.id), paths.request(row.requestId)].includes(location.pathname)
