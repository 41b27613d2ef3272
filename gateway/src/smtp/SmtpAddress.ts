import * as Context from "effect/Context"

/** Where inbound mail is taken, once it is. */
export class SmtpAddress extends Context.Service<SmtpAddress, { readonly port: number }>()(
  "@maillm/gateway/smtp/SmtpAddress",
) {}
