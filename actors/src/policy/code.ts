import { deletesFile, writesFile } from "./files.ts"
import { list } from "./options.ts"
import { UNKNOWN } from "./paths.ts"
import { secretIn } from "./sensitivePaths.ts"
import type { Shell } from "./Shell.ts"
import { shown } from "./Verdict.ts"

export type Language = "python" | "perl" | "ruby" | "node" | "php" | "lua" | "r" | "other"

/** Calls that give a text to a shell, or a list of words to a program; the text is judged where it is literal. */
const runners =
  /\b(?:os\.system|os\.popen|os\.exec\w*|os\.spawn\w*|subprocess\.\w+|commands\.getoutput|pty\.spawn|system|exec|execSync|execFile|execFileSync|spawn|spawnSync|popen|Popen|passthru|shell_exec|proc_open|pcntl_exec|qx|os\.execute|io\.popen|IO\.popen|Open3\.\w+|Kernel\.\w+|Bun\.spawn\w*|Deno\.Command|check_output|check_call|getoutput)\s*(?:\(\s*|\s+)(\[|["'`])/g

const literal = /"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|`((?:\\.|[^`\\])*)`/g

const deleters =
  /(?:shutil\.rmtree|os\.remove|os\.unlink|os\.rmdir|os\.removedirs|unlink|rmtree|rmSync|unlinkSync|rmdirSync|fs\.rm|fs\.promises\.rm|fs\.unlink|rimraf|FileUtils\.rm\w*|File\.delete|Dir\.rmdir|File\.unlink|remove_tree|Deno\.remove\w*)\s*\(?\s*(["'`])((?:\\.|(?!\1).)*)\1/g

const deletesAny =
  /\b(rmtree|os\.remove|os\.unlink|removedirs|unlink|rmSync|unlinkSync|rmdirSync|fs\.rm\b|rimraf|FileUtils\.rm|File\.delete|remove_tree|\.unlink\(\)|\.rmdir\(\)|Deno\.remove)/

const writers =
  /\bopen\s*\(?\s*(["'])((?:\\.|(?!\1).)*)\1\s*,\s*(?:mode\s*=\s*)?["']([wax+rb><]+)["']|(?:writeFileSync|writeFile|appendFileSync|appendFile|createWriteStream|file_put_contents|File\.write|copyFileSync|Deno\.writeTextFile\w*|Bun\.write)\s*\(\s*(["'`])((?:\\.|(?!\4).)*)\4|Path\(\s*(["'])((?:\\.|(?!\6).)*)\6\s*\)\.(?:write_text|write_bytes|touch|mkdir)/g

const network =
  /\b(socket\.|import socket|urllib|requests\.|http\.client|httpx|aiohttp|ftplib|smtplib|telnetlib|paramiko|fetch\s*\(|https?\.(get|request)|axios|net\.(connect|createConnection|Socket)|dgram|dns\.(lookup|resolve)|node-fetch|XMLHttpRequest|LWP|IO::Socket|Net::HTTP|TCPSocket|open-uri|URI\.open|fsockopen|curl_exec|curl_init|file_get_contents\s*\(\s*["']https?|SOCK_STREAM|http\.server|SimpleHTTPServer|require\(["'](net|http|https|dgram|dns|tls)["']\)|node:(net|http|https|dgram|dns|tls))/
const localNetwork =
  /^(?:(?!https?:\/\/(?!localhost|127\.|\[::1\]|0\.0\.0\.0)).)*https?:\/\/(localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)/s

/** How each language puts code together, or hides it. */
const dynamic: Readonly<Record<Language, RegExp>> = {
  python:
    /(^|[;\n])\s*(![\w/]|%%?(ba)?sh|%%?(system|sx|run|load))|\b(eval|exec|execfile|__import__|getattr|setattr|globals|locals|__builtins__|__subclasses__|importlib|marshal|pickle|ctypes|b64decode|a85decode|unhexlify|codecs\.decode|fromhex|bytes\.fromhex|decompress)\b|\bchr\s*\(|(?<!\.)\bcompile\s*\(/,
  node: /\beval\b|\bFunction\s*\(|\bvm\.|runIn\w*Context|\batob\b|fromCharCode|process\.(binding|mainModule|dlopen)|\.constructor\b|Buffer\.from\([^)]*["'](base64|hex)|globalThis\[|require\s*\(\s*[^"'\s)]|import\s*\(\s*[^"'\s)]/,
  ruby: /\b(eval|instance_eval|class_eval|send|public_send|__send__|unpack1?|const_get|Fiddle|Marshal)\b/,
  perl: /\beval\b|\bunpack\b|\bpack\b|\bdo\s+["'$]|\bchr\b|decode_base64|\brequire\s+\$|&\s*[{$]|->\s*[($]|s\/[^/\n]*\/[^/\n]*\/[a-z]*e\b/,
  php: /\b(eval|assert|create_function|base64_decode|gzinflate|str_rot13|call_user_func\w*|preg_replace|include|require|chr|hex2bin)\b\s*\(?/,
  lua: /\b(load|loadstring|dofile|loadfile)\b/,
  r: /\beval\b|\bparse\s*\(|\bdyn\.load\b/,
  other: /`/,
}

const environment =
  /\bos\.environ\b(?!\s*(\.get\(|\[)\s*["'](PATH|HOME|USER|CI|PWD|NODE_ENV|DEBUG)["'])|\bprocess\.env\b(?!\.(PATH|HOME|USER|CI|PWD|NODE_ENV|DEBUG|PORT)\b)|\bENV\.(to_h|each|inspect)|%ENV|\$_ENV|getenv\s*\(\s*["'][A-Z_]*(KEY|TOKEN|SECRET|PASS)|phpinfo|\bENV(\[|\.fetch\()\s*["'](?!(PATH|HOME|USER|CI|PWD|RAILS_ENV)["'])/

const grave =
  /\bos\.(setuid|setgid|setreuid|setresuid|chroot|kill|killpg|chown|reboot)\b|\bsetuid\s*\(|POSIX::setuid|Process::Sys|process\.(setuid|setgid|kill)\b|\$<\s*=|\$>\s*=\s*0|\$\)\s*=/
const forks = /\bos\.fork\b|\bfork\b/

/** `p = "a"; open(p, "w")` as `open("a", "w")`: the name of a file often stands in a variable. */
const withPaths = (code: string): string => {
  let text = code
  const assigned = [
    ...code.matchAll(
      /(?:^|;)\s*(\w{1,40})\s*=\s*(?:(?:pathlib\.)?Path\(\s*)?(["'])([\w./-]{1,200})\2\s*\)?\s*(?=;|$)/gm,
    ),
  ]
  for (const [, name = "", , path = ""] of assigned.slice(0, 16)) {
    if (assigned.filter(([, other]) => other === name).length > 1) continue
    text = text
      .replaceAll(new RegExp(String.raw`\bopen\(\s*${name}\s*(?=[,)])`, "g"), `open("${path}"`)
      .replaceAll(new RegExp(String.raw`\b${name}\.(?=(write_text|read_text)\()`, "g"), `Path("${path}").`)
  }
  return text
}

/** Longer code is asked about whatever its beginning says; some patterns need time by the square of the length. */
const scannedLength = 16_384

/** What code given on the command line or by pipe is, as far as its text shows: never more than a guess, so it asks. */
export const judgeCode = (shell: Shell, language: Language, code: string): void => {
  const text = withPaths(code.slice(0, scannedLength))
  const before = new Set<string>()
  const note = (name: Parameters<Shell["report"]>[0], reason: string): void => {
    before.add(name)
    shell.report(name, reason)
  }
  if (forks.test(text) && /\b(while|for|loop|until)\b|fork\s+while|fork\s*\(\s*\)\s*,?\s*fork/.test(text))
    note("resource", `is a fork bomb: the ${language} code starts itself again and again`)
  if (
    /\bwhile\s*\(?\s*(True|true|1)\b|\bfor\s*\(\s*;\s*;|\bloop\s+do\b/.test(text) &&
    !/\bbreak\b|\bsleep\b|\breturn\b/.test(text)
  )
    note("resource", `turns without end in ${language} code`)
  if (/\*\s*10\s*\*\*\s*([89]|\d\d)|\*\s*1e(9|\d\d)|\.repeat\(\s*(1e9|2\s*\*\*\s*[23]\d|\d{9,})/.test(text))
    note("resource", `fills the memory in ${language} code`)
  if (grave.test(text)) note("privilege", `changes user, rights or other processes in ${language} code`)
  if (environment.test(text))
    note("credentials", `reads the environment, with the secrets in it, in ${language} code`)
  for (const [, double, single, back] of text.matchAll(literal)) {
    const value = double ?? single ?? back ?? ""
    for (const cwd of shell.scope.cwds) {
      const secret = value.length > 0 && value.length < 512 ? secretIn(value, cwd, shell.context) : undefined
      if (secret !== undefined && /[/.]/.test(value))
        note("credentials", `reads or touches secrets in ${language} code: ${shown(value)}`)
    }
    if (/^\/dev\/(sd|nvme|hd|vd|mem|kmem|disk)/.test(value))
      note("disk", `uses a device directly in ${language} code: ${value}`)
  }
  runsPrograms(shell, text)
  // Bun and zx run what stands in such a template.
  if (language === "node")
    for (const [, command = ""] of text.matchAll(/\$`([^`]*)`/g))
      shell.runText(command.replaceAll(/\$\{[^}]*\}/g, "$__given__"))
  if (language === "perl" || language === "ruby" || language === "php")
    for (const [, back, braced, round, square, barred] of text.matchAll(
      /`([^`]+)`|(?:qx|%x)\s*(?:\{([^}]+)\}|\(([^)]+)\)|\[([^\]]+)\]|([/|!])(?:(?!\5).)+\5)/g,
    ))
      shell.runText(back ?? braced ?? round ?? square ?? barred ?? UNKNOWN)
  for (const [, , path = ""] of text.matchAll(deleters)) {
    before.add("delete")
    deletesFile(shell, path, true)
  }
  for (const match of text.matchAll(writers)) {
    const path = match[2] ?? match[5] ?? match[7]
    if (path !== undefined && (match[3] === undefined || /[wax+>]/.test(match[3]))) writesFile(shell, path)
  }
  if (network.test(text) && !localNetwork.test(text))
    note("network-egress", `talks to other machines in ${language} code`)
  if (dynamic[language].test(text)) note("obfuscated", `puts code together and runs it in ${language}`)
  if (code.includes(UNKNOWN)) note("obfuscated", `runs ${language} code that is not known until then`)
  if (!isPlainCode(text, language) || deletesAny.test(text) || code.length > scannedLength)
    shell.report("inline-code", `runs ${language} code: ${shown(text.trim())}`)
}

/** Programs that code starts: literal texts and lists are judged as the shell would. */
const runsPrograms = (shell: Shell, text: string): void => {
  for (const match of text.matchAll(runners)) {
    const from = match.index + match[0].length - 1
    const rest = text.slice(from, from + 2_000)
    if (rest.startsWith("[")) {
      const close = rest.indexOf("]")
      const words = [...rest.slice(0, close < 0 ? undefined : close).matchAll(literal)].map(
        ([, a, b, c]) => a ?? b ?? c ?? "",
      )
      if (words.length > 0) shell.runWords(words)
      continue
    }
    const first = new RegExp(`^(?:${literal.source})`).exec(rest)
    if (first === null) continue
    const script = (first[1] ?? first[2] ?? first[3] ?? "").replaceAll(/\\(["'\\])/g, "$1")
    // execFile("rm", ["-rf", "/"]) and system("rm", "-rf", "/") have the words apart.
    const list = /^\s*,\s*(\[?)((?:\s*(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')\s*,?)+)/.exec(
      rest.slice(first[0].length),
    )
    if (list === null || /\s/.test(script)) shell.runText(script)
    else
      shell.runWords([
        script,
        ...[...(list[2] ?? "").matchAll(literal)].map(([, a, b, c]) => a ?? b ?? c ?? ""),
      ])
  }
}

/** Names that code may call and modules that it may use without anything happening but a computation and its printing. */
const plainNames: Readonly<Record<string, ReadonlySet<string>>> = {
  python: new Set(
    list(`print len range str int float bool list dict set tuple sorted sum min max abs round enumerate zip map filter any all
    type isinstance repr format join split strip lstrip rstrip replace startswith endswith lower upper title items keys
    values get append extend insert pop sort reverse count index find json sys os re math datetime time random string
    collections itertools functools decimal fractions statistics textwrap pprint platform uuid hashlib struct unicodedata
    loads load dumps dump now today strftime isoformat timedelta date sha256 sha1 md5 hexdigest encode decode exit version
    version_info path argv stdin stdout stderr read readline readlines write flush exists isfile isdir basename dirname
    join abspath getcwd listdir ast parse csv reader DictReader Counter defaultdict OrderedDict namedtuple findall match search
    sub group groups compile_re sqrt pow floor ceil pi log exp gcd next iter reversed divmod ord hex oct bin hash id callable
    hasattr help dir input yaml safe_load toml tomllib numpy np pandas pd array mean std shape head describe read_csv torch
    cuda is_available device_count __version__ __file__ __name__ pathlib Path glob rglob name suffix stem read_text write_text
    is_file is_dir resolve typing dataclasses sleep perf_counter time_ns encodings locale sysconfig get_paths site
    getsitepackages prefix executable maxsize version implementation flask django requests_version open as_posix
    getpreferredencoding union intersection difference add update copy deepcopy choice randint seed uuid4 zfill ljust
    rjust center isdigit isalpha splitlines partition rpartition casefold capitalize swapcase removeprefix removesuffix expandtabs isspace isupper islower isnumeric issubset issuperset most_common elements total fsum prod comb perm factorial isnan isclose hypot fromkeys setdefault popitem walk scandir stat st_size st_mtime iterdir exists parent parents parts suffixes with_suffix relative_to match_case fullmatch finditer span start end lastindex frozenset bytes bytearray memoryview complex slice ascii filterfalse chain islice product permutations combinations accumulate groupby zip_longest pairwise batched cycle repeat count_nonzero tolist arange reshape zeros ones eye linspace dot concatenate vstack hstack stack argmax argmin argsort where cumsum cumprod transpose flatten ravel astype allclose isclose array_equal percentile quantile median nanmean groupby agg merge loc iloc dropna drop_duplicates reset_index set_index pivot_table melt tail sample nunique to_numpy to_string to_dict to_csv_x dtypes columns value_counts sort_values fillna isnull isna nunique info test main unittest difflib unified_diff inspect getsource signature py_compile
    pkg_resources importlib_metadata metadata tomli minidom xml etree ElementTree fromstring getroot iter findtext
    html escape unescape quote unquote base64_encode b64encode token_hex secrets calendar monthrange zoneinfo ZoneInfo
    utcnow timestamp fromtimestamp strptime total_seconds print_exc traceback format_exc warnings logging info debug
    basicConfig getLogger sympy scipy sklearn matplotlib tensorflow list_physical_devices config polars fastapi pydantic
    sqlalchemy pytest tokenize io StringIO BytesIO getvalue enum abc gc contextlib asyncio run gather operator itemgetter
    heapq bisect array zlib crc32 adler32 binascii b2a_hex hexlify ipaddress ip_address ip_network`),
  ),
  node: new Set(
    list(`console writeFileSync log error table dir require JSON stringify parse Math floor ceil round random max min abs sqrt pow Object keys
    values entries assign fromEntries Array from isArray map filter reduce forEach find some every join split slice concat
    push pop includes indexOf sort reverse flat flatMap fill length String Number Boolean parseInt parseFloat toString
    toFixed trim replace replaceAll match matchAll test padStart padEnd toUpperCase toLowerCase startsWith endsWith Date now
    toISOString getTime Set Map has get set add size Promise resolve then catch all Symbol BigInt RegExp process version
    versions arch platform argv cwd memoryUsage uptime hrtime exit stdout write package.json path fs os util crypto
    readFileSync readdirSync existsSync statSync inspect format basename dirname extname cpus totalmem freemem
    randomUUID createHash update digest randomBytes url URL URLSearchParams assert equal deepEqual ok import default Intl
    DateTimeFormat NumberFormat format typeof setTimeout async await performance structuredClone Error message stack
    readFile data toSorted at encodeURIComponent decodeURIComponent isInteger isNaN localeCompare charCodeAt codePointAt`),
  ),
  ruby: new Set(
    list(`puts print p pp load_file safe_load safe_load_file dig fetch each_with_index each_with_object group_by partition zip flatten uniq compact min max tally find include? any? all? none? start_with end_with match scan lines chars reverse empty? nil? is_a to_sym round floor ceil abs rjust ljust center chomp readlines each_line foreach CSV csv pathname Set require json yaml date time set JSON YAML Date Time parse load generate pretty_generate each map select
    reject inject reduce sum sort sort_by first last join split gsub sub upcase downcase strip size length to_s to_i to_f to_a
    to_h keys values RUBY_VERSION Math sqrt now today strftime inspect class format printf read File exist basename STDIN ARGV`),
  ),
  perl: new Set(
    list(`print printf say join split map grep sort reverse keys values length substr index uc lc ucfirst lcfirst sprintf push
    pop shift scalar defined exists my our use strict warnings if unless while for foreach last next chomp s tr y m qw
    localtime time abs int sqrt hex oct ord List Util sum sum0 max min first uniq shuffle JSON PP new pretty canonical encode
    decode utf8 decode_json encode_json Data Dumper BEGIN END ARGV STDIN STDERR STDOUT chop lc ref wantarray eq ne lt gt le ge
    cmp x and or not die warn POSIX strftime floor ceil Time Piece HiRes gmtime rindex splice each delete`),
  ),
  php: new Set(
    list(`echo print print_r var_dump phpversion PHP_VERSION PHP_EOL json_encode json_decode count strlen strtoupper strtolower
    explode implode date time array_map array_filter array_keys array_values sprintf printf str_replace PHP_OS ini_get
    extension_loaded function_exists class_exists`),
  ),
  lua: new Set(
    list("print string format table concat math floor ipairs pairs tostring tonumber _VERSION type"),
  ),
  r: new Set(
    list(
      `cat print paste paste0 c mean sum sessionInfo R version library packageVersion sqrt length string head tail summary str
      nrow ncol names colnames seq rep sapply lapply vapply nchar toupper tolower sprintf round median sd var table data frame
      read csv test_dir test_file test_check check document lint lint_dir style_pkg style_dir load_all test testthat devtools
      lintr styler roxygenise roxygen2 covr package_coverage rmarkdown render knitr knit stopifnot identical is na max min range`,
    ),
  ),
  // Julia, Elixir, Scala, Swift, Kotlin, Haskell, Racket …: what computes and prints.
  other: new Set(
    list(`println print printf puts inspect display format show write writeln IO Enum String Integer Float Map List Regex Math
    sum map filter reduce join split length size count sort reverse max min abs sqrt sin cos exp log floor ceil round range
    rand upcase downcase trim replace rem div to_string to_integer toString mkString foreach zip collect each keys values
    string int float VERSION System version versioninfo typeof mean std io lists seq foldl nth init stop erlang
    disp fprintf sprintf zeros ones linspace numel using import Pkg test instantiate status precompile Test Statistics LinearAlgebra Random Dates today now JSON math out err lang`),
  ),
}

const keywords = new Set(
  list(`import from as if elif else for in not and or is None True False def return lambda with try except finally raise while
  break continue pass class yield global del assert const let var function new null undefined true false typeof instanceof of
  throw switch case default do end puts then unless until begin rescue ensure nil self async await use strict warnings my qw
  echo void this export print e f i j k v x y z n m s t d l a b c r p w ok err data obj arr res result line lines row rows item items`),
)

/** A variable of Perl or Ruby that holds no settings: `$_`, `$F`, `$total`. */
const plainVariable = /^\$(_|F|a|b|[a-z][a-z_0-9]*)$/

/** Whether code names nothing outside of what only computes and prints. */
const isPlainCode = (text: string, language: Language): boolean => {
  const names = plainNames[language]
  if (names === undefined || text.length > 4_096) return false
  const code = text.replaceAll(literal, (quoted) =>
    (language === "ruby" || language === "perl" || language === "php") && quoted.startsWith("`")
      ? "system()"
      : /[$@#]\{/.test(quoted)
        ? quoted.replaceAll(/["'`]/g, " ")
        : '""',
  )
  // What begins with these is a command of an interactive Python.
  if (/^\s*[!%]/m.test(text)) return false
  // A file that is opened to be written was judged by its name, if that stands there.
  const opened = Array.from(
    text.matchAll(/\b(?:writeFileSync|write_text)\b|\bopen\s*\([^)]*,\s*(?:mode\s*=\s*)?["'][rb]*[wax+]/g),
  ).length
  if (opened > Array.from(text.matchAll(writers)).length) return false
  const named =
    language === "perl" || language === "ruby"
      ? code.replaceAll(
          /(?:\b(?:s|tr|y)\/(?:\\.|[^/\\])*\/(?:\\.|[^/\\])*|\b(?:m|qr)?\/(?:\\.|[^/\\])*|(?<=[\s(~])\/(?:\\.|[^/\\])*)\/[gimsxr]*(?![a-z])/g,
          " ",
        )
      : code
  const called = language === "python" ? withoutImports(named, names) : named
  const own = language === "python" ? importedNames(named, names) : undefined
  for (const match of called.matchAll(/([A-Za-z_$][\w$]*)(?=\s*(\()?)/g)) {
    const [, name = "", use] = match
    const before = called.slice(Math.max(0, match.index - 8), match.index)
    // What is called, imported or reached into must be known; a plain variable may have any name.
    // Perl and Ruby call without parentheses.
    const bare =
      language === "other" ||
      ((language === "perl" || language === "ruby") &&
        !/[$@%&:\w.]$/.test(before) &&
        !plainVariable.test(name))
    const matters = bare || use?.startsWith("(") === true || /\b(import|from|require|use)\s+$/.test(before)
    if (!matters || own?.get(name) === "plain") continue
    const known = names.has(name) || keywords.has(name) || isDefined(code, name)
    if (!known || (use?.startsWith("(") === true && own?.get(name) === "grave")) return false
  }
  for (const [, module = ""] of text.matchAll(
    /(?:\brequire\s*\(?\s*|\bimport\s*\(?\s*|\bfrom\s+)["'](?:node:)?([^"']+)["']/g,
  ))
    if (!names.has(module) && !module.startsWith("./")) return false
  return true
}

/** Modules that reach out, or run what they are given by names as plain as `run` and `get`. */
const riskyModules = new Set(
  list(`subprocess shutil socket urllib urllib3 requests http httpx aiohttp ftplib smtplib poplib imaplib telnetlib paramiko fabric
  pickle shelve marshal dill joblib ctypes cffi pty multiprocessing threading signal webbrowser fileinput runpy importlib code
  codeop mmap resource keyring boto3 botocore psycopg psycopg2 redis pymongo docker kubernetes websocket websockets socketserver
  xmlrpc ssl select selectors sh plumbum pexpect invoke tempfile glob antigravity winreg msvcrt selenium playwright github gitlab
  google azure stripe twilio slack_sdk telegram builtins sys_x gc_x pip setuptools distutils ensurepip venv zipimport crypt pwd grp
  spwd nis termios tty fcntl syslog psutil pyautogui pynput pyperclip mss scapy nmap`),
)

/** Without the imports of modules that are neither known nor risky: the project's own, which run as its scripts do. */
const withoutImports = (code: string, names: ReadonlySet<string>): string =>
  code.replaceAll(
    /^(\s*|.*;\s*)(?:from\s+([\w.]+)\s+import\s+[\w, ]+|import\s+([\w.]+))(?=\s*(?:;|$))/gm,
    (whole: string, lead: string, from: string | undefined, plain: string | undefined) => {
      const [top = ""] = (from ?? plain ?? "").split(".")
      return /\sas\s/.test(whole) || names.has(top) || riskyModules.has(top) ? whole : lead
    },
  )

/**
 * What code imports from the project, which it may call: but not what by its name runs, sends or destroys, for which even a
 * name that is plain elsewhere says nothing.
 */
const importedNames = (code: string, names: ReadonlySet<string>): ReadonlyMap<string, "plain" | "grave"> => {
  const own = new Map<string, "plain" | "grave">()
  for (const [, from = "", imported = ""] of code.matchAll(
    /(?:^|;)\s*from\s+([\w.]+)\s+import\s+([\w, ]+)(?=\s*(?:;|$))/gm,
  )) {
    const [top = ""] = from.split(".")
    if (/\sas\s/.test(imported) || names.has(top) || riskyModules.has(top)) continue
    for (const name of imported.split(",")) own.set(name.trim(), graveName.test(name) ? "grave" : "plain")
  }
  return own
}

const graveName =
  /run|exec|system|spawn|popen|shell|cmd|command|sudo|eval|call|invoke|connect|send|post|put|upload|download|fetch|request|remote|client|session|push|publish|deploy|release|delete|remove|drop|destroy|wipe|purge|clear|reset|truncate|flush|kill|seed|migrate|secret|token|password|credential|email|mail|charge|pay|notify|sync/i

const isDefined = (code: string, name: string): boolean =>
  new RegExp(String.raw`\b(?:def|function|const|let|class)\s+${name.replaceAll("$", String.raw`\$`)}\b`).test(
    code,
  )
