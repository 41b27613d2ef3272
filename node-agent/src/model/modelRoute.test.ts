import { expect, it } from "vitest"
import { forwardedRequest } from "./modelRoute.ts"

it("passes on what a provider needs, and neither credentials nor ways to the network", () => {
  const forwarded = forwardedRequest({
    "x-api-key": "session token",
    authorization: "Bearer session token",
    cookie: "a=b",
    "anthropic-version": "2023-06-01",
    "anthropic-beta":
      "prompt-caching-2024-07-31, mcp-client-2025-04-04,Web-Fetch-2025-09-10,context-1m-2025-08-07",
  })
  expect(forwarded).toEqual({
    "anthropic-version": "2023-06-01",
    "anthropic-beta": "prompt-caching-2024-07-31,context-1m-2025-08-07",
    "accept-encoding": "identity",
  })
  expect(forwardedRequest({ "anthropic-beta": "mcp-client-2025-04-04" })).toEqual({
    "accept-encoding": "identity",
  })
})
