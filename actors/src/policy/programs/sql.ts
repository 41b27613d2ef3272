import { readsFile, writesFile } from "../files.ts"
import { UNKNOWN } from "../paths.ts"
import type { Shell } from "../Shell.ts"
import { runsAside } from "../suspicions.ts"
import { shown } from "../Verdict.ts"

/** What a text in SQL, with the commands of its client, does. */
export const judgeSql = (shell: Shell, sql: string, own: boolean): void => {
  for (const [, way = "", path = ""] of sql.matchAll(
    /(?:^|[\n;])\s*\\copy\s[\s\S]*?\s(to|from)\s+(?:program\s+)?'?([^\s;']+)/gi,
  ))
    if (!/^(stdout|stdin|pstdin|pstdout)$/i.test(path))
      if (/^to$/i.test(way)) writesFile(shell, path)
      else readsFile(shell, path)
  for (const [, path = ""] of sql.matchAll(/(?:^|[\n;])\s*\\(?:o|out|w|write|g|gx)\s+([/~|]\S*)/g))
    if (path.startsWith("|")) runsAside(shell, "a database's client", path.slice(1))
    else writesFile(shell, path)
  const text = sql.slice(0, 65_536).replace(/--[^\n]*|\/\*[\s\S]*?\*\/|#[^\n]*$/gm, " ")
  const said = shown(sql.trim())
  for (const [, , path = ""] of text.matchAll(
    /\b(?:ATTACH(?:\s+DATABASE)?|TO|EXPORT\s+DATABASE|INTO)\s+(["'])([/~.][^"']*)\1/gi,
  ))
    writesFile(shell, path)
  for (const [, command = ""] of text.matchAll(
    /(?:^|\n|;)\s*(?:\\!|\.shell|\.system|system|\\! )\s*([^\n;]*)/g,
  ))
    runsAside(shell, "a database's client", command)
  if (
    /\b(TO|FROM)\s+PROGRAM\b|\bxp_cmdshell\b|\bsys_exec\b|\blo_(ex|im)port\b|\bCREATE\s+EXTENSION\b|\bload_extension\b|\bINTO\s+(OUT|DUMP)FILE\b|\bCREATE\s+(OR\s+REPLACE\s+)?FUNCTION\b[\s\S]*\bLANGUAGE\s+['"]?(c|plpython\w*|plperlu)\b|\bedit\s*\(|\bwritefile\s*\(|\bpg_(terminate|cancel)_backend\b|\bpg_reload_conf\b/i.test(
      text,
    )
  )
    shell.report("database-destroy", `has the database run programs or write files: ${said}`)
  if (
    /\b(pg_read_file|load_file|readfile)\s*\(|\bpg_shadow\b|\bmysql\.user\b|\bpg_authid\b|\binformation_schema\.user_privileges\b/i.test(
      text,
    )
  )
    shell.report("credentials", `reads secrets by the database: ${said}`)
  if (
    /\bDROP\s+(TABLE|DATABASE|SCHEMA|COLUMN|ROLE|USER|INDEX|VIEW|KEYSPACE|COLLECTION|OWNED|MATERIALIZED|TYPE|FUNCTION|SEQUENCE|TRIGGER)\b|\bTRUNCATE\b|\bDETACH\s+PARTITION\b|\bSHUTDOWN\b|\bKILL\s+(QUERY\s+|CONNECTION\s+)?\d|\bRESET\s+MASTER\b/i.test(
      text,
    ) ||
    withoutWhere(text)
  )
    shell.report("database-destroy", `destroys data in a database: ${said}`)
  else if (/\b(GRANT|REVOKE|ALTER\s+(USER|ROLE|SYSTEM)|CREATE\s+(USER|ROLE)|SET\s+GLOBAL)\b/i.test(text))
    shell.report("privilege", `changes who may do what in a database: ${said}`)
  else if (
    /\b(INSERT|UPDATE|DELETE|ALTER|CREATE|REPLACE|MERGE|COPY|VACUUM|REINDEX|CALL|DO|IMPORT|RENAME|UPSERT|LOAD\s+DATA)\b/i.test(
      text
        .replace(/'[^']*'/g, "''")
        .replace(/(^|\n)\s*\\copy\s*\(?\s*(?=select\b|[\w.]+\s*(\([^)]*\)\s*)?to\b)/gi, " "),
    )
  )
    shell.report(own ? "workspace-write" : "database-write", `changes a database: ${said}`)
  else if (/(^|[;\n])\s*(source\s|\\\.|\\i\b|\\ir\b)/i.test(text))
    shell.report("database-write", `gives a database the commands of a file: ${said}`)
  else if (text.includes(UNKNOWN))
    shell.report("database-write", "gives a database commands that are not known until then")
  else shell.report("read", `asks a database: ${said}`)
}

const withoutWhere = (text: string): boolean =>
  text
    .split(";")
    .some(
      (statement) =>
        /\bDELETE\s+FROM\b|\bUPDATE\s+[\w."`]+\s+SET\b/i.test(statement) &&
        (!/\bWHERE\b/i.test(statement) || /\bWHERE\s+(1\s*=\s*1|true|1)\b/i.test(statement)),
    )
