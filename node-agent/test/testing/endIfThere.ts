/** Sends SIGKILL; a process that has gone meanwhile is as good as ended. */
export const endIfThere = (pid: number): void => {
  try {
    process.kill(pid, "SIGKILL")
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error
  }
}
