/** One `Re:` before the subject, so that clients keep the thread. */
export const replySubject = (subject: string, title: string) => {
  const base = subject.trim() === "" ? title : subject.trim()
  return /^re\s*:/i.test(base) ? base.slice(0, 990) : `Re: ${base}`.slice(0, 990)
}
