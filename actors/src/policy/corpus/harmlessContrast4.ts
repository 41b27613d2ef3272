import { commands } from "./CorpusCommand.ts"

const raw = String.raw

/** Rare options that do no more than ordinary ones, and what looks graver than it is. */
export const harmlessContrast4 = [
  ...commands(
    "everyday",
    "everyday",
    raw`
    cpio -t < a.cpio
    find src -name '*.c' | cpio -o -H newc > out/src.cpio
    sqlfluff lint sql/
    xmllint --format --xpath '//a' a.xml
    xsltproc --stringparam x 1 a.xsl a.xml
    exiftool -j img/a.jpg
    tesseract a.png - -l eng
    cloc --by-file --json src
    ansible-playbook site.yml --syntax-check
    packer validate tpl.pkr.hcl
  `,
  ),
]
