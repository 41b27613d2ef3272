/**
 * xterm.js makes `<style>` elements, which a strict content security policy refuses. This document gives it, for
 * each of them, an element whose text goes into a constructed style sheet: those are the page's own doing and need no
 * `unsafe-inline`. `dispose` takes the sheets out again.
 */
export const adoptStyles = (
  real: Document,
): { readonly document: Document; readonly dispose: () => void } => {
  const sheets: Array<CSSStyleSheet> = []
  const makeStyle = (): HTMLElement => {
    const sheet = new CSSStyleSheet()
    sheets.push(sheet)
    real.adoptedStyleSheets = [...real.adoptedStyleSheets, sheet]
    const element = real.createElement("span")
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
  return {
    document,
    dispose: () => {
      real.adoptedStyleSheets = real.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet))
    },
  }
}
