import Monitor from "lucide-solid/icons/monitor"
import Moon from "lucide-solid/icons/moon"
import Sun from "lucide-solid/icons/sun"
import { Match, Switch } from "solid-js"
import { useConsole } from "../state/ConsoleContext.ts"
import type { Theme } from "../state/theme.ts"

const next: Readonly<Record<Theme, Theme>> = { system: "dark", dark: "light", light: "system" }
const words: Readonly<Record<Theme, string>> = { system: "as the system", dark: "dark", light: "light" }

/** One button: as the system, dark, light. */
export const ThemeSwitch = () => {
  const { theme } = useConsole()
  const label = () => `Theme: ${words[theme.theme()]}. Change to ${words[next[theme.theme()]]}`
  return (
    <button
      class="button quiet icon"
      type="button"
      aria-label={label()}
      title={label()}
      onClick={() => theme.choose(next[theme.theme()])}
    >
      <Switch>
        <Match when={theme.theme() === "system"}>
          <Monitor size={15} aria-hidden="true" />
        </Match>
        <Match when={theme.theme() === "dark"}>
          <Moon size={15} aria-hidden="true" />
        </Match>
        <Match when={theme.theme() === "light"}>
          <Sun size={15} aria-hidden="true" />
        </Match>
      </Switch>
    </button>
  )
}
