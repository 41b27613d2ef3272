import type { DatabaseSync } from "node:sqlite"
import { readModelVersion } from "../storedRow.ts"

const documents = (name: string, columns: string) => `
CREATE TABLE ${name} (
  id TEXT PRIMARY KEY,
  evt_seq INTEGER NOT NULL,
  ${columns}
  doc TEXT NOT NULL
) STRICT;`

/**
 * A table for each kind of row: the row as JSON in `doc`, beside it what is asked for. `request_search` indexes
 * the column `search` of `requests` by trigrams, without a copy of the text.
 */
const definition = `
${documents("users", "created_at INTEGER NOT NULL,")}
${documents(
  "requests",
  `user_id TEXT NOT NULL, session_id TEXT NOT NULL, state TEXT NOT NULL, created_at INTEGER NOT NULL,
  search TEXT NOT NULL,`,
)}
CREATE INDEX requests_of_user ON requests (user_id, created_at);
CREATE INDEX requests_of_session ON requests (session_id, created_at);
CREATE INDEX requests_by_state ON requests (state);
CREATE VIRTUAL TABLE request_search USING fts5(
  words, content='', contentless_delete=1, tokenize='trigram case_sensitive 1'
);
${documents("sessions", "user_id TEXT NOT NULL, updated_at INTEGER NOT NULL,")}
CREATE INDEX sessions_of_user ON sessions (user_id, updated_at);
${documents(
  "messages",
  `user_id TEXT NOT NULL, session_id TEXT, request_id TEXT, direction TEXT NOT NULL, state TEXT NOT NULL,
  at INTEGER NOT NULL,`,
)}
CREATE INDEX messages_of_user ON messages (user_id, at);
CREATE INDEX messages_of_session ON messages (session_id);
CREATE INDEX messages_of_request ON messages (request_id);
${documents(
  "approvals",
  `user_id TEXT NOT NULL, session_id TEXT NOT NULL, request_id TEXT NOT NULL, state TEXT NOT NULL,
  asked_at INTEGER NOT NULL,`,
)}
CREATE INDEX approvals_of_user ON approvals (user_id, asked_at);
CREATE INDEX approvals_of_user_by_state ON approvals (user_id, state, asked_at);
CREATE INDEX approvals_of_request ON approvals (request_id);
CREATE TABLE timeline (
  position INTEGER PRIMARY KEY,
  user_id TEXT NOT NULL, session_id TEXT, request_id TEXT, message_id TEXT,
  doc TEXT NOT NULL
) STRICT;
CREATE INDEX timeline_of_user ON timeline (user_id, position);
CREATE INDEX timeline_of_session ON timeline (session_id, position);
CREATE INDEX timeline_of_request ON timeline (request_id, position);
CREATE INDEX timeline_of_message ON timeline (message_id, position);
CREATE TABLE position (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  sequence INTEGER NOT NULL,
  stream_created TEXT NOT NULL,
  generation TEXT NOT NULL
) STRICT;
INSERT INTO position VALUES (1, 0, '', lower(hex(randomblob(16))));
PRAGMA user_version = ${readModelVersion};
`

export const createTables = (database: DatabaseSync) => database.exec(definition)

/** Drops the tables of these names; those that belong to a virtual table go with it. */
export const clearTables = (database: DatabaseSync, names: ReadonlyArray<string>) => {
  for (const name of ["request_search", ...names.filter((name) => !/^(request_search|sqlite_)/.test(name))]) {
    database.exec(`DROP TABLE IF EXISTS "${name.replaceAll('"', '""')}"`)
  }
}
