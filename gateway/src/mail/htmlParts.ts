/**
 * Parts of an HTML mail that look the same where styles count and where only tables do: Outlook on Windows sets no padding,
 * background or width on anything but a table's cell.
 */

const row = '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="width:100%'

/** Text in a shaded box. `inner` is HTML. */
export const boxed = (inner: string, margin = "0 0 14px", padding = "14px 16px"): string =>
  `${row};margin:${margin}"><tr><td class="box" bgcolor="#f0f1f4" style="padding:${padding};background:#f0f1f4;border-radius:6px">` +
  `${inner}</td></tr></table>\n`

/** A link that looks like a button. `href` and `label` are HTML. */
export const button = (href: string, label: string): string =>
  `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:22px 0 0"><tr>` +
  `<td class="button" bgcolor="#5b4fd6" style="padding:9px 16px;background:#5b4fd6;border-radius:6px">` +
  `<a class="button-link" href="${href}" style="display:block;color:#ffffff;font-size:14px;font-weight:600;text-decoration:none">${label}</a>` +
  `</td></tr></table>\n`

/** The page: as wide as the window and 784 pixels at most. */
export const page = (inner: string, font: string): string =>
  `${row};background:#ffffff" class="ground" bgcolor="#ffffff"><tr><td align="left">
<!--[if mso]><table role="presentation" width="784" cellpadding="0" cellspacing="0"><tr><td><![endif]-->
${row};max-width:784px"><tr><td class="page" style="padding:28px 28px 36px;font-family:${font};font-size:15px;line-height:1.55;color:#16181d;overflow-wrap:anywhere">
${inner}
</td></tr></table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>`
