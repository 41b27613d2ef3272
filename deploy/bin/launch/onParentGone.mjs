const pollMillis = 500

/** Calls back once, at most half a second after the process that started this one is gone. Keeps nothing alive. */
export function onParentGone(action) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    action()
  }, pollMillis)
  timer.unref()
}
