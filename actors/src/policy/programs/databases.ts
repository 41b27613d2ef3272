import { judgeCode } from "../code.ts"
import { parseOptions } from "../options.ts"
import { SOME, UNKNOWN, placeOf } from "../paths.ts"
import { pathsOf, readsFile, writesFile } from "../files.ts"
import { judgeSql } from "./sql.ts"
import type { Call, Programs, Rule, Shell } from "../Shell.ts"
import { suspectScript } from "../suspicions.ts"
import { shown } from "../Verdict.ts"
import { asksForHelp, forNames, verbRule } from "../verbs.ts"
import { isLocal } from "../addresses.ts"

interface Client {
  readonly short: string
  readonly long: string
  readonly code: ReadonlyArray<string>
  readonly files: ReadonlyArray<string>
  readonly host: ReadonlyArray<string>
}

const sqlClient =
  ({ short, long, code, files, host }: Client): Rule =>
  (call) => {
    const { shell, args, input, name } = call
    const options = parseOptions(args, { short, long })
    remote(shell, name, [...options.valuesOf(...host), ...options.rest.filter((word) => /:\/\//.test(word))])
    for (const text of options.valuesOf(...code)) judgeSql(shell, text, false)
    for (const file of options.valuesOf(...files)) fromFile(shell, file)
    for (const file of options.valuesOf("-o", "--output")) writesFile(shell, file)
    if (
      options.valuesOf(...code, ...files).length > 0 ||
      options.has("-l", "--list", "--version", "--help", "-V")
    )
      return
    if (input === undefined)
      shell.report("database-write", `opens a database: ${shown([name, ...args].join(" "))}`)
    else judgeSql(shell, input.text, false)
  }

const fromFile = (shell: Shell, file: string): void => {
  const output = readsFile(shell, file)
  if (output.text === UNKNOWN)
    shell.report("database-write", `gives a database the commands of ${shown(file)}`)
  else judgeSql(shell, output.text, false)
}

const remote = (shell: Shell, name: string, hosts: ReadonlyArray<string>): void => {
  for (const host of hosts)
    if (
      !isLocal(host) &&
      !host.startsWith("/") &&
      !/^(?!(prod|production|live|master|primary)\b)[a-z][\w-]*$/.test(host) &&
      !host.includes(SOME)
    )
      shell.report(
        "network-egress",
        `talks to a database elsewhere (${name}): ${shown(host.replace(/:[^:@/]*@/, ":…@"))}`,
      )
}

/** A database in one file: what it changes is that file. */
const sqlite: Rule = (call) => {
  const { shell, args, input, name } = call
  const { rest, valuesOf, has } = parseOptions(
    args.map((arg) => (/^-[a-z]{3,}/.test(arg) ? `-${arg}` : arg)),
    { long: "--cmd --init --separator --newline --nullvalue --mmap" },
  )
  if (
    name === "sqlite-utils" &&
    /^(drop-\w+|delete\w*|duplicate|rename-table|transform|install|uninstall)$/.test(rest[0] ?? "")
  )
    shell.report("database-destroy", `destroys or rebuilds a table: ${shown(args.join(" "))}`)
  const [file, ...texts] = name === "sqlite-utils" ? rest.slice(1) : rest
  const inside =
    file === undefined ||
    pathsOf(shell, file).every((path) => ["workspace", "temporary"].includes(placeOf(path, shell.context))) ||
    file === ":memory:"
  if (name === "duckdb")
    for (const text of [...texts, ...parseOptions(args, { short: "cs" }).valuesOf("-c", "-s")]) {
      if (
        /\bINSTALL\s+\w|\bLOAD\s+(?!(json|parquet|icu|fts|sqlite|excel|spatial|tpch|tpcds|autocomplete)\b)/i.test(
          text,
        )
      )
        shell.report("code-from-network", `loads an extension into a database: ${shown(text)}`)
      for (const [, path = ""] of text.matchAll(/["']([/~.][^"'\s]*)["']/g)) readsFile(shell, path)
    }
  const given = name === "duckdb" ? parseOptions(args, { short: "cs" }).valuesOf("-c", "-s") : []
  for (const text of [...valuesOf("--cmd"), ...texts, ...given]) {
    judgeSql(shell, text, inside)
    for (const [, path = ""] of text.matchAll(/^\s*\.(?:import|read|restore|load)\s+["']?([^\s"'|]+)/gm))
      readsFile(shell, path)
    if (/^\s*\.(output|once)\s+\|/m.test(text))
      shell.report("inline-code", `hands what it finds to a command: ${shown(text)}`)
    if (/^\s*\.(output|once|backup|save|dump)\s+(\S+)/m.test(text))
      writesFile(shell, /^\s*\.\w+\s+(\S+)/m.exec(text)?.[1] ?? UNKNOWN)
    if (/^\s*\.(read|restore|load|import\s+['"|]+|excel|edit|archive|ar)\b/m.test(text))
      shell.report("database-write", `has a database read or run what a file holds: ${shown(text)}`)
  }
  if (texts.length === 0 && !has("--version", "--help"))
    if (input?.file !== undefined && inside) {
      suspectScript(shell, input.file)
      shell.report("project-script", `gives a database of the workspace the commands of ${shown(input.file)}`)
    } else if (input !== undefined) {
      judgeSql(shell, input.text, inside)
      if (
        /^\s*\.(import|read|shell|system|load|output|once|save|backup|restore|excel|edit)\b/m.test(input.text)
      )
        shell.report("database-write", `has a database read, write or run files: ${shown(input.text)}`)
    }
}

const redis: Rule = ({ shell, args, input, name }) => {
  const { rest, valuesOf, has } = parseOptions(args, {
    short: "hpanusri",
    long: "--user --pass --uri --eval --pipe --host --port",
    first: true,
  })
  remote(shell, name, valuesOf("-h", "-u", "--uri"))
  const text = `${rest.join(" ")} ${input?.text ?? ""}`
  if (
    /\b(FLUSHALL|FLUSHDB|SHUTDOWN|CONFIG\s+(SET|REWRITE)|DEBUG|SLAVEOF|REPLICAOF|MODULE|SCRIPT|EVAL|SAVE|BGSAVE|RENAME|MIGRATE|CLUSTER\s+RESET|ACL)\b/i.test(
      text,
    ) ||
    has("--eval", "--rdb")
  )
    shell.report(
      "database-destroy",
      `destroys or reconfigures a database: ${shown([name, ...args].join(" "))}`,
    )
  else if (
    /^\s*(GET|MGET|KEYS|SCAN|INFO|PING|TTL|TYPE|EXISTS|LLEN|LRANGE|HGET|HGETALL|HKEYS|SMEMBERS|SCARD|ZRANGE|DBSIZE|MONITOR|CLIENT\s+LIST|MEMORY|OBJECT|STRLEN|CONFIG\s+GET|XLEN|XRANGE|XINFO|TIME|SLOWLOG|LATENCY|ZCARD|HLEN)\b/i.test(
      rest.join(" "),
    ) ||
    has("--version", "--stat", "--scan", "--bigkeys")
  )
    return
  else shell.report("database-write", `changes a database: ${shown([name, ...args].join(" "))}`)
}

const mongo: Rule = ({ shell, args, input, name }) => {
  const { valuesOf, rest } = parseOptions(args, {
    short: "hpuf",
    long: "--eval --host --port --username --password --file",
  })
  remote(shell, name, [...valuesOf("--host"), ...rest.filter((word) => word.startsWith("mongodb"))])
  const texts = [...valuesOf("--eval"), ...(input === undefined ? [] : [input.text])]
  if (texts.length === 0 && !args.includes("--version"))
    shell.report("database-write", `opens a database: ${shown([name, ...args].join(" "))}`)
  for (const text of texts)
    if (
      /dropDatabase|\.drop\(|deleteMany\(\s*(\{\s*\})?\s*\)|\.remove\(\s*(\{\s*\})?\s*\)|dropUser|shutdownServer|\.dropIndex|runCommand\(\s*\{\s*["']?(drop|shutdown)/i.test(
        text,
      )
    )
      shell.report("database-destroy", `destroys data in a database: ${shown(text)}`)
    else if (
      /\.(insert|update|delete|replace|save|create|rename|bulkWrite|aggregate\([^)]*\$out)|run\(|runCommand|adminCommand|load\(|spawn|require\(|child_process|process\./i.test(
        text,
      ) ||
      text.includes(UNKNOWN)
    )
      shell.report("database-write", `changes a database: ${shown(text)}`)
    else shell.report("read", `asks a database: ${shown(text)}`)
}

/** Whether a variable says that the real thing is meant. */
export const inProduction = ({ scope }: Shell): boolean =>
  [
    "RAILS_ENV",
    "RACK_ENV",
    "APP_ENV",
    "NODE_ENV",
    "FLASK_ENV",
    "DJANGO_ENV",
    "MIX_ENV",
    "DJANGO_SETTINGS_MODULE",
    "ENV",
    "STAGE",
  ].some((name) => /^prod(uction)?$|\.prod(uction)?$/.test(scope.variables.get(name)?.[0]?.[0] ?? ""))

/** Tasks of Django that are judged by what they do; answers whether this is one. */
const django = (shell: Shell, verb: string, code: ReadonlyArray<string>): boolean => {
  if (verb === "createsuperuser") shell.report("privilege", "makes a user who may do everything")
  else if (verb === "sendtestemail") shell.report("network-egress", "sends mail")
  else if (verb === "shell" && code.length > 0) {
    for (const text of code) judgeCode(shell, "python", text)
    shell.report("project-script", `runs code in the project: ${shown(code.join("; "))}`)
  } else return false
  return true
}

/** The code that Rails or Mix is given on the line. */
const codeOf = (name: string, args: ReadonlyArray<string>): string | undefined => {
  const [evaluated] = parseOptions(args, { short: "e", long: "--eval" }).valuesOf("-e", "--eval")
  if (name === "mix" && evaluated !== undefined) return evaluated
  const [verb = "", code] = args
  return /^(rails|mix)$/.test(name) &&
    /^(runner|r|run)$/.test(verb) &&
    code !== undefined &&
    /[\s.(]/.test(code) &&
    !code.endsWith(".rb")
    ? code
    : undefined
}

/** Tools that migrate a project's database. */
const migrations: Rule = (call) => {
  const { shell, args, name } = call
  if (name === "symfony" && args[0] === "console") return void shell.runWords(args)
  const given = codeOf(name, args)
  if (given !== undefined)
    return shell.report(
      /delete|destroy|drop|truncate|update_all/i.test(given) ? "database-destroy" : "inline-code",
      `runs code in the project: ${shown(given)}`,
    )
  if (asksForHelp(args)) return
  const text = [name, ...args].join(" ")
  const [verb = ""] = args
  const code = parseOptions(args, { short: "c", long: "--command --execute" }).valuesOf(
    "-c",
    "--command",
    "--execute",
  )
  if (name === "django-admin" && django(shell, verb, code)) return
  if (
    (code.length > 0 && !/^(rails|artisan)$/.test(name)) ||
    /^(dbshell|tinker|console|psysh|dbconsole|db:console|changepassword|down|env:decrypt|import|execute-sql|restore)$/.test(
      verb,
    )
  )
    return shell.report("inline-code", `opens the project's data, or runs code on it: ${shown(text)}`)
  if (
    name === "prisma" &&
    (args.join(" ").startsWith("db execute") || (verb === "studio" && text.includes("0.0.0.0")))
  )
    return shell.report("database-write", `changes a database, or opens it to others: ${shown(text)}`)
  if (name === "artisan" && args.includes("--force") && /^(migrate|db:)/.test(verb))
    return shell.report("database-write", `works on what is in production (--force): ${shown(text)}`)
  const production = args.some(
    (arg) => /(^|[=.:/_-])prod(uction)?($|[._-])/i.test(arg) && !/test|spec|dry/.test(arg),
  )
  if (
    (production || inProduction(shell)) &&
    !/\b(status|routes|check|list|version|generate|assets|cache|precompile|lint)\b/.test(text)
  )
    return shell.report("database-write", `works on what is in production: ${shown(text)}`)
  if (name === "rake" && /^(release|deploy|publish)/.test(verb))
    return shell.report("publish", `publishes to others: ${shown(text)}`)
  if (/^(credentials|secrets|encrypted):|^env:/.test(verb))
    return shell.report("credentials", `handles secrets: ${shown(text)}`)
  if (/^(delete|drop|purge|wipe|truncate)_/.test(verb))
    return shell.report("database-destroy", `destroys data of the project: ${shown(text)}`)
  if (
    /^(wp|drush)$/.test(name) &&
    !/\b(list|status|get|info|version|check|search|is-installed|core:status|cr|cache:rebuild|cache flush)\b/.test(
      text,
    )
  )
    return shell.report("database-write", `changes a site: ${shown(text)}`)
  if (
    /\b(db:(drop|reset|purge|wipe|migrate:reset|seed:replant|setup|schema:load|truncate)|migrate:(fresh|reset|refresh)|migrate reset|migrate:rollback --all|rollback --all|downgrade\b(?!.*--sql)|db:rollback|migrate \w+ zero|migrate deploy|flush|reset_db|sqlflush|drop-?db|drop_database|drop-all|dropAll|schema:drop|database:drop|db push --force-reset|db push --accept-data-loss|clean|db reset|undo:all|db:wipe|undo-all|revert-all)\b/i.test(
      text,
    ) &&
    (!/\b(build|test|assets)\b/.test(text) || /\b(db|migrate|schema|database):/.test(text)) &&
    !(/\bclean\b/.test(text) && !/^(flyway|liquibase)/.test(name))
  )
    shell.report("database-destroy", `destroys data in a database: ${shown(text)}`)
  else shell.report("project-script", `runs a task of the project: ${shown(text)}`)
}

const dump =
  (write: string): Rule =>
  ({ shell, args, name }) => {
    const { valuesOf } = parseOptions(args, {
      short: "fohUpdtnNZFj",
      long: "--uri --file --result-file --out --host --archive --output",
    })
    remote(shell, name, valuesOf("-h", "--host", "--uri"))
    if (name === "pg_dumpall" || args.some((arg) => /^(--all-databases|-A)$/.test(arg)))
      shell.report(
        "credentials",
        `takes all that a database server holds: ${shown([name, ...args].join(" "))}`,
      )
    for (const file of valuesOf(write, "--file", "--result-file", "--out")) writesFile(shell, file)
  }

const restores: Rule = ({ shell, args, name }: Call) =>
  asksForHelp(args)
    ? undefined
    : shell.report(
        "database-destroy",
        `overwrites or deletes a database: ${shown([name, ...args].join(" "))}`,
      )

export const databases: Programs = {
  ...forNames(
    "psql pgcli cockroach-sql",
    sqlClient({
      short: "cfdhpUvoFRPTLE",
      long: "--command --file --dbname --host --port --username --set --output",
      code: ["-c", "--command"],
      files: ["-f", "--file"],
      host: ["-h", "--host"],
    }),
  ),
  ...forNames(
    "mysql mariadb mycli",
    sqlClient({
      short: "ehuPDS",
      long: "--execute --host --user --port --database --socket --init-command",
      code: ["-e", "--execute", "--init-command"],
      files: [],
      host: ["-h", "--host"],
    }),
  ),
  ...forNames(
    "sqlcmd isql sqlplus osql usql bsqldb tsql cqlsh clickhouse-client snowsql beeline trino presto hive impala-shell db2 vsql",
    sqlClient({
      short: "QqehSUPdif",
      long: "--query --execute --host --user --password --queries-file",
      code: ["-Q", "-q", "-e", "--query", "--execute"],
      files: ["-i", "-f", "--queries-file"],
      host: ["-h", "-S", "--host"],
    }),
  ),
  ...forNames("sqlite3 sqlite litecli duckdb sqlite-utils", sqlite),
  ...forNames("redis-cli valkey-cli keydb-cli iredis", redis),
  ...forNames("mongosh mongo", mongo),
  ...forNames("pg_dump pg_dumpall", dump("-f")),
  ...forNames("mysqldump mariadb-dump mongodump mongoexport", dump("-o")),
  ...forNames(
    "dropdb dropuser pg_restore mongorestore mongoimport mysqlimport pg_resetwal pg_ctl-x rabbitmqctl influx-x etcdctl kafka-topics kafka-topics.sh pg_upgrade mysql_upgrade innobackupex xtrabackup",
    restores,
  ),
  ...forNames(
    "createdb createuser initdb pg_ctl mysqld postgres mongod redis-server mysqld_safe",
    ({ shell, args, name }) => {
      if (args.some((arg) => /^(stop|restart|promote|kill|--shutdown|-s|--superuser)$/.test(arg)))
        shell.report(
          "database-destroy",
          `stops a database, or changes whose it is: ${shown([name, ...args].join(" "))}`,
        )
      shell.report(
        "process",
        `starts or makes a database on this machine: ${shown([name, ...args].join(" "))}`,
      )
    },
  ),
  ...forNames("pg_isready redis-benchmark pgbench", () => undefined),
  mysqladmin: verbRule({
    short: "uhpP",
    verbs: { read: "status, ping, version, processlist, variables, extended-status" },
    other: "database-destroy",
  }),
  ...forNames(
    "rails rake bin/rails artisan django-admin alembic flyway liquibase knex sequelize sequelize-cli typeorm prisma drizzle-kit dbmate goose migrate sqlx diesel atlas sqitch mikro-orm wp drush console symfony flask mix",
    migrations,
  ),
}
