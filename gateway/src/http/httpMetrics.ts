import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])

const requests = Metric.counter("maillm_http_requests_total", {
  description: "HTTP requests answered, by method and class of status",
  incremental: true,
})

const seconds = Metric.histogram("maillm_http_request_seconds", {
  description: "Time from a request's headers to its answer's, in seconds",
  boundaries: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
})

/** Counts one answered request; labels are bounded, whatever the client sends. */
export const countRequest = (method: string, status: number, millis: number) =>
  Effect.andThen(
    Metric.update(
      Metric.withAttributes(requests, {
        method: methods.has(method) ? method : "other",
        status: `${Math.floor(status / 100)}xx`,
      }),
      1,
    ),
    Metric.update(seconds, millis / 1_000),
  )
