import { readFileSync } from "node:fs"
import { Zone, ZoneWrong } from "@maillm/gateway/dns/Zone"
import { CliFailure } from "./CliFailure.ts"

/** A file that answers in place of the DNS: `{"name TYPE": [records]}`. */
export const readZone = (path: string): Zone => {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"))
    return Zone.from(value)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CliFailure(
      `the zone file ${path} ${error instanceof ZoneWrong ? "is wrong" : "cannot be read"}: ${why}`,
    )
  }
}
