import type { ApprovalCode } from "@maillm/schema/Intent"

const typed = /^[0-9A-TV-Za-tv-z]{4,8}$/

/** The code that a person means by a word: in any case, with O for 0 and I or L for 1. Null when it is none. */
export const approvalCodeOf = (word: string): ApprovalCode | null =>
  typed.test(word) ? word.toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1") : null

/** Whether a code is told from a word and from a number: it has a letter and a digit, as typed. */
export const isPlainCode = (word: string): boolean =>
  typed.test(word) && /[0-9]/.test(word) && /[A-Za-z]/.test(word)
