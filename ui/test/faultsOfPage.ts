/**
 * Runs in the page. What a person with a keyboard, a screen reader or a narrow screen would stumble over: controls
 * without a name, ids used twice, references to nothing, more than one main region or h1, sideways scrolling, and
 * controls too small to touch.
 */
export const faultsOfPage = (): ReadonlyArray<string> => {
  const faults: Array<string> = []
  const shown = (element: Element) => element.getClientRects().length > 0
  const what = (element: Element) =>
    `${element.tagName.toLowerCase()}.${String(element.getAttribute("class"))}`
  const labelOf = (element: Element): string => {
    const by = element.getAttribute("aria-labelledby")
    const named = by === null ? "" : (document.querySelector(`#${CSS.escape(by)}`)?.textContent ?? "")
    const field =
      element instanceof HTMLInputElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement
    const label = field ? [...(element.labels ?? [])].map((item) => item.textContent).join("") : ""
    const inner = element.matches("input, select, textarea") ? "" : (element.textContent ?? "")
    return `${element.getAttribute("aria-label") ?? ""}${named}${label}${inner}`.trim()
  }
  for (const control of document.querySelectorAll(
    "a[href], button, input, select, textarea, [role='button'], summary",
  )) {
    if (shown(control) && labelOf(control) === "") faults.push(`${what(control)} has no name`)
  }
  for (const place of document.querySelectorAll(
    "[role='list'], ul[aria-label], section, nav, [role='group'], [role='toolbar']",
  )) {
    if (shown(place) && !place.hasAttribute("aria-label") && !place.hasAttribute("aria-labelledby")) {
      faults.push(`${what(place)} has no name`)
    }
  }
  for (const picture of document.querySelectorAll("svg")) {
    const hidden = picture.closest("[aria-hidden='true']") !== null
    if (shown(picture) && !hidden && picture.getAttribute("aria-label") === null)
      faults.push(`${what(picture)} is neither hidden nor named`)
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id)
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id ${id} is used twice`)
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for"]) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      const id = element.getAttribute(attribute) ?? ""
      if (document.querySelector(`#${CSS.escape(id)}`) === null)
        faults.push(`${what(element)} points at #${id}, which is not there`)
    }
  }
  for (const one of ["main", "h1"]) {
    const count = [...document.querySelectorAll(one)].filter(shown).length
    if (count !== 1) faults.push(`${count} ${one} elements`)
  }
  if (document.title === "" || document.documentElement.lang === "") faults.push("no title or no language")
  const sideways = document.documentElement.scrollWidth - window.innerWidth
  if (sideways > 0) faults.push(`the page is ${sideways} px too wide`)
  const below = document.documentElement.scrollHeight - window.innerHeight
  if (document.querySelector(".shell") !== null && below > 0)
    faults.push(`the frame itself scrolls by ${below} px`)
  const content = document.querySelector("#content")
  if (content !== null && content.scrollWidth > content.clientWidth)
    faults.push("the content scrolls sideways")
  for (const button of document.querySelectorAll("button, .button")) {
    const box = button.getBoundingClientRect()
    if (shown(button) && (box.width < 20 || box.height < 20))
      faults.push(`${what(button)} is too small to touch`)
  }
  return faults
}
