import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as PrometheusMetrics from "effect/observability/PrometheusMetrics"
import { ReadModel } from "@maillm/actors/readmodel/ReadModel"
import { SocketCount } from "../live/SocketCount.ts"
import { Health } from "./Health.ts"
import { StreamReports } from "./StreamReports.ts"

/** `/health`: 200 while the process lives. `/ready`: 200 only when mail would be accepted. Both say why. */
export const ProbeRoutes = HttpRouter.use(
  Effect.fn(function* (router) {
    const health = yield* Health
    const metrics = yield* makeMetrics
    yield* router.add(
      "GET",
      "/health",
      Effect.map(health.health, (report) => HttpServerResponse.jsonUnsafe(report)),
    )
    yield* router.add(
      "GET",
      "/ready",
      Effect.map(health.ready, (report) =>
        HttpServerResponse.jsonUnsafe(report, { status: report.status === "ok" ? 200 : 503 }),
      ),
    )
    yield* router.add(
      "GET",
      "/metrics",
      Effect.map(metrics, (text) =>
        HttpServerResponse.text(text, { contentType: "text/plain; version=0.0.4; charset=utf-8" }),
      ),
    )
  }),
)

type Labels = Readonly<Record<string, string>>

/**
 * Prometheus text: what Effect's registry counts, and gauges read when asked. The gauges are written here and
 * not kept in the registry, which would go on showing consumers that are long gone.
 */
const makeMetrics = Effect.gen(function* () {
  const readModel = yield* ReadModel
  const reports = yield* StreamReports
  const health = yield* Health
  const sockets = yield* SocketCount
  return Effect.gen(function* () {
    const counts = yield* Effect.orElseSucceed(readModel.requestCounts, () => ({}))
    const streams = yield* Effect.orElseSucceed(reports.all, () => [])
    const lag = yield* health.lag
    const components = yield* health.components
    const consumers = streams.flatMap((stream) =>
      stream.consumers.map((consumer) => ({ stream: stream.name, consumer })),
    )
    const gauges = [
      gauge(
        "maillm_requests",
        "Requests by state",
        Object.entries(counts).map(([state, count]) => [{ state }, count]),
      ),
      gauge(
        "maillm_component_up",
        "1 while the component is ok",
        components.map(({ name, state }) => [{ component: name }, state === "ok" ? 1 : 0]),
      ),
      gauge(
        "maillm_read_model_lag_records",
        "Records not folded in yet",
        lag === null ? [] : [[{}, lag.lag]],
      ),
      gauge("maillm_sockets", "Consoles connected to this gateway", [[{}, sockets.now()]]),
      gauge(
        "maillm_stream_messages",
        "Messages in a stream",
        streams.map(({ name, messages }) => [{ stream: name }, messages]),
      ),
      gauge(
        "maillm_stream_bytes",
        "Bytes of a stream",
        streams.map(({ name, bytes }) => [{ stream: name }, bytes]),
      ),
      gauge(
        "maillm_consumer_pending",
        "Messages not yet given to a consumer",
        consumers.map(({ stream, consumer }) => [{ stream, consumer: consumer.name }, consumer.pending]),
      ),
      gauge(
        "maillm_consumer_unacknowledged",
        "Messages given to a consumer and not yet acknowledged",
        consumers.map(({ stream, consumer }) => [
          { stream, consumer: consumer.name },
          consumer.unacknowledged,
        ]),
      ),
    ]
    return gauges.join("") + (yield* PrometheusMetrics.format())
  })
})

const gauge = (name: string, help: string, rows: ReadonlyArray<readonly [Labels, number]>) =>
  rows.length === 0
    ? ""
    : [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} gauge`,
        ...rows.map(([labels, value]) => `${name}${labelText(labels)} ${value}`),
        "",
      ].join("\n")

const labelText = (labels: Labels) => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`)
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`
}

/** Prometheus text format 0.0.4: backslash, double quote and line feed are escaped. */
const escapeLabel = (value: string) =>
  value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")
