/** Sends SIGKILL; a process that has gone meanwhile is as good as ended. */
export const endIfThere = (pid: number): void => {
  // 0 and below name groups: the tests' own would end.
  if (!Number.isInteger(pid) || pid <= 1) throw new Error(`${pid} is no process to end`)
  try {
    process.kill(pid, "SIGKILL")
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error
  }
}
