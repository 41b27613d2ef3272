import { chmodSync, closeSync, mkdirSync, openSync, renameSync } from "node:fs"
import { dirname } from "node:path"
import { DatabaseSync } from "node:sqlite"
import type { StatementSync } from "node:sqlite"
import { readModelVersion } from "../storedRow.ts"
import { clearTables, createTables } from "./tables.ts"

/** Result codes of https://sqlite.org/rescode.html, of which the low byte says the kind. */
const sqliteCorrupt = 11
const sqliteNotADatabase = 26

/** True when the file itself is damaged: nothing but a new one helps. */
export const isDamaged = (error: unknown) => {
  if (!(error instanceof Error) || !("errcode" in error)) return false
  const kind = Number(error.errcode) & 0xff
  return kind === sqliteCorrupt || kind === sqliteNotADatabase
}

/** One open database file of the read model, with its prepared statements. */
export class ReadModelFile {
  readonly database: DatabaseSync
  private readonly statements = new Map<string, StatementSync>()

  private constructor(database: DatabaseSync) {
    this.database = database
  }

  /**
   * Opens or makes the file, readable by its owner only. One of another version is emptied: it is folded again.
   * Throws what SQLite or the file system says.
   */
  static open(path: string): ReadModelFile {
    if (path !== ":memory:") {
      mkdirSync(dirname(path), { recursive: true })
      closeSync(openSync(path, "a", 0o600))
      chmodSync(path, 0o600)
    }
    // Waiting for another process' lock holds up this whole process, so not for long.
    const database = new DatabaseSync(path, { timeout: 2_000 })
    try {
      // NORMAL may lose the last commits with the power: they are folded again from the streams.
      database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
      const file = new ReadModelFile(database)
      const version = Number(file.prepare("PRAGMA user_version").get()?.["user_version"])
      if (version !== readModelVersion) file.empty()
      return file
    } catch (error) {
      database.close()
      throw error
    }
  }

  /** Moves a damaged file and its side files out of the way; answers where to. */
  static setAside(path: string, atMillis: number): string {
    const aside = `${path}.damaged-${atMillis}`
    for (const suffix of ["", "-wal", "-shm"]) {
      try {
        renameSync(path + suffix, aside + suffix)
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error
      }
    }
    return aside
  }

  /** The statement for this text, which must come from the code: the texts are few, values are bound. */
  prepare(sql: string): StatementSync {
    const known = this.statements.get(sql)
    if (known !== undefined) return known
    const statement = this.database.prepare(sql)
    this.statements.set(sql, statement)
    return statement
  }

  transaction<A>(run: () => A): A {
    this.database.exec("BEGIN IMMEDIATE")
    try {
      const answer = run()
      this.database.exec("COMMIT")
      return answer
    } catch (error) {
      if (this.database.isTransaction) this.database.exec("ROLLBACK")
      throw error
    }
  }

  close() {
    this.statements.clear()
    this.database.close()
  }

  /** Drops everything and makes the tables anew. */
  empty() {
    this.statements.clear()
    this.transaction(() => {
      const tables = this.database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
      clearTables(
        this.database,
        tables.map((row) => String(row["name"])),
      )
      createTables(this.database)
    })
  }
}
