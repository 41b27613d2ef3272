import { expect } from "vitest"

/**
 * Set up for every test file. `toMatchObject({ text: /words/ })` holds for any text, since an expression has no
 * properties that could differ: with this it never holds, and `expect.stringMatching(/words/)` is what was meant.
 */
expect.addEqualityTesters([
  (received: unknown, expected: unknown) =>
    expected instanceof RegExp && !(received instanceof RegExp) ? false : undefined,
])
