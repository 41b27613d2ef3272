import { chooseRuntime, defaultImage } from "@maillm/node-agent/container/chooseRuntime"
import type { EngineState } from "@maillm/node-agent/container/chooseRuntime"
import { DockerEngine } from "@maillm/node-agent/container/DockerEngine"
import type { LocalSettings } from "../../local/readSettings.ts"
import { ok, warning, wrong } from "./Check.ts"
import type { Check } from "./Check.ts"

/** The Docker engine with the image of sessions, and where panes would run. */
export const runtimeChecks = async (settings: LocalSettings): Promise<ReadonlyArray<Check>> => {
  const image = settings.image ?? defaultImage
  const engine = await new DockerEngine().state(image)
  return [engineCheck(settings, engine), chosenCheck(settings, engine)]
}

const engineCheck = ({ runtime }: LocalSettings, engine: EngineState): Check => {
  if (engine._tag === "Ready") return ok("docker", `engine ${engine.version}, image ${engine.image}`)
  const [detail, remedy] =
    engine._tag === "NoEngine"
      ? [`no engine answers (${engine.reason})`, "start Docker and let this user reach its socket"]
      : [
          `engine ${engine.version} answers, but the image ${engine.image} is not there`,
          "build it with deploy/images/session/build.sh, or name another with MAILLM_IMAGE",
        ]
  if (runtime === "host") return ok("docker", `${detail}; not needed, because MAILLM_RUNTIME is host`)
  return runtime === "docker"
    ? wrong("docker", detail, `${remedy}; or set MAILLM_RUNTIME=host`)
    : warning("docker", detail, `${remedy}, so that panes are isolated`)
}

const chosenCheck = ({ runtime }: LocalSettings, engine: EngineState): Check => {
  const choice = chooseRuntime(runtime, engine)
  if (choice._tag === "Impossible")
    return wrong("runtime", "docker is asked for and cannot be had", "see docker above")
  return choice.runtime === "host" && runtime === null
    ? warning(
        "runtime",
        choice.reason,
        "commands in mails run as this user: use Docker, or accept it with MAILLM_RUNTIME=host",
      )
    : ok("runtime", choice.reason)
}
