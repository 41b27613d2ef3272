import { expect, test } from "vitest"
import { base32 } from "./base32.ts"

test.each([
  ["", ""],
  ["f", "my"],
  ["fo", "mzxq"],
  ["foo", "mzxw6"],
  ["foob", "mzxw6yq"],
  ["fooba", "mzxw6ytb"],
  ["foobar", "mzxw6ytboi"],
])("RFC 4648 §10: %s is %s", (text, encoded) => expect(base32(new TextEncoder().encode(text))).toBe(encoded))
