import { isSecretPath } from "@maillm/actors/policy/sensitivePaths"

const workspace = "/workspace"
const context = { cwd: workspace, workspace, home: workspace }
/** As far as a key's first line is looked for. */
const headBytes = 4_096

/** By the policy's own notion of the class `credentials`: whether a path relative to the workspace names what holds some. */
export const namesCredentials = (path: string): boolean =>
  isSecretPath(`${workspace}/${path}`, context) || /\.pem$/i.test(path)

/** Whether a file begins as private keys do, whatever it is called. */
export const holdsKey = (bytes: Uint8Array): boolean =>
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY( BLOCK)?-----|^PuTTY-User-Key-File-/.test(
    Buffer.from(bytes.subarray(0, headBytes)).toString("latin1"),
  )

export const credentialsReason =
  "it may hold credentials, which do not go out by mail; look at it in the terminal, or have whoever runs maillm allow the policy's class credentials"
