import * as Context from "effect/Context"
import { defaultImage } from "./chooseRuntime.ts"

/** Image that the users' containers are made from: `MAILLM_IMAGE`. */
export const SessionImage = Context.Reference<string>("@maillm/node-agent/SessionImage", {
  defaultValue: () => defaultImage,
})
