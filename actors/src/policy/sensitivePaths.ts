import { KnownPaths } from "./KnownPaths.ts"
import { UNKNOWN, matchesGlob, resolvePath } from "./paths.ts"
import type { JudgeContext } from "./Verdict.ts"

/** Below the home folder: files and folders that hold keys, tokens, passwords or what a person typed. */
const secretInHome = known(`
  .ssh .aws .azure .gnupg .netrc _netrc .npmrc .pypirc .yarnrc.yml .git-credentials .pgpass .my.cnf .mylogin.cnf .kube
  .docker/config.json .config/gcloud .config/gh .config/hub .config/op .config/rclone .config/sops .config/age
  .config/google-chrome .config/chromium .config/BraveSoftware .config/microsoft-edge .config/vivaldi .config/opera .config/Slack .config/Code/User/globalStorage .config/doctl .config/heroku
  .gitconfig .config/git .config/containers/auth.json .config/configstore .config/github-copilot .boto .s3cfg .oci
  .vault-token .terraformrc .terraform.d .cargo/credentials .cargo/credentials.toml .gem/credentials .m2/settings.xml
  .gradle/gradle.properties .password-store .mozilla .thunderbird .local/share/keyrings .local/share/kwalletd
  Library/Keychains Library/Cookies .electrum .bitcoin .ethereum .bash_history .zsh_history .sh_history .history
  .python_history .node_repl_history .psql_history .mysql_history .rediscli_history .sqlite_history .lesshst .viminfo
  .claude.json .claude/.credentials.json .codex/auth.json .local/share/opencode/auth.json .gemini .fly .railway
  .config/stripe .databrickscfg .snowsql .passwd-s3fs .htpasswd .Xauthority .ICEauthority .pki .putty .wgetrc .curlrc .config/curlrc
`)

/** Absolute files and folders of the machine that hold secrets or list its accounts. */
const secretOfMachine = known(`
  /etc/shadow /etc/shadow- /etc/gshadow /etc/gshadow- /etc/passwd /etc/passwd- /etc/sudoers /etc/sudoers.d
  /etc/master.passwd /etc/security/opasswd /etc/ssl/private /etc/pki/tls/private /etc/letsencrypt /etc/krb5.keytab
  /etc/kubernetes /etc/rancher /etc/wireguard /etc/openvpn /etc/ipsec.secrets /etc/ppp/chap-secrets /etc/ssh
  /etc/NetworkManager/system-connections /root /var/run/secrets /run/secrets /var/lib/docker /var/lib/kubelet
  /var/lib/mysql /var/lib/postgresql /var/lib/sss /proc/kcore /dev/mem /dev/kmem /proc/1/environ /proc/self/environ
  /var/backups /var/spool/mail /var/mail /etc/docker/key.json /etc/claude-code /var/lib/cloud
`)

/** File names that hold secrets wherever they lie. */
const secretName =
  /^(\.env(\.(?!example$|sample$|template$|dist$|defaults?$|test$|ci$|schema$)[\w-]+)*|\.envrc|\.netrc|\.git-credentials|\.pgpass|\.htpasswd|id_(rsa|dsa|ecdsa|ed25519|ecdsa_sk|ed25519_sk)|[\w.-]*\.(kdbx|ppk|jks|keystore|p12|pfx|asc\.key|ovpn)|[\w.-]*(private|secret|priv)[\w.-]*\.(pem|key)|[\w.-]+\.key|(privkey|key|server|client|tls|ssl|deploy|prod|aws|ec2)[\w-]*\.pem|wallet\.dat|credentials(\.json|\.csv|\.ya?ml|\.xml)?|service[-_]?account[\w.-]*\.json|client_secret[\w.-]*\.json|secrets?\.(json|ya?ml|toml|env|txt|ini)|terraform\.tfstate(\.backup)?|master\.key|kubeconfig|\.dockercfg|\.vault-token|(SAM|NTDS\.dit)|logins\.json|key[34]\.db|cookies\.sqlite|Login Data|[\w.-]*passw(or)?ds?\.(txt|csv|json|xlsx?)|authorized_keys|known_hosts|shadow|sudoers)$/i

