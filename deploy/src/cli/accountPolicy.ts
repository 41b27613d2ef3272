import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Me, PolicyTaken } from "@maillm/schema/api/SystemApi"
import { actionClasses, defaultPolicy, mergePolicies, PolicyLayer } from "@maillm/schema/Policy"
import { readSettings } from "../local/readSettings.ts"
import { callApi } from "./callApi.ts"
import { CliFailure } from "./CliFailure.ts"
import { readInput } from "./readInput.ts"
import { textTable } from "./textTable.ts"

const layerLimitBytes = 64 * 1_024
const decodeLayer = Schema.decodeUnknownResult(Schema.fromJsonString(PolicyLayer))

/** `maillm policy show`: what holds for the account of the running maillm, class by class. */
export const showPolicy = async (json: boolean): Promise<boolean> => {
  const settings = readSettings(process.env, process.cwd())
  const { user } = await callApi(settings, { path: "/api/me", answer: Me })
  const account = user.policy ?? {}
  const effective = mergePolicies(settings.agents.policy, account)
  if (json) {
    console.log(JSON.stringify({ installation: settings.agents.policy, account, effective }))
    return true
  }
  const rows = actionClasses.map((name) => {
    const action = effective.classes[name]
    const installed = settings.agents.policy.classes[name]
    const from =
      action !== installed
        ? "your account"
        : installed === defaultPolicy.classes[name]
          ? "built in"
          : "MAILLM_POLICY"
    return [name, action, from]
  })
  console.log(textTable(["class", "agents may", "by"], rows, new Set()).join("\n"))
  return true
}

/** `maillm policy set`: the layer on standard input becomes the account's. */
export const setPolicy = async (json: boolean): Promise<boolean> => {
  const example = `echo '{"classes": {"git-push": "allow"}}' | maillm policy set`
  const text = (await readInput("policy", example, layerLimitBytes)).toString("utf8")
  const layer = decodeLayer(text)
  if (Result.isFailure(layer)) throw new CliFailure(`this is no layer of a policy: ${layer.failure.message}`)
  const settings = readSettings(process.env, process.cwd())
  const taken = await callApi(settings, { path: "/api/me/policy", body: layer.success, answer: PolicyTaken })
  console.log(json ? JSON.stringify(taken) : "It holds for requests that come from now on.")
  return true
}
