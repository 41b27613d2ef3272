import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { testAgentLayer } from "./runAgent.ts"

/** A node agent as a process of its own, to be killed: `agentProcess.ts <data folder> <NATS url> <panes> <node> <agents as JSON>`. */
const [dataDir = "", natsUrl = "", panes = "", nodeId = "", agents = "null"] = process.argv.slice(2)
process.once("disconnect", () => process.exit(0))
Effect.runFork(
  Layer.launch(
    Layer.effectDiscard(Effect.sync(() => process.send?.("ready"))).pipe(
      Layer.provideMerge(
        testAgentLayer({
          dataDir,
          natsUrl,
          runtime: "host",
          paneLimit: Number(panes),
          nodeId,
          agents: JSON.parse(agents),
        }),
      ),
    ),
  ),
)
