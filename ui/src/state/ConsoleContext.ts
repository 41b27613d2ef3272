import type { Me } from "@maillm/schema/api/SystemApi"
import { createContext, useContext } from "solid-js"
import type { ApiClient } from "../api/ApiClient.ts"
import type { LiveSocket } from "../api/Backend.ts"
import type { ApprovalDesk } from "./createApprovalDesk.ts"
import type { ConsoleStore } from "./consoleStore.ts"
import type { ThemeChoice } from "./theme.ts"

/** What every view may use. There is one, made by Root. */
export interface Console {
  readonly api: ApiClient
  readonly store: ConsoleStore
  readonly theme: ThemeChoice
  readonly approvals: ApprovalDesk
  /** Null until signed in. */
  readonly me: () => Me | null
  readonly socket: () => LiveSocket | null
  readonly onSignedOut: () => void
  readonly signedIn: () => Promise<void>
  readonly openPalette: () => void
  readonly say: (text: string) => void
}

export const ConsoleContext = createContext<Console>()

export const useConsole = (): Console => {
  const value = useContext(ConsoleContext)
  if (value === undefined) throw new Error("ConsoleContext is missing: render this below Root")
  return value
}
