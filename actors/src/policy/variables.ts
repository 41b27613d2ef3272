import { isLocal } from "./addresses.ts"
import { writesFile } from "./files.ts"
import { UNKNOWN, isWithin, resolvePath } from "./paths.ts"
import type { Shell } from "./Shell.ts"
import { runsAside } from "./suspicions.ts"
import { shown } from "./Verdict.ts"

/** Variables whose value another program loads into itself. */
const loaders = new Set(
  "LD_PRELOAD LD_AUDIT DYLD_INSERT_LIBRARIES BASH_ENV ENV PROMPT_COMMAND PYTHONSTARTUP PERL5OPT PERL5DB RUBYOPT PYTHONINSPECT GCONV_PATH PS4 SHELLOPTS BASHOPTS JAVA_TOOL_OPTIONS _JAVA_OPTIONS GIT_EXTERNAL_DIFF GIT_PROXY_COMMAND GIT_CONFIG_PARAMETERS GIT_TEMPLATE_DIR GIT_EXEC_PATH LESSOPEN LESSCLOSE GIT_SSH GIT_ASKPASS SSH_ASKPASS SUDO_ASKPASS".split(
    " ",
  ),
)
/** Variables whose value is a command that another program runs. */
const commands = new Set(
  "PAGER GIT_PAGER MANPAGER EDITOR VISUAL GIT_EDITOR GIT_SEQUENCE_EDITOR GIT_SSH_COMMAND BROWSER FCEDIT TEXEDIT".split(
    " ",
  ),
)
/** A shell in place of a tool, or an option by which a tool runs or loads another program. */
const handsOver =
  /\b(ba|da|z)?sh\s+-|-(toolexec|exec|wrapper|fplugin|vettool|specs|B\/)|linker=|^\/tmp\/|checkpoint-action|to-command|--eval|--inspect(-brk)?=(?!127|localhost|\d+$)|[;&|`]|\$\(/

/** Variables of other tools that by their name hold a command or a program. */
const commandName =
  /_(WRAPPER|COMMAND|CMD|EDITOR|PAGER|ASKPASS|RUNNER|SSH|EXEC|SHELL|LAUNCHER|HOOK)$|^(SHELL|MAKESHELL)$/
const folders = new Set("LD_LIBRARY_PATH DYLD_LIBRARY_PATH PYTHONPATH PERL5LIB NODE_PATH RUBYLIB".split(" "))

/** Variables that say where packages come from, or through which machine everything goes. */
const sources =
  /^(PIP_(EXTRA_)?INDEX_URL|PIP_TRUSTED_HOST|UV_(EXTRA_)?INDEX_URL|UV_DEFAULT_INDEX|NPM_CONFIG_REGISTRY|YARN_REGISTRY|GOPROXY|GONOSUMDB|GOFLAGS_X|CARGO_REGISTRIES_\w+|RUBYGEMS_HOST|BUNDLE_MIRROR\w*|HTTPS?_PROXY|ALL_PROXY|FTP_PROXY)$/i

/** Variables that have programs no longer check with whom they talk, by the value that does it. */
const unchecked =
  /^(NODE_TLS_REJECT_UNAUTHORIZED=0|PYTHONHTTPSVERIFY=0|GIT_SSL_NO_VERIFY=.|GIT_SSL_VERIFY=(0|false)|(NPM_CONFIG_|YARN_)(STRICT_SSL|ENABLE_STRICT_SSL)=(0|false)|(SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS)=(\/tmp\/.*|\/dev\/null)?|GOINSECURE=.|GONOSUMCHECK=.|GONOSUMDB=.|GOSUMDB=off|GOFLAGS=.*-insecure|CARGO_HTTP_CHECK_REVOKE=false|CARGO_NET_GIT_FETCH_WITH_CLI=.|PIP_TRUSTED_HOST=.|CONDA_SSL_VERIFY=(0|false)|HOMEBREW_CURL_PATH=.|AWS_CA_BUNDLE=\/tmp)/i

/** Variables that say where other programs, or the rules by which they run, stand. */
const saysWhatRuns =
  /^(CLASSPATH|CARGO_HOME|RUSTUP_HOME|GRADLE_USER_HOME|MAVEN_OPTS|GEM_HOME|GEM_PATH|BUNDLE_GEMFILE|COMPOSER_HOME|GOROOT|JAVA_HOME|NVM_DIR|KUBECONFIG|ANSIBLE_CONFIG|PYTHONHOME|PYTHONUSERBASE|DOTNET_STARTUP_HOOKS|MAKEFILES|XDG_CONFIG_HOME|HOME|ZDOTDIR|GIT_DIR|AUTO(M4TE|CONF|HEADER|MAKE)|ACLOCAL|LIBTOOL(IZE)?|M4|PERL|RUBY|YACC|LEX|AWK|SED|INSTALL|GPG|SSH|GIT|CURL|PKG_CONFIG|STRIP|OBJCOPY|NM|RANLIB|RUST(DOC|FMT)|JAVACMD|CMAKE_\w+|\w+_(PATH_OVERRIDE|BINARY|BIN|PROGRAM|COMPILER|LINKER|PLUGIN|PRELOAD|CONFIG|RC)|\w*PAGER|\w*EDITOR)$/

const secretWord =
  /(^|_)(PASS|PASSWD|PASSWORD|PASSPHRASE|SECRET|SECRETS|TOKEN|APIKEY|API_KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|AUTH_KEY|ENCRYPTION_KEY|CREDENTIALS?|PAT|MASTER_KEY|SIGNING_KEY|DATABASE_URL|DB_URL|CONNECTION_STRING|WEBHOOK_URL|DSN)(_|\d|$)|_KEY$|(TOKEN|SECRET|PASSWORD|PWD|KEY)S?$/i

export const isSecretVariable = (name: string): boolean =>
  secretWord.test(name) &&
  !/^(PWD|OLDPWD|MAX_TOKENS|NUM_TOKENS|MONKEY|KEY|key|TOKENS|.*_TOKENS|PUBLIC_KEY|.*_PUBLIC_KEY|CACHE_KEY|k|.*CACHE_KEY|SORT_KEY)$/.test(
    name,
  )

const printers = new Set(
  "echo printf cat tee curl wget nc ncat netcat http https xh base64 base32 xxd hexdump od openssl logger mail sendmail telnet print wall write nslookup dig host ping".split(
    " ",
  ),
)

/** Whether a program shows or sends the words it is given. */
export const printsItsInput = (name: string): boolean => printers.has(name.slice(name.lastIndexOf("/") + 1))

/** What it means that a variable is set. */
export const judgeVariable = (shell: Shell, name: string, value: string): void => {
  if (loaders.has(name) && value !== "" && !isHarmlessLoader(name, value))
    shell.report("obfuscated", `sets ${name}, by which other programs run what it names: ${shown(value)}`)
  else if (
    /(FLAGS|_OPTIONS|_OPTS)$|^(CC|CXX|LD|AR|AS|CPP|FC|RUSTC|MAKE|CARGO|GO|NODE|PYTHON)$/.test(name) &&
    handsOver.test(value)
  )
    shell.report("obfuscated", `sets ${name}, by which a tool runs what it names: ${shown(value)}`)
  else if (unchecked.test(`${name}=${value}`))
    shell.report(
      "network-egress",
      `has programs no longer check with whom they talk: ${name}=${shown(value)}`,
    )
  else if (
    /^(DOCKER_HOST|KUBERNETES_MASTER|ETCDCTL_ENDPOINTS|VAULT_ADDR|CONSUL_HTTP_ADDR|NOMAD_ADDR|PGHOST|MYSQL_HOST|REDIS_URL)$/.test(
      name,
    ) &&
    value !== "" &&
    !isLocal(value) &&
    !/^(unix:|\/|[a-z][\w-]*$)/.test(value)
  )
    shell.report("network-egress", `has programs work on another machine: ${name}=${shown(value)}`)
  else if (saysWhatRuns.test(name) && /^\/(tmp|var\/tmp|dev\/shm)(\/|:|$)/.test(value))
    shell.report(
      "obfuscated",
      `has programs take what they run from a temporary folder: ${name}=${shown(value)}`,
    )
  else if (name.startsWith("GIT_TRACE") && value.startsWith("/")) writesFile(shell, value)
  else if ((commands.has(name) || commandName.test(name)) && value !== "") {
    if (value.includes(UNKNOWN))
      shell.report("obfuscated", `sets ${name} to a command that is not known until then`)
    else if (/^(sccache|ccache|distcc|icecc|npm |yarn |pnpm |node |\/bin\/(ba|z|da)?sh$)/.test(value)) return
    else runsAside(shell, name, value)
  } else if (
    name === "NODE_OPTIONS" &&
    /(-r|--require|--import|--loader|--experimental-loader|--eval)\b/.test(value)
  )
    shell.report("obfuscated", `sets NODE_OPTIONS, which loads code into every Node process: ${shown(value)}`)
  else if (
    name === "HISTFILE" ||
    name === "HISTSIZE" ||
    name === "HISTFILESIZE" ||
    name === "HISTCONTROL" ||
    name === "HISTIGNORE"
  )
    shell.report("anti-forensics", `changes ${name}: the shell's history is not kept`)
  else if (/^GIT_CONFIG_(KEY|VALUE|COUNT|GLOBAL|SYSTEM)/.test(name) && value !== "/dev/null")
    shell.report("obfuscated", `sets ${name}, by which git can be made to run other programs`)
  else if (
    sources.test(name) &&
    value !== "" &&
    !isLocal(value) &&
    !/registry\.npmjs\.org|pypi\.org|proxy\.golang\.org|^(off|direct|socks)/.test(value)
  )
    shell.report("code-from-network", `has programs fetch from elsewhere: ${name}=${shown(value)}`)
  else if (folders.has(name) && value !== "") judgeFolders(shell, name, value)
  else if (name === "PATH") judgePath(shell, value)
  else if (name === "IFS" && /[a-z\d/-]/i.test(value))
    shell.report("obfuscated", `has words parted by ordinary letters (IFS): ${shown(value)}`)
}

