import { createSignal } from "solid-js"

export type Theme = "system" | "dark" | "light"
const storageKey = "maillm.theme"

const stored = (): Theme => {
  const value = document.documentElement.dataset["theme"]
  return value === "dark" || value === "light" ? value : "system"
}

/** The theme chosen here; `system` follows the machine. public/theme.js applies it before the first paint. */
export const createTheme = () => {
  const [theme, setTheme] = createSignal<Theme>(stored())
  const choose = (next: Theme) => {
    if (next === "system") delete document.documentElement.dataset["theme"]
    else document.documentElement.dataset["theme"] = next
    try {
      if (next === "system") localStorage.removeItem(storageKey)
      else localStorage.setItem(storageKey, next)
    } catch {
      // Storage is off: the choice holds for this page only.
    }
    setTheme(next)
  }
  return { theme, choose }
}
export type ThemeChoice = ReturnType<typeof createTheme>
