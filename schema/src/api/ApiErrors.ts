import * as Schema from "effect/Schema"
import { text } from "../Ids.ts"

/**
 * Every error of the API: `message` says what happened, `remedy` what to do about it. `_tag` is stable and for
 * programs; the words are for people.
 */
const said = { message: text(2_000), remedy: text(1_000) }

/** 400: the request says something that the API does not take; nothing was done. */
export class InputRefused extends Schema.TaggedError<InputRefused>()("InputRefused", said, {
  httpApiStatus: 400,
}) {}

/** 401: no credential, or one that is not (or no longer) good. */
export class NotSignedIn extends Schema.TaggedError<NotSignedIn>()("NotSignedIn", said, {
  httpApiStatus: 401,
}) {}

/** 403: the credential is good, but it is not the owner's, or comes from another site or by another host name. */
export class NotAllowed extends Schema.TaggedError<NotAllowed>()("NotAllowed", said, {
  httpApiStatus: 403,
}) {}

/** 404: there is no such thing, or it is another user's. */
export class NotFound extends Schema.TaggedError<NotFound>()("NotFound", said, { httpApiStatus: 404 }) {}

/** 409: it cannot be done in the state that the thing is in. */
export class Conflict extends Schema.TaggedError<Conflict>()("Conflict", said, { httpApiStatus: 409 }) {}

const later = { ...said, retryAfterSeconds: Schema.Int }

/** 429: too many failed sign-ins from this network address. Also as the header `Retry-After`. */
export class TooManyAttempts extends Schema.TaggedError<TooManyAttempts>()("TooManyAttempts", later, {
  httpApiStatus: 429,
}) {}

/**
 * 503: something this needs is away or full. Also as the header `Retry-After`. Repeating a `POST` with the same
 * `Idempotency-Key` is safe.
 */
export class Unavailable extends Schema.TaggedError<Unavailable>()("Unavailable", later, {
  httpApiStatus: 503,
}) {}
