import { declarationsOf } from "./htmlStyle.ts"
import type { Declarations } from "./htmlStyle.ts"

/** CSS that is looked at, in characters, and rules that are kept. */
const lengthLimit = 65_536
const rulesLimit = 300
/** Kinds of elements whose rules are remembered. */
const knownLimit = 10_000

interface Rule {
  readonly tag: string | null
  readonly id: string | null
  readonly classes: ReadonlyArray<string>
  readonly css: Declarations
}

const none: Declarations = new Map()

/**
 * The rules of a mail's style sheets, as far as they are about single elements: `p.x`, `#y`, not `div p`. Enough for
 * mails that hide text by class. What holds for other screens only is left out.
 */
export class StyleSheet {
  readonly #rules: Array<Rule> = []
  readonly #known = new Map<string, Declarations>()

  add(text: string): void {
    this.#known.clear()
    this.#read(withoutComments(text.slice(0, lengthLimit)).replace(/<!--|-->/g, ""), 0)
  }

  #read(css: string, level: number): void {
    let at = 0
    while (at < css.length && this.#rules.length < rulesLimit) {
      const open = css.indexOf("{", at)
      if (open < 0) return
      const close = matching(css, open)
      const head = css.slice(at, open).split(";").at(-1)?.trim() ?? ""
      const body = css.slice(open + 1, close)
      if (!head.startsWith("@")) this.#addRule(head, body)
      else if (level === 0 && /^@media\s+(?:only\s+)?(?:all|screen)\s*$/i.test(head)) this.#read(body, 1)
      at = close + 1
    }
  }

  #addRule(head: string, body: string): void {
    const css = declarationsOf(body)
    if (css.size === 0) return
    for (const selector of head.split(",")) {
      const match = /^(\*|[a-z][a-z0-9]*)?((?:\.[\w-]+)*)(?:#([\w-]+))?((?:\.[\w-]+)*)$/i.exec(
        selector.trim(),
      )
      if (match === null || match[0] === "") continue
      this.#rules.push({
        tag: match[1] === undefined || match[1] === "*" ? null : match[1].toLowerCase(),
        id: match[3] ?? null,
        classes: `${match[2] ?? ""}${match[4] ?? ""}`.split(".").filter((name) => name !== ""),
        css,
      })
    }
  }

  /** What holds for an element, its own style included. */
  declarationsFor(tag: string, attributes: Readonly<Record<string, string>>): Declarations {
    const own = attributes["style"] === undefined ? none : declarationsOf(attributes["style"])
    if (this.#rules.length === 0) return own
    const key = `${tag} ${attributes["id"] ?? ""} ${attributes["class"] ?? ""}`
    const known = this.#known.get(key) ?? this.#ruled(tag, attributes)
    if (this.#known.size < knownLimit) this.#known.set(key, known)
    if (known.size === 0) return own
    return own.size === 0 ? known : new Map([...known, ...own])
  }

  #ruled(tag: string, attributes: Readonly<Record<string, string>>): Declarations {
    const classes = new Set(attributes["class"]?.split(/\s+/))
    const rules = this.#rules.filter(
      (rule) =>
        (rule.tag === null || rule.tag === tag) &&
        (rule.id === null || rule.id === attributes["id"]) &&
        rule.classes.every((name) => classes.has(name)),
    )
    return rules.length === 0 ? none : new Map(rules.flatMap(({ css }) => [...css]))
  }
}

/** Without a search from each opening to an end that may not be there. */
const withoutComments = (css: string): string => {
  let kept = ""
  let at = 0
  for (let open = css.indexOf("/*"); open >= 0; open = css.indexOf("/*", at)) {
    kept += css.slice(at, open)
    const close = css.indexOf("*/", open + 2)
    if (close < 0) return kept
    at = close + 2
  }
  return kept + css.slice(at)
}

const matching = (css: string, open: number): number => {
  let depth = 0
  for (let i = open; i < css.length; i++) {
    const character = css[i]
    if (character === "{") depth++
    else if (character === "}" && --depth === 0) return i
  }
  return css.length
}
