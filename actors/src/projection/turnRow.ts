import type { RequestRow } from "@maillm/schema/ReadModel"
import type { SessionEvent } from "@maillm/schema/SessionActor"
import type { FoldedRequest } from "../readmodel/ReadModel.ts"
import type { Usage } from "@maillm/schema/Turn"

type Ended = Extract<SessionEvent, { readonly _tag: "TurnEnded" }>

/** What a turn's end adds to its request. One that was passed on to another agent has more than one turn. */
export const turnResult = (row: RequestRow, { turnId, result }: Ended): Partial<FoldedRequest> => {
  const { answer, changes, files, usage, recording, transcript, transcriptText } = result
  return {
    turnId,
    answer: answer ?? result.outputText,
    answerFormat: answer === undefined ? "terminal" : "markdown",
    truncated: result.truncated,
    outputBytes: result.outputBytes,
    outputBlob: result.outputBlob,
    exitCode: "exitCode" in result.outcome ? result.outcome.exitCode : null,
    startedAtMillis: row.usage === undefined ? result.startedAtMillis : row.startedAtMillis,
    endedAtMillis: result.endedAtMillis,
    ...(changes === undefined ? {} : { changes }),
    ...(usage === undefined ? {} : { usage: addUsage(row.usage, usage) }),
    ...(recording === undefined ? {} : { recording }),
    ...(files === undefined ? {} : { files }),
    ...(transcript === undefined ? {} : { transcript }),
    ...(transcriptText === undefined ? {} : { transcriptText }),
  }
}

const modelsMax = 10

/** Both together; the money is not known where either's is not. */
export const addUsage = (before: Usage | undefined, added: Usage): Usage =>
  before === undefined
    ? added
    : {
        inputTokens: before.inputTokens + added.inputTokens,
        outputTokens: before.outputTokens + added.outputTokens,
        cacheReadTokens: before.cacheReadTokens + added.cacheReadTokens,
        cacheWriteTokens: before.cacheWriteTokens + added.cacheWriteTokens,
        costMicroUsd:
          before.costMicroUsd === null || added.costMicroUsd === null
            ? null
            : before.costMicroUsd + added.costMicroUsd,
        models: [...new Set([...before.models, ...added.models])].slice(0, modelsMax),
      }