const isHarmlessLoader = (name: string, value: string): boolean =>
  (name === "ENV" && /^[\w-]+$/.test(value)) ||
  (name === "PS4" && !/[$`]\(|`/.test(value)) ||
  (/JAVA/.test(name) && value.split(/\s+/).every((option) => /^(-X\w+|-D[\w.=/-]+|)$/.test(option))) ||
  (name.endsWith("OPTS") && /^[\w:-]+$/.test(value)) ||
  (name.endsWith("ASKPASS") && /^(\/bin\/)?(true|false|echo)$/.test(value)) ||
  (name === "RUBYOPT" && /^(-W\S*|-w)$/.test(value)) ||
  name === "PYTHONINSPECT"

const judgeFolders = (shell: Shell, name: string, value: string): void => {
  const { context, scope } = shell
  for (const folder of value.split(":"))
    for (const cwd of scope.cwds) {
      const path = resolvePath(folder === "" ? "." : folder, cwd)
      if (!isWithin(path, context.workspace) && !path.startsWith(UNKNOWN) && !/^\/(usr|opt|lib)\//.test(path))
        shell.report("obfuscated", `sets ${name}, by which other programs load libraries from ${shown(path)}`)
    }
}

const judgePath = (shell: Shell, value: string): void => {
  if (value.split(":").some((folder) => folder === "." || folder === "") && value !== "")
    shell.report("obfuscated", `puts whatever folder it is in into PATH: ${shown(value)}`)
  if (value.split(":").some((folder) => /^(\/tmp|\/var\/tmp|\/dev\/shm)(\/|$)/.test(folder)))
    shell.report(
      "obfuscated",
      `puts a temporary folder into PATH, so that other programs run: ${shown(value)}`,
    )
}
