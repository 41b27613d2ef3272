import { expect, test } from "vitest"
import { parseMailboxes } from "./mailboxes.ts"

test.each([
  ["ada@example.org", ["ada@example.org"]],
  ["<ada@example.org>", ["ada@example.org"]],
  ["Ada Lovelace <Ada@Example.ORG>", ["Ada@example.org"]],
  ['"Lovelace, Ada" <ada@example.org>', ["ada@example.org"]],
  ['"boss@corp.example" <x@evil.example>', ["x@evil.example"]],
  ['"say \\"hi\\" <a@b>" <ada@example.org>', null],
  ["=?utf-8?Q?=41da?= <ada@example.org>", ["ada@example.org"]],
  ["Zoë <ada@example.org>", ["ada@example.org"]],
  ["a@x.example, b@y.example", ["a@x.example", "b@y.example"]],
  ["", null],
  ["a@x.example,", null],
  ["<a@x.example><b@y.example>", null],
  ["<a@x.example> <b@y.example>", null],
  ["a@x.example <b@y.example>", null],
  ["Team: a@x.example, b@y.example;", null],
  ["a@x.example (comment)", null],
  ["(b@y.example) a@x.example", null],
  ['"a b"@x.example', null],
  ["@relay.example:a@x.example", null],
  ["<@relay.example:a@x.example>", null],
  ["a@[127.0.0.1]", null],
  ["a@exаmple.org", null],
  ["ä@example.org", null],
  ["=?utf-8?Q?a=40x.example?=", null],
  ["a@x.example\0", null],
  ["a@x..example", null],
  ["a.@x.example", null],
  ["a@-x.example", null],
  ["undisclosed-recipients:;", null],
  [`${"a".repeat(65)}@x.example`, null],
])("%s", (field, expected) => {
  expect(parseMailboxes(field)).toEqual(expected)
})
