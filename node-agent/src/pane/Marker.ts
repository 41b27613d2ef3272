/** What a pane's shell says about itself; see driver/shellIntegration.ts. */
export type Marker =
  /** `pid` is the shell's, as it sees itself; null when it said none. */
  | { readonly _tag: "Idle"; readonly pid: number | null }
  | { readonly _tag: "Busy" }
  | { readonly _tag: "More" }
  | {
      readonly _tag: "Cleared"
      readonly token: string
      /** The last turn that the shell began, empty if none. */
      readonly turnId: string
      /** Its exit code, null while it has not ended. */
      readonly exitCode: number | null
    }
  | { readonly _tag: "Typed"; readonly sha256: string }
  | { readonly _tag: "Refused"; readonly turnId: string }
  | { readonly _tag: "Start"; readonly turnId: string }
  | { readonly _tag: "End"; readonly turnId: string; readonly exitCode: number }
  | { readonly _tag: "Exit"; readonly turnId: string; readonly exitCode: number | null }

/** Longest marker body that is looked for; ids are at most 64 characters. */
export const markerLimitBytes = 256

/** The marker that a body spells, or null when it is none of ours. */
export const parseMarker = (body: string): Marker | null => {
  const [name, first = "", second = "", third = ""] = body.split(";")
  switch (name) {
    case "idle":
      return { _tag: "Idle", pid: /^\d{1,10}$/.test(first) ? Number(first) : null }
    case "busy":
      return { _tag: "Busy" }
    case "more":
      return { _tag: "More" }
    case "cleared":
      return { _tag: "Cleared", token: first, turnId: second, exitCode: exitCode(third) }
    case "typed":
      return { _tag: "Typed", sha256: first }
    case "refused":
      return { _tag: "Refused", turnId: first }
    case "start":
      return { _tag: "Start", turnId: first }
    case "end": {
      const code = exitCode(second)
      return code === null ? null : { _tag: "End", turnId: first, exitCode: code }
    }
    case "exit":
      return { _tag: "Exit", turnId: first, exitCode: exitCode(second) }
    default:
      return null
  }
}

const exitCode = (text: string): number | null => (/^\d{1,3}$/.test(text) ? Number(text) : null)
