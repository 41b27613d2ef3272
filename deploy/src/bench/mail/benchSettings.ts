import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { Settings } from "@maillm/schema/Settings"
import { benchDomain } from "../mailAddresses.ts"

/** Settings of a process under load: every port free, nothing kept on this machine. */
export const benchSettings = (mailSizeLimitBytes: number) =>
  Layer.succeed(Settings, {
    dataDir: "/nonexistent",
    bind: "127.0.0.1",
    httpPort: 0,
    smtpPort: 0,
    domain: benchDomain,
    mongodbUrl: null,
    smtpRelay: null,
    runtime: null,
    secret: Redacted.make("benchmark secret of thirty-two bytes"),
    publicUrl: null,
    replyDays: 90,
    mailSizeLimitBytes,
    hostId: "bench",
    nodeId: "bench",
    version: "bench",
  })
