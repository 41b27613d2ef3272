/** What the doctor found out about one thing. */
export interface Check {
  readonly name: string
  /** `wrong`: maillm does not start, or does not do what it is set to. `warning`: it does, but not as it could. */
  readonly state: "ok" | "warning" | "wrong"
  readonly detail: string
  /** What to do; empty when it is ok. */
  readonly remedy: string
}

/** Other programs' words come in many lines. */
const oneLine = (text: string) => text.replace(/\s+/g, " ").trim()

export const ok = (name: string, detail: string): Check => ({
  name,
  state: "ok",
  detail: oneLine(detail),
  remedy: "",
})

export const warning = (name: string, detail: string, remedy: string): Check => ({
  name,
  state: "warning",
  detail: oneLine(detail),
  remedy,
})

export const wrong = (name: string, detail: string, remedy: string): Check => ({
  name,
  state: "wrong",
  detail: oneLine(detail),
  remedy,
})

/** A line such as "what is wrong: what to do". */
export const wrongLine = (name: string, line: string): Check => {
  const colon = line.indexOf(": ")
  return colon === -1
    ? wrong(name, line, "mend it as it says")
    : wrong(name, line.slice(0, colon), line.slice(colon + 2))
}
