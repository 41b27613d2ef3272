import { homedir, userInfo } from "node:os"

/** What a program of ours sees of our environment: nothing but this. No credential is ever in it. */
export const childEnvironment = (source: NodeJS.ProcessEnv = process.env): Record<string, string> => ({
  PATH: source["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
  HOME: homedir(),
  USER: userInfo().username,
  LANG: "C.UTF-8",
  TERM: "xterm-256color",
})

/** Where the Docker engine is: for its command line client on the host only, never for what runs in a pane. */
export const dockerEnvironment = (source: NodeJS.ProcessEnv = process.env): Record<string, string> =>
  Object.fromEntries(
    ["DOCKER_HOST", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY", "DOCKER_CONTEXT"].flatMap((name) => {
      const value = source[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

/** `env -i` with exactly these variables. */
export const withEnvironment = (
  environment: Readonly<Record<string, string>>,
  argv: ReadonlyArray<string>,
): Array<string> => [
  "env",
  "-i",
  ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
  ...argv,
]
