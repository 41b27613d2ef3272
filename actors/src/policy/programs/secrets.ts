import { writesFile } from "../files.ts"
import { parseOptions } from "../options.ts"
import { noOutput } from "../outputs.ts"
import type { Programs, Rule } from "../Shell.ts"
import { shown } from "../Verdict.ts"
import { asksForHelp, forNames } from "../verbs.ts"

/** Stores of passwords and keys: whatever they are asked. */
const store: Rule = ({ shell, args, name }) => {
  if (!asksForHelp(args))
    shell.report("credentials", `reads or changes stored secrets: ${shown([name, ...args].join(" "))}`)
}

const gpg: Rule = ({ shell, args, name }) => {
  const { has, valuesOf } = parseOptions(args, {
    short: "oru",
    long: "--output --recipient --local-user --homedir --keyserver",
  })
  const text = shown([name, ...args].join(" "))
  if (
    args.some((arg) =>
      /secret|delete|import|gen-key|generate|edit-key|passphrase|ownertrust|sign-key|lsign/.test(arg),
    ) ||
    has("-d", "--decrypt", "-K")
  )
    shell.report("credentials", `works with secret keys: ${text}`)
  else if (
    args.some((arg) => /^--(recv-keys|send-keys|search-keys|refresh-keys|keyserver|receive-keys)/.test(arg))
  )
    shell.report("network-egress", `asks a key server: ${text}`)
  for (const file of valuesOf("-o", "--output")) writesFile(shell, file)
}

const keygen: Rule = ({ shell, args, name }) => {
  const text = shown([name, ...args].join(" "))
  if (args.some((arg) => /^-(l|lf|lv|F)$/.test(arg))) return
  const { valuesOf } = parseOptions(args, { short: "fDIstbCNmOnPrVwzZ" })
  for (const library of valuesOf("-D")) shell.report("obfuscated", `loads a library: ${shown(library)}`)
  shell.report("credentials", `makes or changes keys: ${text}`)
}

export const secrets: Programs = {
  ...forNames(
    "pass gopass op bw lpass keepassxc-cli secret-tool security keyring kwallet-query kwalletcli dashlane doppler infisical chamber berglas sops age rage aws-okta credstash envchain teller gcloud-secrets akv summon keyctl ykman gnome-keyring-daemon ssh-add klist kinit kadmin certutil keytool cmdkey wdigest unshadow hash-identifier",
    store,
  ),
  ...forNames("gpg gpg2 gpgsm", gpg),
  ...forNames("gpgconf gpg-connect-agent", () => undefined),
  ...forNames("ssh-keygen ssh-keyscan-x puttygen wg", keygen),
  ...forNames("ssh-agent", ({ shell, args }) => {
    if (args.includes("-k")) shell.report("credentials", "ends the agent that holds the keys (ssh-agent -k)")
    const { rest } = parseOptions(args, { short: "aEtPO", first: true })
    if (rest.length > 0) shell.runWords(rest)
    return noOutput
  }),
}
