import { createHash } from "node:crypto"

/** Of the console's tokens.css those that this page needs; approveStyles.test.ts holds them to be the same. */
export const tokens: Readonly<Record<string, string>> = {
  "--color-page": "light-dark(#fcfcfd, #0d0e11)",
  "--color-surface": "light-dark(#ffffff, #131519)",
  "--color-hover": "light-dark(#f0f1f4, #1b1e24)",
  "--color-line": "light-dark(#e3e5ea, #24272e)",
  "--color-line-strong": "light-dark(#cbcfd7, #393e48)",
  "--color-control-line": "light-dark(#868d99, #6b7280)",
  "--color-text": "light-dark(#16181d, #e9ebef)",
  "--color-text-quiet": "light-dark(#4d5461, #aab0bc)",
  "--color-text-faint": "light-dark(#636a77, #8d94a1)",
  "--color-accent-fill": "light-dark(#5b4fd6, #6459dd)",
  "--color-accent-fill-hover": "light-dark(#4a3fc2, #6f64e4)",
  "--color-on-accent": "light-dark(#ffffff, #ffffff)",
  "--color-focus": "light-dark(#5b4fd6, #a79dff)",
  "--color-state-idle": "light-dark(#5a616e, #9aa1ae)",
  "--color-state-waiting": "light-dark(#875000, #f2b84b)",
  "--color-state-done": "light-dark(#12693a, #5bcb8e)",
  "--color-state-failed": "light-dark(#bd2130, #ff8480)",
  "--color-tint-waiting": "light-dark(#fdf1da, #2d220c)",
  "--color-tint-done": "light-dark(#e2f5ea, #0f2a1c)",
  "--color-tint-failed": "light-dark(#fdeaec, #371618)",
  "--color-tint-neutral": "light-dark(#edeff2, #20242b)",
  "--color-terminal": "light-dark(#fbfbfc, #0a0b0d)",
  "--color-terminal-text": "light-dark(#1d2026, #dfe2e8)",
  "--shadow-raised": "0 1px 2px light-dark(rgb(22 24 29 / 0.06), rgb(0 0 0 / 0.4))",
  "--space-1": "0.25rem",
  "--space-2": "0.5rem",
  "--space-3": "0.75rem",
  "--space-4": "1rem",
  "--space-5": "1.5rem",
  "--space-6": "2rem",
  "--radius-medium": "6px",
  "--radius-large": "10px",
  "--radius-round": "999px",
  "--font-sans": '"Source Sans 3 Variable", system-ui, sans-serif',
  "--font-mono": '"JetBrains Mono", ui-monospace, monospace',
  "--text-small": "0.8125rem",
  "--text-body": "0.9375rem",
  "--text-large": "1.0625rem",
  "--text-title": "1.375rem",
  "--text-mono": "0.8125rem",
  "--line-tight": "1.25",
  "--line-body": "1.45",
  "--weight-medium": "550",
  "--weight-strong": "650",
}

