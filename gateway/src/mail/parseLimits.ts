/** Bounds within those of schema/Message `ParsedMail`, in UTF-16 code units. */
/** Twice what a request may have: enough to say how long it is, and small enough for a NATS of default settings. */
export const newestLimit = 65_536
export const quotedLimit = 65_536
export const signatureLimit = 4_096
export const headerLimit = 998
export const referencesLimit = 100
export const mailboxesLimit = 20
export const attachmentsLimit = 100

/** Parts of a mail; Haraka and Postfix refuse as many. */
export const partsLimit = 1_000

/** HTML larger than this is not read: no letter has as much, and the plain text beside it says the same. */
export const htmlLimit = 1_048_576
/** The same for plain text: sixteen times what may be newest. */
export const textLimit = 1_048_576
/** Lines of both that are read: ten times what a request of short lines has. */
export const linesLimit = 50_000

/** A mail is more than is read of one. Its message says what there is too much of, in words for the sender. */
export class TooMuchMail extends Error {}
