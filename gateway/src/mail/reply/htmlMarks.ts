/** How mail clients mark what they quote and sign. Language-free, unlike the words that they put around it. */

export interface ElementMark {
  /** `client`: an old mail. `indent`: a bare blockquote, which a person can have set too. */
  readonly quote?: "client" | "indent"
  readonly role?: "attribution" | "signature"
  /** From here to the end of the mail everything is old. */
  readonly rest?: boolean
  /** Gmail's box around quotes and what is typed between and below them. Without quotes it is a forwarded mail. */
  readonly box?: boolean
}

/** Elements by class, `*` for any tag. Classes are compared without the prefix that Outlook and Yahoo put before. */
const classes: Readonly<Record<string, ElementMark>> = {
  "blockquote.gmail_quote": { quote: "client" },
  "div.gmail_quote": { box: true },
  "*.gmail_attr": { role: "attribution" },
  "*.moz-cite-prefix": { role: "attribution" },
  "*.moz-forward-container": { quote: "client" },
  "*.moz-email-headers-table": { quote: "client" },
  "*.yahoo_quoted": { quote: "client" },
  "*.protonmail_quote": { quote: "client" },
  "*.tutanota_quote": { quote: "client" },
  "*.zmail_extra": { quote: "client" },
  "*.front-blockquote": { quote: "client" },
  "*.spark_quote": { quote: "client" },
  "*.ms-outlook-mobile-reference-message": { quote: "client" },
  "*.OutlookMessageHeader": { rest: true },
  "*.WM-quote": { quote: "client" },
  "*.mb-quote": { quote: "client" },
  "*.mailru-blockquote": { quote: "client" },
  "*.quoted-content": { quote: "client" },
  "*.hs_reply": { quote: "client" },
  "*.mailbird_quote": { quote: "client" },
  "*.mb_reply_content": { quote: "client" },
  "*.missive_quote": { quote: "client" },
  "*.airmail_quote": { quote: "client" },
  "*.ntes-mailmaster-quote": { quote: "client" },
  "*.skiff_quote": { quote: "client" },
  "*.hey_quote": { quote: "client" },
  "*.gmail_signature": { role: "signature" },
  "*.gmail_signature_prefix": { role: "signature" },
  "*.moz-signature": { role: "signature" },
  "*.protonmail_signature_block": { role: "signature" },
  "*.front-signature": { role: "signature" },
  "*.sh-signature": { role: "signature" },
  "*.hs_signature": { role: "signature" },
  "*.tutanota_signature": { role: "signature" },
  "*.email-signature": { role: "signature" },
  "*.missive_signature": { role: "signature" },
  "*.mailbird_signature": { role: "signature" },
  "div.signature": { role: "signature" },
}
const ids: Readonly<Record<string, ElementMark>> = {
  divRplyFwdMsg: { rest: true },
  appendonsend: { rest: true },
  OLK_SRC_BODY_SECTION: { quote: "client" },
  "mail-editor-reference-message-container": { quote: "client" },
  isReplyContent: { quote: "client" },
  ntes_old_mail: { quote: "client" },
  blockquote_zmail: { quote: "client" },
  qt: { quote: "client" },
  replybody1: { quote: "client" },
  "reply-intro": { role: "attribution" },
  Signature: { role: "signature" },
  signature: { role: "signature" },
  AppleMailSignature: { role: "signature" },
  "ms-outlook-mobile-signature": { role: "signature" },
  composer_signature: { role: "signature" },
  ymail_android_signature: { role: "signature" },
  yahoo_android_signature: { role: "signature" },
  mail_signature: { role: "signature" },
  _rc_sig: { role: "signature" },
  "Zm-_Id_-Sgn": { role: "signature" },
}
const names: Readonly<Record<string, ElementMark>> = {
  quote: { quote: "client" },
  "quoted-content": { quote: "client" },
  messageReplySection: { quote: "client" },
  messageSignatureSection: { role: "signature" },
  AppleMailSignature: { role: "signature" },
}

/** Colours of the line that desktop Outlook draws above the header of an old mail. */
const outlookRule =
  /border-top:\s*(?:solid\s+)?(?:#e1e1e1|#b5c4df|(?:1(?:\.0)?pt\s+)?solid\s+(?:#e1e1e1|#b5c4df|rgb\((?:181, ?196, ?223|225, ?225, ?225)\)))|border-color:\s*rgb\((?:181, ?196, ?223|225, ?225, ?225)\)/i

export const markOf = (tag: string, attributes: Readonly<Record<string, string>>): ElementMark | null => {
  const { class: names_, id, name, type } = attributes
  const style = attributes["style"]?.slice(0, 4_096)
  for (const given of names_?.split(/\s+/) ?? []) {
    const plain = given.replace(/^x_/, "").replace(/^ydp[0-9a-z]*?(?=yahoo_)/, "")
    const mark = classes[`${tag}.${plain}`] ?? classes[`*.${plain}`]
    if (mark !== undefined) return mark
  }
  const byId = id === undefined ? undefined : ids[id.replace(/^x_/, "")]
  if (byId !== undefined) return byId
  const byName = name === undefined ? undefined : names[name]
  if (byName !== undefined && tag !== "a" && tag !== "input") return byName
  if (tag === "blockquote") {
    // Gmail's and others' button for indenting.
    if (style !== undefined && /border:\s*(?:none|0)/i.test(style)) return null
    return { quote: type?.toLowerCase() === "cite" ? "client" : "indent" }
  }
  return tag === "div" && style !== undefined && outlookRule.test(style) ? { rest: true } : null
}
