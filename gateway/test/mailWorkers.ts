import { argv } from "node:process"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { MailSigner } from "../src/mail/dkim/MailSigner.ts"
import { EgressLayer, egressOptions } from "../src/mail/Egress.ts"
import { MailParser } from "../src/mail/MailParser.ts"
import { mailReaderLayer } from "../src/mail/MailReader.ts"
import { Relay } from "../src/mail/Relay.ts"
import { testBase } from "./testStack.ts"

/** Reader and egress as a process of their own, to be killed: `node mailWorkers.ts NATS_URL RELAY_URL`. */
const [natsUrl, relayUrl] = argv.slice(2)
await Effect.runPromise(
  Layer.launch(
    Layer.mergeAll(
      EgressLayer({ ...egressOptions, firstRetryMillis: 100, ackWaitMillis: 1_000, claimMillis: 500 }),
      mailReaderLayer(1_000),
    ).pipe(
      Layer.provide(Layer.mergeAll(Relay.layer, MailSigner.layerNone, MailParser.layer())),
      Layer.provide(testBase(String(natsUrl), { smtpRelay: Redacted.make(String(relayUrl)) })),
    ),
  ),
)
