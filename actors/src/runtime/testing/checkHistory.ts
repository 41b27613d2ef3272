import type { Attempt, CarriedOut, Commit, History } from "./History.ts"

export type Rule =
  | "lost"
  | "twice"
  | "unexpected"
  | "liveness"
  | "order"
  | "chain"
  | "epoch"
  | "counter"
  | "real-time"
  | "stale-effect"
  | "effect-twice"
  | "unexpected-effect"
  | "missing-effect"

export interface Violation {
  readonly rule: Rule
  readonly detail: string
}

/** A commit with its place in its actor's journal, from 1. */
interface Placed extends Commit {
  readonly place: number
}

/**
 * What is wrong with a history that has come to rest: every client has stopped, everything was healed and drained.
 * Empty for a run that kept every promise. Every command must lead to a record. The promises of a commit are those of Jepsen's set and queue checkers
 * and of a linearizable counter; those of effects are the fence's.
 */
export const checkHistory = (history: History): ReadonlyArray<Violation> => {
  const journals = journalsOf(history.commits)
  const places = new Map<string, Placed>()
  for (const journal of journals.values()) {
    for (const commit of journal) {
      if (!places.has(commit.commandId)) places.set(commit.commandId, commit)
    }
  }
  return [
    ...liveness(history),
    ...commands(history, places),
    ...[...journals.values()].flatMap((journal) => [...journalRules(journal)]),
    ...realTimeOrder(history.attempts, places),
    ...effects(history),
    ...staleEffects(history.effects),
  ]
}

const journalsOf = (commits: ReadonlyArray<Commit>): Map<string, Array<Placed>> => {
  const journals = new Map<string, Array<Placed>>()
  for (const commit of commits) {
    const journal = journals.get(commit.actor) ?? []
    journal.push({ ...commit, place: journal.length + 1 })
    journals.set(commit.actor, journal)
  }
  return journals
}

/** A run in which every operation failed keeps every other promise: it must not pass. */
function* liveness({ attempts, commits, finals }: History): Iterable<Violation> {
  const rule = "liveness"
  if (!attempts.some(({ outcome }) => outcome === "acked")) {
    yield { rule, detail: "no command was acked in the whole run" }
  }
  const clients = new Set(attempts.map(({ client }) => client))
  for (const { client, outcome } of finals) {
    clients.delete(client)
    if (outcome !== "acked") yield { rule, detail: `${client} ended with ${outcome} after the heal` }
  }
  // An actor that tells another one is a client too, but not one that could be asked for a last operation.
  for (const { actor } of commits) clients.delete(actor)
  for (const client of clients) yield { rule, detail: `${client} has no operation after the heal` }
}

/** Every acked command is committed once; nothing else is committed. */
function* commands({ attempts, commits }: History, places: ReadonlyMap<string, Placed>): Iterable<Violation> {
  const attempted = new Map(attempts.map((attempt) => [attempt.commandId, attempt]))
  for (const { commandId, actor, outcome, reply } of attempts) {
    const commit = places.get(commandId)
    if (commit === undefined) {
      if (outcome === "acked") yield { rule: "lost", detail: `${commandId} of ${actor} was acked` }
    } else if (reply !== null && reply !== commit.place) {
      yield {
        rule: "counter",
        detail: `${commandId} was answered ${reply}; it is command ${commit.place} of ${actor}`,
      }
    }
  }
  for (const commit of commits) {
    const first = places.get(commit.commandId)
    if (first !== undefined && first.sequence !== commit.sequence) {
      const detail = `${commit.commandId} of ${commit.actor} stands at ${first.sequence} and ${commit.sequence}`
      yield { rule: "twice", detail }
    }
    const attempt = attempted.get(commit.commandId)
    if (attempt?.actor === commit.actor && attempt.outcome !== "refused") continue
    const why = attempt === undefined ? "nobody sent it" : `${attempt.outcome} at ${attempt.actor}`
    yield { rule: "unexpected", detail: `${commit.commandId} stands in ${commit.actor}: ${why}` }
  }
}

/** Along one actor's records: each names the one before, commands rise, epochs do not fall. */
function* journalRules(journal: ReadonlyArray<Placed>): Iterable<Violation> {
  let before: Placed | null = null
  for (const commit of journal) {
    const at = `record ${commit.sequence} of ${commit.actor}`
    const previous = before?.sequence ?? 0
    if (commit.previousSequence !== previous) {
      yield { rule: "chain", detail: `${at} follows ${commit.previousSequence}, not ${previous}` }
    }
    if (before !== null && commit.commandSequence <= before.commandSequence) {
      const detail = `${at} is of command ${commit.commandSequence}, after ${before.commandSequence}`
      yield { rule: "order", detail }
    }
    if (before !== null && commit.epoch < before.epoch) {
      yield { rule: "epoch", detail: `${at} by ${commit.host} has ${commit.epoch}, after ${before.epoch}` }
    }
    before = commit
  }
}

