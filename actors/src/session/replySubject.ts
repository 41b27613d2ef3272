/**
 * What mail clients put before the subject of a reply, in the languages that they are written in, with a count or without
 * (`RE[2]:`). Prefixes of forwarded mail stay: that is another thread.
 */
const replyPrefix =
  /^(?:re|aw|antw|antwort|sv|odp|ynt|rif|res|vá|ответ|відп|回复|回覆|答复|答覆|返信|회신)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*/i

/** Prefixes taken off at most: a subject of a thousand of them is no subject. */
const prefixLimit = 20
/** Of a subject, which may have 998 characters (RFC 5322 §2.1.1). */
const subjectLimit = 990

/** One `Re:` before the subject, so that clients keep the thread: Gmail wants the same words, Outlook the same topic. */
export const replySubject = (subject: string, title: string) => {
  const base = threadTopic(subject)
  return `Re: ${base === "" ? title : base}`.slice(0, subjectLimit)
}

/** The subject without what says that it is a reply. */
export const threadTopic = (subject: string): string => {
  let topic = subject.trim()
  for (let i = 0; i < prefixLimit; i++) {
    const shorter = topic.replace(replyPrefix, "")
    if (shorter === topic) break
    topic = shorter.trim()
  }
  return topic
}
