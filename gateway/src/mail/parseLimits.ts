/** Bounds within those of schema/Message `ParsedMail`, in UTF-16 code units. */
/** Twice what a request may have: enough to say how long it is, and small enough for a NATS of default settings. */
export const newestLimit = 65_536
export const quotedLimit = 65_536
export const signatureLimit = 4_096
export const headerLimit = 998
export const referencesLimit = 100
export const mailboxesLimit = 20
export const attachmentsLimit = 100

/** HTML larger than this is not converted: html-to-text takes seconds for hostile nesting from there on. */
export const htmlLimit = 262_144
/** Plain text larger than this is split by plain rules only: the reply parser's expressions backtrack. */
export const replyParserLimit = 65_536
