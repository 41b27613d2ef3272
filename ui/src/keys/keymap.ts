/** What a key press means, apart from where it is heard. */
export type KeyAction =
  | { readonly _tag: "Go"; readonly path: string }
  | { readonly _tag: "Palette" }
  | { readonly _tag: "Compose" }
  | { readonly _tag: "Help" }
  | { readonly _tag: "Back" }
  | { readonly _tag: "Move"; readonly by: 1 | -1 }
  | { readonly _tag: "Search" }
  /** Answers the approval that has the focus. */
  | { readonly _tag: "Answer"; readonly decision: "allow" | "deny" }

export interface KeyPress {
  readonly key: string
  readonly ctrl: boolean
  readonly meta: boolean
  readonly alt: boolean
  readonly shift: boolean
  readonly atMillis: number
  /** The key is held down and came again by itself. */
  readonly repeat: boolean
  /** Where the focus is: a text field keeps its letters, a terminal keeps nearly everything. */
  readonly focus: "page" | "field" | "terminal" | "overlay"
}

/** A first key that waits for its second, as in `g r`. */
export interface KeyState {
  readonly prefix: { readonly key: "g"; readonly atMillis: number } | null
}
export const noKeys: KeyState = { prefix: null }

/** How long a first key waits. */
export const prefixMillis = 1_200

const rooms: Readonly<Record<string, string>> = {
  a: "/needs-you",
  r: "/requests",
  s: "/sessions",
  m: "/messages",
  y: "/system",
  d: "/addresses",
}

const single: Readonly<Record<string, KeyAction>> = {
  j: { _tag: "Move", by: 1 },
  k: { _tag: "Move", by: -1 },
  c: { _tag: "Compose" },
  a: { _tag: "Answer", decision: "allow" },
  d: { _tag: "Answer", decision: "deny" },
  "?": { _tag: "Help" },
  "/": { _tag: "Search" },
  Escape: { _tag: "Back" },
}

const isPalette = (press: KeyPress) => {
  if (press.key.toLowerCase() !== "k" || press.alt) return false
  // Ctrl-K cuts the line in a shell, so in a terminal the palette wants Shift too; ⌘-K is free everywhere.
  if (press.focus === "terminal") return press.meta || (press.ctrl && press.shift)
  return press.ctrl || press.meta
}

export const pressKey = (
  state: KeyState,
  press: KeyPress,
): { readonly state: KeyState; readonly action: KeyAction | null } => {
  if (isPalette(press)) return { state: noKeys, action: { _tag: "Palette" } }
  const modified = press.ctrl || press.meta || press.alt
  if (modified || press.focus === "terminal" || press.focus === "overlay") {
    return { state: noKeys, action: null }
  }
  if (press.focus === "field") {
    return { state: noKeys, action: press.key === "Escape" ? { _tag: "Back" } : null }
  }
  if (state.prefix !== null && press.atMillis - state.prefix.atMillis <= prefixMillis) {
    const path = rooms[press.key]
    return { state: noKeys, action: path === undefined ? null : { _tag: "Go", path } }
  }
  if (press.key === "g") return { state: { prefix: { key: "g", atMillis: press.atMillis } }, action: null }
  const action = single[press.key] ?? null
  // A key that is leant on must not answer one question after the other.
  if (action?._tag === "Answer" && press.repeat) return { state: noKeys, action: null }
  return { state: noKeys, action }
}

/** The keys as the help shows them. */
export const keyHelp: ReadonlyArray<{
  readonly group: string
  readonly keys: ReadonlyArray<readonly [string, string]>
}> = [
  {
    group: "Anywhere",
    keys: [
      ["Ctrl/⌘ K", "Open anything by name"],
      ["c", "New request"],
      ["/", "Search this list"],
      ["Esc", "Back"],
      ["?", "These keys"],
    ],
  },
  {
    group: "Go to",
    keys: [
      ["g a", "Needs you"],
      ["g r", "Requests"],
      ["g s", "Sessions"],
      ["g m", "Messages"],
      ["g y", "System"],
      ["g d", "Addresses"],
    ],
  },
  {
    group: "In a list",
    keys: [
      ["j", "Next"],
      ["k", "Previous"],
      ["Enter", "Open"],
    ],
  },
  {
    group: "On a question",
    keys: [
      ["a", "Allow"],
      ["d", "Deny, with a note if you like"],
    ],
  },
  {
    group: "In a terminal",
    keys: [
      ["Shift F6", "Leave the terminal"],
      ["Ctrl Shift F", "Search"],
      ["Ctrl Shift C", "Copy the selection"],
      ["Ctrl Shift K", "Open anything by name"],
    ],
  },
]
