import { plainText } from "./Line.ts"
import type { Line } from "./Line.ts"
import { wordList } from "./wordList.ts"

/** Longer lines are sentences. */
const lineLimit = 200

/** Begins a line that asks for something, however it is written. */
const asks = new Set(
  wordList(`
  run | rerun | restart | start | stop | delete | remove | deploy | redeploy | fix | add | update | upgrade | build | rebuild
  test | merge | push | pull | create | open | close | check | show | send | use | make | install | rebase | commit
  revert | rename | move | please | ship | go | do | yes | no | ok | okay | approve | deny | cancel | retry | try | clean
  reply | read | write | list | find | change | set | reset | bump | release | rollback | undo | kill | skip | ignore
  ja | nein | bitte | lösche | starte | stoppe | oui | non | lance | supprime | sí | si | borra | ejecuta | sim | não | tak | nie
`),
)

const words = (text: string) => text.split(/[\s.]+/u).filter((word) => word !== "")
/**
 * A person's name as it stands under a letter: a few words, each with a capital. In scripts without capitals nothing
 * tells a name from a request.
 */
export const looksLikeName = (line: Line): boolean => {
  if (line.text.length > lineLimit) return false
  const text = plainText(line.text).replace(/^[-–—~*\s]+|[,*\s]+$/gu, "")
  if (/^\p{L}\.?$|^\p{Lu}{2,3}$/u.test(text)) return !asks.has(text.toLowerCase())
  const parts = words(text.replace(/\s?[("（][^)"）]*[)"）]/gu, ""))
  return (
    text.length <= 48 &&
    parts.length > 0 &&
    parts.length <= 5 &&
    !asks.has((parts[0] ?? "").toLowerCase()) &&
    parts.every((part) =>
      /^(?:\p{Lu}[\p{L}\p{M}'’-]*|van|von|der|den|de|da|di|del|la|le|y|zu|bin|al|ten|and|und|&)$/u.test(part),
    ) &&
    parts.some((part) => /^\p{Lu}/u.test(part))
  )
}

/** "By order", and what is added to a name in letters. */
const beforeName = /^(?:i\.\s?a\.|i\.\s?v\.|ppa\.|gez\.|p\.p\.)\s/
const afterName = /\s*(?:드림|올림|배상|敬上|拜上|拝|より)$/u

/** The sender's own name, whole, or the first or last of it. */
export const isName = (line: Line, names: ReadonlyArray<string>): boolean => {
  if (line.text.length > lineLimit) return false
  const text = plainText(line.text)
    .toLowerCase()
    // "Ada Lovelace | Engineer | Company"
    .replace(/\s[|•·]\s.*$/u, "")
    .replace(/^[-–—~/\s*_[(]+|[.,!\s*_\])]+$/gu, "")
    .replace(beforeName, "")
    .replace(afterName, "")
  return text !== "" && names.includes(text)
}

/** The ways in which a sender may write their own name, in lower case. */
export const namesOf = (fromName: string, fromAddress: string): ReadonlyArray<string> => {
  const name = plainText(fromName)
    .toLowerCase()
    .replace(/\s*[("].*$/u, "")
  const parts = words(name.replaceAll(",", " "))
  // Family and given name are not set apart: 山田太郎, 王小明, 김철수.
  const joined = /^[\p{Script=Han}\p{Script=Hangul}]{2,4}$/u.test(name)
  return [
    name,
    parts.join(" "),
    parts.toReversed().join(" "),
    ...parts.filter((part) => part.length > 1),
    ...(joined ? [name.slice(0, 2), name.slice(1), name.slice(2)].filter((part) => part.length > 1) : []),
    fromAddress.toLowerCase(),
  ].filter((each) => each !== "" && each.length <= 80)
}
