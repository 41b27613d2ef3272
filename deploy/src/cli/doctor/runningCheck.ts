import { HealthReport } from "@maillm/schema/api/SystemApi"
import type { LocalSettings } from "../../local/readSettings.ts"
import { callApi } from "../callApi.ts"
import { ok, wrong, wrongLine } from "./Check.ts"
import type { Check } from "./Check.ts"

/** What the maillm that holds the data folder answers at `/ready`. */
export const runningCheck = async (settings: LocalSettings): Promise<Check> => {
  try {
    const report = await callApi(settings, { path: "/ready", answer: HealthReport, alsoRead: [503] })
    if (report.status === "ok") return ok("running maillm", `${report.version} is ready`)
    const amiss = report.components.filter(({ state }) => state !== "ok")
    return wrong(
      "running maillm",
      `${report.version} is ${report.status}, ${amiss.map(({ name, detail }) => `${name}: ${detail}`).join("; ")}`,
      "do as it says there; maillm status shows every component",
    )
  } catch (error) {
    return wrongLine("running maillm", error instanceof Error ? error.message : String(error))
  }
}