/**
 * What began after an answer has the higher place: the journal is in real-time order, for one client and over all.
 * A command that nobody has answered may come at any time.
 */
function* realTimeOrder(
  attempts: ReadonlyArray<Attempt>,
  places: ReadonlyMap<string, Placed>,
): Iterable<Violation> {
  const answers = attempts
    .filter(({ outcome, answeredAtMillis }) => outcome === "acked" && answeredAtMillis !== null)
    .toSorted((a, b) => answeredAt(a) - answeredAt(b))
  /** The answered command with the highest place, by actor, and by client and actor. */
  const highest = new Map<string, Attempt>()
  const placeOf = (attempt: Attempt | undefined) =>
    attempt === undefined ? 0 : (places.get(attempt.commandId)?.place ?? 0)
  const learn = (key: string, answer: Attempt) => {
    if (placeOf(answer) > placeOf(highest.get(key))) highest.set(key, answer)
  }
  let next = 0
  for (const attempt of attempts.toSorted((a, b) => a.sentAtMillis - b.sentAtMillis || a.index - b.index)) {
    const { actor, client, commandId, index, sentAtMillis } = attempt
    for (let answer = answers[next]; answer !== undefined; answer = answers[++next]) {
      if (answeredAt(answer) > sentAtMillis) break
      learn(answer.actor, answer)
      learn(`${answer.client} ${answer.actor}`, answer)
    }
    const place = placeOf(attempt)
    if (place === 0) continue
    const own = highest.get(`${client} ${actor}`)
    if (own !== undefined && own.index < index && placeOf(own) > place) {
      yield {
        rule: "order",
        detail: `${commandId} comes before ${own.commandId}, which ${client} sent first`,
      }
    }
    const any = highest.get(actor)
    if (any === undefined || any.client === client || answeredAt(any) === sentAtMillis) continue
    if (placeOf(any) < place) continue
    const detail = `${commandId} is command ${place} of ${actor}, but began after ${any.commandId} was answered, which is ${placeOf(any)}`
    yield { rule: "real-time", detail }
  }
}

const answeredAt = ({ answeredAtMillis }: Attempt) => answeredAtMillis ?? Number.POSITIVE_INFINITY

/** Every effect of a record is carried out once; nothing else is. */
function* effects({ commits, effects: carriedOut }: History): Iterable<Violation> {
  const owners = new Map<string, Commit>()
  for (const commit of commits) for (const id of commit.effectIds) owners.set(id, commit)
  const done = new Set<string>()
  for (const { effectId, actor, epoch, receiver } of carriedOut) {
    const owner = owners.get(effectId)
    if (owner === undefined || owner.actor !== actor) {
      yield {
        rule: "unexpected-effect",
        detail: `${receiver} carried out ${effectId}: no record asks for it`,
      }
    } else if (epoch < owner.epoch) {
      const detail = `${effectId} was handed on with epoch ${epoch}; its record has ${owner.epoch}`
      yield { rule: "stale-effect", detail }
    }
    if (done.has(effectId))
      yield { rule: "effect-twice", detail: `${receiver} carried out ${effectId} again` }
    done.add(effectId)
  }
  for (const [id, { sequence }] of owners) {
    if (!done.has(id)) yield { rule: "missing-effect", detail: `${id} of record ${sequence}` }
  }
}

/**
 * An item is stale when one of the same actor with a higher epoch stands before it in the receiver's stream. One
 * that is only handled later than it stands is not: a dead owner's mail may be slower than its successor's.
 */
function* staleEffects(carriedOut: ReadonlyArray<CarriedOut>): Iterable<Violation> {
  const seen = new Map<string, Array<CarriedOut>>()
  for (const effect of carriedOut) {
    const key = `${effect.receiver} ${effect.actor}`
    const highest = seen.get(key) ?? []
    const newer = highest.find(({ epoch, order }) => epoch > effect.epoch && order < effect.order)
    if (newer !== undefined) {
      const detail = `${effect.receiver} carried out ${effect.effectId} of epoch ${effect.epoch} after ${newer.effectId} of epoch ${newer.epoch}`
      yield { rule: "stale-effect", detail }
    }
    // One an epoch, the first in the stream: no other of it forbids more.
    const same = highest.findIndex(({ epoch }) => epoch === effect.epoch)
    const known = highest[same]
    if (known === undefined) highest.push(effect)
    else if (effect.order < known.order) highest[same] = effect
    seen.set(key, highest)
  }
}
