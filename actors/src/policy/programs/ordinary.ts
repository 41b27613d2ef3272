import { type OrdinaryCalls, ordinaryCalls } from "../ordinary.ts"
import { containerTools } from "./ordinary/containers.ts"
import { documentTools } from "./ordinary/documents.ts"
import { fileTools } from "./ordinary/files.ts"
import { versionControl } from "./ordinary/git.ts"
import { javascriptTools } from "./ordinary/javascript.ts"
import { nativeTools, smallPackageManagers } from "./ordinary/native.ts"
import { networkTools } from "./ordinary/network.ts"
import { dartPackages, platformTools } from "./ordinary/platforms.ts"
import { pythonTools } from "./ordinary/python.ts"
import { runners } from "./ordinary/running.ts"
import { serviceTools } from "./ordinary/services.ts"
import { anyProgram, readers } from "./ordinary/text.ts"

/** What is ordinary for every program that has rules; of two entries for one call the later holds. */
export const ordinary: OrdinaryCalls = ordinaryCalls({
  free: [readers, fileTools, versionControl, networkTools, containerTools, serviceTools],
  confined: [
    anyProgram,
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
