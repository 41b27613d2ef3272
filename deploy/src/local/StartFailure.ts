/** Why maillm does not start: one line for a person, with the remedy. Never a stack trace. */
export class StartFailure extends Error {
  override readonly name = "StartFailure"
}
