import { expect, test } from "vitest"
import { formatBytes } from "./formatBytes.ts"

test.each([
  [0, "0 B"],
  [1_023, "1023 B"],
  [1_024, "1 KiB"],
  [3_480, "3.4 KiB"],
  [31_700, "31 KiB"],
  [1_048_000, "1023 KiB"],
  [1_048_100, "1 MiB"],
  [7 * 1024 ** 2, "7 MiB"],
  [5.5 * 1024 ** 4, "5.5 TiB"],
  [5_000 * 1024 ** 4, "5000 TiB"],
])("%d is %s", (bytes, words) => expect(formatBytes(bytes)).toBe(words))
