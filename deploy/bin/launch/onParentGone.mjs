import { readFileSync } from "node:fs"

const pollMillis = 500

/** Calls back once, at most half a second after the process that started this one is gone. Keeps nothing alive. */
export function onParentGone(action) {
  onChange(() => process.ppid, action)
}

/** The same for npm, which starts us through a shell that may outlive it. To be used only when npm started us. */
export function onNpmGone(action) {
  const viaShell = /^(sh|ash|dash|bash|zsh)$/.test(readProcess(process.ppid, "comm")?.trim() ?? "")
  if (viaShell) onChange(() => `${process.ppid} ${parentOf(process.ppid)}`, action)
  else onParentGone(action)
}

function onChange(read, action) {
  const first = read()
  const timer = setInterval(() => {
    if (read() === first) return
    clearInterval(timer)
    action()
  }, pollMillis)
  timer.unref()
}

function parentOf(pid) {
  // "<pid> (<name, which may hold spaces and parentheses>) <state> <ppid> …"
  const stat = readProcess(pid, "stat")
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[1]
}

/** From Linux's /proc; undefined on other systems. */
function readProcess(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8")
  } catch {
    return undefined
  }
}
