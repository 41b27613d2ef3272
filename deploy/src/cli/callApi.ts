import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { hostOf } from "../local/hostOf.ts"
import type { LocalSettings } from "../local/readSettings.ts"
import { CliFailure } from "./CliFailure.ts"
import { isHeld, readOwner, readPorts } from "./LocalInstallation.ts"

const answerMillis = 15_000

/** The API did not answer, or not now: the same call may be made again. */
export class ApiAway extends CliFailure {}

/** The API has refused the call: it is no use to make it again. `status` is HTTP's. */
export class ApiRefusal extends CliFailure {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export interface ApiCall<S extends Schema.ConstraintDecoder<unknown>> {
  readonly path: string
  readonly answer: S
  /** JSON of a POST; a GET without. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Statuses besides 2xx whose answer is read as well. */
  readonly alsoRead?: ReadonlyArray<number>
}

/** Where the maillm of the data folder serves, and the token of its owner. Fails with the remedy when none does. */
export const runningInstallation = async (settings: LocalSettings) => {
  const { dataDir, bind } = settings
  if (!(await isHeld(dataDir))) {
    throw new ApiAway(
      `no maillm runs on the data folder ${dataDir}: start it with npm start, or set MAILLM_DATA_DIR to the folder of the one that runs`,
    )
  }
  const ports = readPorts(dataDir)
  const owner = readOwner(dataDir)
  if (ports === null || owner === null) {
    throw new ApiAway(
      `the maillm on the data folder ${dataDir} is starting or stopping: try again in a moment`,
    )
  }
  return { url: `http://${hostOf(bind)}:${ports.http}`, ports, owner }
}

/** Calls the API of the maillm that runs on the data folder as its owner; answers within 15 s or fails. */
export const callApi = async <S extends Schema.ConstraintDecoder<unknown>>(
  settings: LocalSettings,
  call: ApiCall<S>,
): Promise<S["Type"]> => {
  const { url, owner } = await runningInstallation(settings)
  let status: number
  let text: string
  try {
    const response = await fetch(url + call.path, {
      ...(call.body === undefined ? {} : { method: "POST", body: JSON.stringify(call.body) }),
      headers: {
        authorization: `Bearer ${owner.token}`,
        "content-type": "application/json",
        ...call.headers,
      },
      redirect: "error",
      signal: AbortSignal.timeout(answerMillis),
    })
    status = response.status
    text = await response.text()
  } catch (error) {
    throw new ApiAway(`${url}${call.path} does not answer (${reasonOf(error)}): maillm doctor says more`)
  }
  if ((status < 200 || status > 299) && call.alsoRead?.includes(status) !== true) throw refusal(status, text)
  const answer = Schema.decodeUnknownResult(Schema.fromJsonString(call.answer))(text)
  if (Result.isSuccess(answer)) return answer.success
  throw new CliFailure(
    `${url}${call.path} answered something unexpected: another version of maillm runs there, or something else; start it again from here`,
  )
}

const Refusal = Schema.fromJsonString(Schema.Struct({ message: Schema.String, remedy: Schema.String }))
const decodeRefusal = Schema.decodeUnknownResult(Refusal)

const refusal = (status: number, text: string): CliFailure => {
  const said = decodeRefusal(text)
  const message = Result.isSuccess(said)
    ? `${said.success.message} ${said.success.remedy}`.trim()
    : `the API answered ${status}: maillm doctor says more`
  return status >= 500 ? new ApiAway(message) : new ApiRefusal(status, message)
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (error.name === "TimeoutError") return `no answer in ${answerMillis / 1_000} s`
  return cause instanceof Error && cause.message !== "" ? cause.message : error.message
}
