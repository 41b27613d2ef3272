import { type OrdinaryCalls, ordinaryCalls } from "../ordinary.ts"
import { containerTools } from "./ordinary/containers.ts"
import { documentTools } from "./ordinary/documents.ts"
import { fileTools } from "./ordinary/files.ts"
import { versionControl } from "./ordinary/git.ts"
import { javascriptTools } from "./ordinary/javascript.ts"
import { lesserReaders, lesserTools } from "./ordinary/lesser.ts"
import { nativeTools, smallPackageManagers } from "./ordinary/native.ts"
import { networkTools } from "./ordinary/network.ts"
import { dartPackages, platformTools } from "./ordinary/platforms.ts"
import { pythonTools } from "./ordinary/python.ts"
import { runners } from "./ordinary/running.ts"
import { serviceTools } from "./ordinary/services.ts"
import { anyProgram, readers } from "./ordinary/text.ts"

/** What is ordinary for every program that has rules; of two entries for one call the later holds. */
export const ordinary: OrdinaryCalls = ordinaryCalls({
  free: [readers, lesserReaders, fileTools, versionControl, networkTools, containerTools, serviceTools],
  confined: [
    anyProgram,
    lesserTools,
    runners,
    javascriptTools,
    pythonTools,
    nativeTools,
    smallPackageManagers,
    platformTools,
    dartPackages,
    documentTools,
  ],
})

/** Options of a program that are given the next word, by the table: for rules that look for what comes after them. */
export const givenOptions = (call: string): { readonly short: string; readonly long: string } => {
  const given = [...(ordinary.get(call)?.options ?? [])].filter(
    ([, kind]) => kind !== "flag" && kind !== "grave" && kind !== "last",
  )
  return {
    short: given.flatMap(([name]) => (/^-\w$/.test(name) ? [name.slice(1)] : [])).join(""),
    long: given.flatMap(([name]) => (name.startsWith("--") ? [name] : [])).join(" "),
  }
}
