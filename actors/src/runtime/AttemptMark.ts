/**
 * Who began to handle a command that was left over, as it is kept until one of them has decided it: the processes,
 * one a line. A process that begins again has not died of it, however often it lost the partition in between.
 */
export const markAttempt = (
  mark: string | null,
  process: string,
): { readonly mark: string; readonly attempts: number } => {
  const others = (mark ?? "").split("\n").filter((line) => line !== "" && line !== process)
  const all = [...others, process]
  return { mark: all.join("\n"), attempts: all.length }
}
