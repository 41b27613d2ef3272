import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** Why an answer could not be had, in the words that the console shows. */
export class ApiFailure extends Error {
  readonly kind: "offline" | "signed-out" | "not-found" | "refused" | "unavailable" | "unreadable"
  readonly remedy: string

  constructor(kind: ApiFailure["kind"], message: string, remedy: string) {
    super(message)
    this.name = "ApiFailure"
    this.kind = kind
    this.remedy = remedy
  }
}

export const offlineFailure = () =>
  new ApiFailure(
    "offline",
    "The server cannot be reached.",
    "Check that `npm start` is running and that this machine is online. The console tries again by itself.",
  )

export const unreadableFailure = (path: string) =>
  new ApiFailure(
    "unreadable",
    `The answer of ${path} is not what this console expects.`,
    "The console and the server are probably of different versions: reload the page.",
  )

const ErrorBody = Schema.Struct({ message: Schema.String, remedy: Schema.String })
const decodeErrorBody = Schema.decodeUnknownResult(ErrorBody)

const kindOf = (status: number): ApiFailure["kind"] => {
  if (status === 401) return "signed-out"
  if (status === 404) return "not-found"
  return status >= 500 ? "unavailable" : "refused"
}

/** The failure that an HTTP status and body mean; a body that says nothing gets words by its status. */
export const failureOf = (status: number, body: unknown): ApiFailure => {
  const said = decodeErrorBody(body)
  if (Result.isSuccess(said)) return new ApiFailure(kindOf(status), said.success.message, said.success.remedy)
  return new ApiFailure(
    kindOf(status),
    `The server answered with status ${status}.`,
    status >= 500 ? "Try again in a moment; System shows what is wrong." : "Reload the page and try again.",
  )
}

/** Any thrown value as a failure. */
export const asFailure = (error: unknown): ApiFailure =>
  error instanceof ApiFailure ? error : offlineFailure()
