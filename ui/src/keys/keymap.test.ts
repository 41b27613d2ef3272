import { expect, it } from "vitest"
import { type KeyAction, type KeyPress, noKeys, prefixMillis, pressKey } from "./keymap.ts"

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrl: false,
  meta: false,
  alt: false,
  shift: false,
  atMillis: 0,
  repeat: false,
  focus: "page",
  ...more,
})
const action = (given: KeyPress) => pressKey(noKeys, given).action

const cases: ReadonlyArray<readonly [name: string, given: KeyPress, expected: KeyAction | null]> = [
  ["Ctrl-K opens the palette", press("k", { ctrl: true }), { _tag: "Palette" }],
  ["⌘-K opens the palette", press("k", { meta: true }), { _tag: "Palette" }],
  ["Ctrl-K in a field opens it too", press("k", { ctrl: true, focus: "field" }), { _tag: "Palette" }],
  ["Ctrl-K in a terminal is the shell's", press("k", { ctrl: true, focus: "terminal" }), null],
  [
    "Ctrl-Shift-K in a terminal opens it",
    press("K", { ctrl: true, shift: true, focus: "terminal" }),
    { _tag: "Palette" },
  ],
  ["⌘-K in a terminal opens it", press("k", { meta: true, focus: "terminal" }), { _tag: "Palette" }],
  ["j is next", press("j"), { _tag: "Move", by: 1 }],
  ["k is previous", press("k"), { _tag: "Move", by: -1 }],
  ["c composes", press("c"), { _tag: "Compose" }],
  ["a allows", press("a"), { _tag: "Answer", decision: "allow" }],
  ["d denies", press("d"), { _tag: "Answer", decision: "deny" }],
  ["a held down allows nothing", press("a", { repeat: true }), null],
  ["d held down denies nothing", press("d", { repeat: true }), null],
  ["Ctrl-A selects", press("a", { ctrl: true }), null],
  ["j held down goes on", press("j", { repeat: true }), { _tag: "Move", by: 1 }],
  ["? helps", press("?", { shift: true }), { _tag: "Help" }],
  ["/ searches", press("/"), { _tag: "Search" }],
  ["Esc goes back", press("Escape"), { _tag: "Back" }],
  ["Esc leaves a field", press("Escape", { focus: "field" }), { _tag: "Back" }],
  ["letters in a field are text", press("c", { focus: "field" }), null],
  ["Esc in a terminal is the program's", press("Escape", { focus: "terminal" }), null],
  ["an overlay has its own keys", press("Escape", { focus: "overlay" }), null],
  ["Ctrl-C copies", press("c", { ctrl: true }), null],
  ["Alt-J is the browser's", press("j", { alt: true }), null],
]
it.each(cases)("%s", (_name, given, expected) => expect(action(given)).toEqual(expected))

const sequences: ReadonlyArray<readonly [second: string, path: string | null]> = [
  ["a", "/needs-you"],
  ["r", "/requests"],
  ["s", "/sessions"],
  ["m", "/messages"],
  ["y", "/system"],
  ["d", "/addresses"],
  ["x", null],
  ["j", null],
]
it.each(sequences)("g %s", (second, path) => {
  const first = pressKey(noKeys, press("g"))
  expect(first.action).toBeNull()
  const next = pressKey(first.state, press(second, { atMillis: 300 }))
  expect(next.action).toEqual(path === null ? null : { _tag: "Go", path })
  expect(next.state).toEqual(noKeys)
})

it("forgets the g when the second key is late", () => {
  const first = pressKey(noKeys, press("g"))
  const late = pressKey(first.state, press("c", { atMillis: prefixMillis + 1 }))
  expect(late.action).toEqual({ _tag: "Compose" })
})

it("starts no sequence in a field or a terminal", () => {
  for (const focus of ["field", "terminal", "overlay"] as const) {
    expect(pressKey(noKeys, press("g", { focus })).state).toEqual(noKeys)
  }
})
