import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Scope from "effect/Scope"
import { Nats } from "@maillm/actors/nats/Nats"
import { buildForEver } from "../src/chaos/labNats.ts"

/** Prints `at <server>` whenever the server that it is connected to is another one: `node cutOffClient.ts <servers>`. */
const servers = process.argv[2] ?? ""
const layer = Nats.layer({ servers, name: "client", replicas: 3 })
const context = await buildForEver(layer, Effect.runSync(Scope.make()))
const { connection } = Context.get(context, Nats)
let last = ""
setInterval(() => {
  const server = connection.getServer()
  if (server === last || !Context.get(context, Nats).connected()) return
  console.log(`at ${server}`)
  last = server
}, 100)
process.stdin.on("end", () => process.exit(0)).resume()
