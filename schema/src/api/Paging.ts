import * as Schema from "effect/Schema"
import { EpochMillis, text } from "../Ids.ts"

export const pageLimitDefault = 50
export const pageLimitMax = 200

/**
 * Lists are JSON arrays, newest first, of at most `limit` rows (1 to 200, 50 unless given). The next page is
 * asked for with `before` set to the last row's own key: `createdAtMillis` of requests, `updatedAtMillis` of
 * sessions, `atMillis` of messages, `askedAtMillis` of approvals, `position` of audit rows. A page shorter than `limit` is the last.
 */
export const pageQuery = {
  limit: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: pageLimitMax }))),
  before: Schema.optionalKey(EpochMillis),
}

/** Words to look for. */
export const SearchText = text(200)
