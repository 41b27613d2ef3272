/** A document for xterm.js under a policy that refuses inline styles. */
export interface AdoptedStyles {
  readonly document: Document
  readonly during: (open: () => void) => void
  readonly dispose: () => void
}

/**
 * Drawing without WebGL, xterm.js sets the style attribute of cells whose colours are beyond the palette; the policy
 * refuses that too. Spans of this page set it through CSSOM instead, which is allowed and means the same.
 */
const setStylesOfSpansByScript = () => {
  HTMLSpanElement.prototype.setAttribute = function (name: string, value: string) {
    if (name === "style") this.style.cssText = value
    else Element.prototype.setAttribute.call(this, name, value)
  }
}

/**
 * xterm.js makes `<style>` elements, which a strict content security policy refuses. This document gives it, for
 * each of them, an element whose text goes into a constructed style sheet: those are the page's own doing and need no
 * `unsafe-inline`. xterm's viewport takes the page's own document whatever it is given, so `during` lends that one the
 * same `createElement` while the terminal is opened. `dispose` takes the sheets out again.
 */
export const adoptStyles = (real: Document): AdoptedStyles => {
  setStylesOfSpansByScript()
  const sheets: Array<CSSStyleSheet> = []
  const makeStyle = (): HTMLElement => {
    const sheet = new CSSStyleSheet()
    sheets.push(sheet)
    real.adoptedStyleSheets = [...real.adoptedStyleSheets, sheet]
    const element = Document.prototype.createElement.call(real, "span")
    element.hidden = true
    let text = ""
    Object.defineProperty(element, "textContent", {
      get: () => text,
      set: (value: unknown) => {
        text = String(value)
        sheet.replaceSync(text)
      },
    })
    return element
  }
  const document = new Proxy(real, {
    get: (target, property) => {
      if (property === "createElement") {
        return (name: string) => (name === "style" ? makeStyle() : target.createElement(name))
      }
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === "function" ? value.bind(target) : value
    },
    set: (target, property, value) => Reflect.set(target, property, value, target),
  })
  const during = (open: () => void) => {
    const create = real.createElement.bind(real)
    Object.defineProperty(real, "createElement", {
      configurable: true,
      value: (name: string, options?: ElementCreationOptions) =>
        name === "style" ? makeStyle() : create(name, options),
    })
    try {
      open()
    } finally {
      // The own property hides Document.prototype's; without it the original is back.
      Reflect.deleteProperty(real, "createElement")
    }
  }
  return {
    document,
    during,
    dispose: () => {
      real.adoptedStyleSheets = real.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet))
    },
  }
}
