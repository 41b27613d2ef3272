import type { SMTPStream } from "smtp-server/lib/smtp-stream.js"

const carriageReturn = 0x0d
const lineFeed = 0x0a

/**
 * Has smtp-server's parser see commands one line at a time, and none that ends otherwise than in CR LF: it takes a bare LF for
 * the end of a command, which RFC 5321 §2.3.8 forbids, and hands on a bare CR. Servers that disagree about where a line ends
 * are what smuggling lives on. `refuse` is to end the connection; nothing after the fault is parsed. What comes after DATA is
 * not looked at here. Relies on `_write`, `_dataMode` and `isClosed` of the version that `SmtpConnection.test.ts` names.
 */
export const strictLines = (parser: SMTPStream, refuse: () => void): SMTPStream => {
  const write = parser._write.bind(parser)
  /** What came last, of a command that is not whole yet, was a CR. */
  let afterReturn = false

  /** Line by line without recursion: a segment may hold thousands. */
  const feed: SMTPStream["_write"] = (chunk, encoding, next) => {
    let rest = chunk
    const goOn = () => {
      for (;;) {
        if (parser.isClosed || parser._dataMode) return write(rest, encoding, next)
        const end = rest.indexOf(lineFeed)
        const line = end === -1 ? rest : rest.subarray(0, end + 1)
        if (hasBareEnd(line, afterReturn)) {
          refuse()
          return next()
        }
        afterReturn = line.at(-1) === carriageReturn
        if (line.length === rest.length) return write(line, encoding, next)
        rest = rest.subarray(line.length)
        let answered = false
        let waits = false
        write(line, encoding, (error) => {
          if (error !== undefined && error !== null) return next(error)
          if (waits) return goOn()
          answered = true
        })
        waits = true
        if (!answered) return
      }
    }
    goOn()
  }
  parser._write = feed
  return parser
}

/** Of a command, or the part of one that came by now: a CR that no LF follows, or a LF that follows no CR. */
const hasBareEnd = (line: Buffer, afterReturn: boolean): boolean => {
  if (line.length === 0) return false
  if (afterReturn && line[0] !== lineFeed) return true
  const first = line.indexOf(carriageReturn)
  const ends = line.at(-1) === lineFeed
  if (first === -1) return ends && !(line.length === 1 && afterReturn)
  return first < line.length - (ends ? 2 : 1)
}
