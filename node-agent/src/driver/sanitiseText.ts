/** Longest text that is typed into a pane, bytes of UTF-8. */
export const typedTextLimitBytes = 32_768

export type Sanitised =
  | { readonly _tag: "Text"; readonly text: string }
  | { readonly _tag: "Refused"; readonly reason: string }

/** Ends or starts of a bracketed paste, with the 7-bit or the 8-bit control sequence introducer. */
const pasteBracket = /(?:\u001b\[|\u009b)20[01]~/g
/** C0 without tab and line feed, DEL, C1. */
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/**
 * A request's text as it may be typed: line ends are LF, control characters and bracketed-paste brackets are
 * gone, everything else is kept byte for byte. Brackets are removed until none is left, so that what remains
 * of one cannot close up into another; without ESC and C1 no other terminal sequence can survive.
 */
export const sanitiseText = (input: string): Sanitised => {
  let text = input.replace(/\r\n?/g, "\n").toWellFormed()
  // Terminates: every round removes at least five characters.
  while (text.search(pasteBracket) >= 0) text = text.replace(pasteBracket, "")
  text = text.replace(controls, "")
  if (text.trim() === "") return { _tag: "Refused", reason: "The request is empty: there is nothing to run." }
  const bytes = Buffer.byteLength(text)
  if (bytes > typedTextLimitBytes) {
    return {
      _tag: "Refused",
      reason: `The request is ${bytes} bytes long; at most ${typedTextLimitBytes} can be typed into a pane. Put the long part into an attachment or a file.`,
    }
  }
  return { _tag: "Text", text }
}
