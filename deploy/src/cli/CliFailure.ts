/** Why a command did not work: one line for a person, with the remedy. */
export class CliFailure extends Error {
  override readonly name = "CliFailure"
}
