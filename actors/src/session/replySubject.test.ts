import { expect, test } from "vitest"
import { replySubject } from "./replySubject.ts"

test.each([
  ["list the files", "Re: list the files"],
  ["Re: list the files", "Re: list the files"],
  ["RE: Re: re : list", "Re: list"],
  ["AW: Re: list", "Re: list"],
  ["Antw: SV: list", "Re: list"],
  ["RE[2]: list", "Re: list"],
  ["Re(3): list", "Re: list"],
  ["回复：列出文件", "Re: 列出文件"],
  ["返信: ファイル", "Re: ファイル"],
  ["Fwd: Re: list", "Re: Fwd: Re: list"],
  ["Ref: 4711", "Re: Ref: 4711"],
  ["Report: list", "Re: Report: list"],
  ["R: a language", "Re: R: a language"],
  ["", "Re: the title"],
  ["Re:", "Re: the title"],
  ["  Re:   ", "Re: the title"],
])("%j is answered under %j", (subject, expected) =>
  expect(replySubject(subject, "the title")).toBe(expected),
)

test("a subject of prefixes, and a long one, stay within bounds", () => {
  expect(replySubject("re:".repeat(300), "x").length).toBeLessThanOrEqual(990)
  expect(replySubject("x".repeat(998), "")).toHaveLength(990)
})
