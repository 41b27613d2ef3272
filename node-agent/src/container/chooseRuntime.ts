import type { RuntimeName } from "@maillm/schema/Turn"

/** Image of the containers unless `MAILLM_IMAGE` names another; `deploy/images/session/build.sh` makes it. */
export const defaultImage = "maillm/session:local"

/** Whether containers can be had: an engine answers and the image is there, or why not, with the remedy. */
export type EngineState =
  | { readonly _tag: "Ready"; readonly version: string; readonly image: string }
  | { readonly _tag: "NoEngine"; readonly reason: string }
  | { readonly _tag: "NoImage"; readonly version: string; readonly image: string }

export type Choice =
  | { readonly _tag: "Chosen"; readonly runtime: RuntimeName; readonly reason: string }
  | { readonly _tag: "Impossible"; readonly reason: string }

/** Docker if it can be had, else the host; what the settings force is done or refused, never replaced. */
export const chooseRuntime = (forced: RuntimeName | null, engine: EngineState): Choice => {
  const buildImage = "Build it with deploy/images/session/build.sh, or name another with MAILLM_IMAGE."
  if (forced === "host") {
    return {
      _tag: "Chosen",
      runtime: "host",
      reason: "host, because MAILLM_RUNTIME says so; panes are not isolated",
    }
  }
  if (engine._tag === "Ready") {
    const why = forced === null ? "an engine answers and the image is there" : "MAILLM_RUNTIME says so"
    return {
      _tag: "Chosen",
      runtime: "docker",
      reason: `docker, because ${why} (Docker ${engine.version}, ${engine.image})`,
    }
  }
  const missing =
    engine._tag === "NoEngine"
      ? `no Docker engine answers (${engine.reason})`
      : `Docker ${engine.version} answers, but the image ${engine.image} is not there`
  if (forced === null) {
    return { _tag: "Chosen", runtime: "host", reason: `host, because ${missing}; panes are not isolated` }
  }
  const remedy =
    engine._tag === "NoEngine"
      ? "Start Docker, let this user reach its socket, or set MAILLM_RUNTIME=host."
      : buildImage
  return { _tag: "Impossible", reason: `MAILLM_RUNTIME is docker, but ${missing}. ${remedy}` }
}