/** Names that `find`, `locate` or a pattern asks for when it hunts secrets. */
export const huntsSecrets = (pattern: string): boolean => {
  const plain = pattern.replaceAll(/[*?[\]'"\\^$]/g, "")
  return (
    secretName.test(plain) ||
    /^(id_|\.?(pem|key|ppk|kdbx|p12|pfx|jks)$|\.(ssh|aws|gnupg|env|netrc|htpasswd|pgpass|git-credentials)$|\.npmrc$|shadow$)/i.test(
      plain,
    ) ||
    /passw(or)?d|credential|secret|private|wallet|_history$|api.?key|akia|begin (rsa|openssh|private|ec|dsa|pgp)|bearer|access.?key/i.test(
      plain,
    )
  )
}

const persistentWords = words(`
  .bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshrc .zshenv .zprofile .zlogin .zlogout
  .kshrc .cshrc .tcshrc .login .inputrc .xinitrc .xsession .xsessionrc .xprofile .pam_environment .ssh .gitconfig
  .config/git .config/autostart .config/systemd .config/fish .config/environment.d .config/plasma-workspace .vimrc
  .config/nvim .vim .emacs .emacs.d .tmux.conf .screenrc .pythonrc .pydistutils.cfg .pip .config/pip .local/bin bin
  .local/lib .local/share/systemd .local/share/applications .config/upstart Library/LaunchAgents
  Library/LaunchDaemons .gdbinit .wgetrc .curlrc .npmrc .yarnrc .cargo/config .cargo/config.toml .docker .aws .kube
  .gnupg .claude .claude.json .codex .config/opencode .gemini .mailcap .forward .selected_editor .config/curlrc
`)

/** Of these, what projects have at their top as well: ordinary work where the workspace is the home folder too. */
const ofProjects = new Set(words(".npmrc .docker .vim .claude .codex .gemini .pip bin"))
const persistentInHome = new KnownPaths(persistentWords)
const persistentInBoth = new KnownPaths(persistentWords.filter((name) => !ofProjects.has(name)))

const persistentOfMachine = known(`
  /etc/cron.d /etc/cron.daily /etc/cron.hourly /etc/cron.weekly /etc/cron.monthly /etc/crontab /etc/anacrontab
  /var/spool/cron /etc/systemd /lib/systemd /usr/lib/systemd /run/systemd /etc/init.d /etc/rc.local /etc/rc.d /etc/init
  /etc/profile /etc/profile.d /etc/bash.bashrc /etc/bashrc /etc/zsh /etc/environment /etc/ld.so.preload
  /etc/ld.so.conf /etc/ld.so.conf.d /etc/pam.d /etc/sudoers /etc/sudoers.d /etc/passwd /etc/shadow /etc/group /etc/ssh
  /root /etc/modules /etc/modules-load.d /etc/udev /lib/udev /etc/xdg/autostart /etc/update-motd.d /etc/apt
  /etc/gitconfig /etc/inputrc /etc/shells /Library/LaunchDaemons /Library/LaunchAgents /etc/at.allow /etc/hosts.equiv
  /etc/claude-code /usr/local/bin /usr/bin /bin /sbin /usr/sbin /usr/local/sbin /usr/lib/python3 /boot
`)

/** In the workspace: files that run by themselves later, or that decide what an agent may do. */
const persistentAnywhere =
  /(^|\/)([^/]*\.git\/(hooks(\/|$)|config$|config\.worktree$|info\/attributes$)|\.husky\/|\.claude\/settings[\w.]*\.json$|\.claude\/(hooks|agents|commands)(\/|$)|\.claude\.json$|\.mcp\.json$|\.codex\/config\.toml$|opencode\.jsonc?$|\.vscode\/tasks\.json$|\.envrc$|authorized_keys$|rc\.local$|crontab$|\.bashrc$|\.zshrc$|\.profile$|\.bash_profile$|sitecustomize\.py$|usercustomize\.py$|[\w.-]+\.pth$)/

/** Whether a resolved path, perhaps with a glob in it, reads secrets. */
export const isSecretPath = (path: string, context: JudgeContext): boolean => {
  const home = below(path, context.home)
  if (home !== undefined && secretInHome.cover(home)) return true
  const other = /^\/(?:home|Users)\/[^/]+\/(.+)$/.exec(path)?.[1]
  if (other !== undefined && secretInHome.cover(other)) return true
  if (secretOfMachine.cover(path.slice(1))) return true
  if (/^\/proc\/[^/]+\/(environ|mem|maps|cmdline|root|cwd|fd)(\/|$)/.test(path))
    return !path.endsWith("cmdline")
  if (
    /\/Library\/Application Support\/(Google|Chromium|BraveSoftware|Firefox|Microsoft Edge|Arc|Slack|1Password|com\.apple\.TCC)(\/|$)/.test(
      path,
    )
  )
    return true
  if (/\/\.git\/(config|credentials)$/.test(path)) return true
  const name = path.slice(path.lastIndexOf("/") + 1)
  if (secretName.test(name) && !path.includes("/node_modules/")) return true
  return (
    /[*?[]/.test(name) &&
    (/\.(pem|key|p12|pfx|ppk|jks|kdbx|tfstate)$/.test(name) ||
      [".env", ".netrc", "id_rsa", "id_ed25519"].some(
        (secret) => matchesGlob(name, secret) && !name.startsWith("*"),
      ))
  )
}

/** Whether writing the resolved path makes something run later, or changes what is allowed. */
export const isPersistentPath = (path: string, context: JudgeContext): boolean => {
  if (persistentAnywhere.test(path)) return true
  const home = below(path, context.home)
  const inHome = context.home === context.workspace ? persistentInBoth : persistentInHome
  if (home !== undefined && inHome.cover(home)) return true
  const other = /^\/(?:home|Users)\/[^/]+\/(.+)$/.exec(path)?.[1]
  if (other !== undefined && below(path, context.workspace) === undefined && persistentInHome.cover(other))
    return true
  return persistentOfMachine.cover(path.slice(1))
}

const logPath =
  /^\/var\/(log|account)(\/|$)|^\/run\/(utmp|log)|\/(\.bash_history|\.zsh_history|\.python_history|\.mysql_history|\.psql_history)$|^\/var\/run\/utmp/

/** Whether the resolved path keeps traces of what was done. */
export const isTracePath = (path: string): boolean => logPath.test(path)

/** The pieces of a word that may be paths: `--file=/x`, `@/x`, `if=/x`, `host:/x`, `-I/x`. */
export const pathPieces = (value: string): ReadonlyArray<string> => {
  if (value.length > 4_096 || /\s/.test(value.trim())) return [value.slice(0, 4_096)]
  if (!/^-|[=@:,]/.test(value)) return [value]
  const pieces = value.split(/[=@:,]/).filter((piece) => piece !== "")
  const glued = /^-[A-Za-z]+([/~.].*)$/.exec(value)?.[1]
  return [...new Set([value, ...pieces.slice(0, 16), ...(glued === undefined ? [] : [glued])])]
}

/** The first secret that a word of a command names. */
export const secretIn = (value: string, cwd: string, context: JudgeContext): string | undefined => {
  for (const piece of pathPieces(value)) {
    if (piece.startsWith("-")) continue
    const known = piece.startsWith("~/") ? `${context.home}/${piece.slice(2)}` : piece
    const path = resolvePath(known, cwd)
    if (isSecretPath(path.startsWith(UNKNOWN) ? `/${path.slice(1)}` : path, context)) return path
  }
  return undefined
}

const below = (path: string, folder: string): string | undefined =>
  path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined

/** Paths of the home folder, or of the machine without the slash that they begin with. */
function known(text: string): KnownPaths {
  return new KnownPaths(words(text).map((path) => path.replace(/^\//, "")))
}

function words(text: string): ReadonlyArray<string> {
  return text.trim().split(/\s+/)
}