const rules = `
*,*::before,*::after{box-sizing:border-box}
html{background:var(--color-page);color:var(--color-text);font-family:var(--font-sans);line-height:var(--line-body);-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;font-size:var(--text-body)}
h1,p,dl,dd,figure,pre{margin:0}
main{width:min(44rem,100%);margin:0 auto;padding:var(--space-5) var(--space-4) var(--space-6)}
.brand{display:flex;align-items:center;gap:.55rem;margin-bottom:var(--space-5);font-size:var(--text-large);font-weight:var(--weight-strong);letter-spacing:-.01em}
.brand rect{fill:var(--color-accent-fill)}
.brand path{fill:none;stroke:var(--color-on-accent);stroke-width:3;stroke-linecap:round;stroke-linejoin:round}
.card{display:grid;gap:var(--space-4);padding:var(--space-5);border:1px solid var(--color-line);border-radius:var(--radius-large);background:var(--color-surface);box-shadow:var(--shadow-raised)}
.card>*{min-width:0}
.badge{display:inline-flex;align-items:center;gap:.4rem;justify-self:start;padding:.125rem .65rem .125rem .5rem;border-radius:var(--radius-round);background:var(--tint);color:var(--state);font-size:var(--text-small);font-weight:var(--weight-medium)}
.badge svg{flex:none}
[data-tone=waiting]{--state:var(--color-state-waiting);--tint:var(--color-tint-waiting)}
[data-tone=done]{--state:var(--color-state-done);--tint:var(--color-tint-done)}
[data-tone=failed]{--state:var(--color-state-failed);--tint:var(--color-tint-failed)}
[data-tone=idle]{--state:var(--color-state-idle);--tint:var(--color-tint-neutral)}
h1{font-size:var(--text-title);font-weight:var(--weight-strong);line-height:var(--line-tight);letter-spacing:-.01em;text-wrap:balance}
.quiet{color:var(--color-text-quiet)}
.lead{display:grid;gap:var(--space-2)}
.others{unicode-bidi:isolate;overflow-wrap:anywhere}
figure{border:1px solid var(--color-line-strong);border-radius:var(--radius-medium);background:var(--color-terminal);overflow:hidden}
figcaption{display:flex;flex-wrap:wrap;gap:0 var(--space-3);padding:var(--space-2) var(--space-3);border-bottom:1px solid var(--color-line);color:var(--color-text-quiet);font-size:var(--text-small)}
figcaption b{color:var(--color-text);font-weight:var(--weight-medium)}
pre,.mono{font-family:var(--font-mono);font-size:var(--text-mono);font-variant-ligatures:none}
pre{padding:var(--space-3);color:var(--color-terminal-text);line-height:1.6;white-space:pre-wrap;overflow-wrap:anywhere;direction:ltr;unicode-bidi:bidi-override}
.escape{border-radius:3px;background:var(--color-tint-waiting);color:var(--color-state-waiting)}
dl{display:grid;grid-template-columns:auto 1fr;gap:.35rem var(--space-4);font-size:var(--text-small)}
dt{color:var(--color-text-faint)}
dd{min-width:0;font-variant-numeric:tabular-nums}
form{display:grid;gap:var(--space-4);padding-top:var(--space-4);border-top:1px solid var(--color-line)}
label{display:grid;gap:var(--space-1);font-size:var(--text-small);color:var(--color-text-quiet)}
textarea{width:100%;min-height:2.75rem;padding:var(--space-2) var(--space-3);border:1px solid var(--color-control-line);border-radius:var(--radius-medium);background:var(--color-page);color:var(--color-text);font:inherit;font-size:1rem;resize:vertical}
.answers{display:grid;grid-template-columns:1fr 1fr;gap:var(--space-3)}
button{min-height:2.75rem;padding:0 var(--space-4);border:1px solid var(--color-control-line);border-radius:var(--radius-medium);background:var(--color-surface);color:var(--color-text);font:inherit;font-weight:var(--weight-strong);cursor:pointer}
button:hover{background:var(--color-hover)}
button.allow{border-color:transparent;background:var(--color-accent-fill);color:var(--color-on-accent)}
button.allow:hover{background:var(--color-accent-fill-hover)}
:focus-visible{outline:2px solid var(--color-focus);outline-offset:2px}
.small{font-size:var(--text-small);color:var(--color-text-faint)}
@media (max-width:30rem){main{padding:var(--space-4) var(--space-3) var(--space-5)}.card{padding:var(--space-4)}}
@media (pointer:coarse){button{min-height:3rem}}
`

export const approveStyles = `:root{color-scheme:light dark;${Object.entries(tokens)
  .map(([name, value]) => `${name}:${value}`)
  .join(";")}}${rules}`

/** The one style sheet, by its hash, and a form to the page itself: nothing else (CSP 3, 6.7.3.3). */
export const approvePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(approveStyles).digest("base64")}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ")
