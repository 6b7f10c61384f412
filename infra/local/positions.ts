/** Where each execution stands, in SQLite: one row an execution, replaced at each transition. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

export const position = z.object({
  state: z.string(),
  input: z.unknown(),
  token: z.string().optional(),
  /** The waiting handler has been called to its end. */
  isAsked: z.boolean().optional(),
  answer: z.object({ output: z.unknown() }).optional(),
  deadline: z.number().optional(),
  until: z.number().optional(),
  tries: z.number().optional(),
  childrenDone: z.number().optional(),
  error: z.string().optional(),
});
export type Position = z.infer<typeof position>;

const status = z.enum(['running', 'waiting', 'succeeded', 'failed']);

export interface Execution {
  readonly id: string;
  readonly status: z.infer<typeof status>;
  readonly position: Position;
}

export interface Positions {
  find(id: string): Execution | undefined;
  save(id: string, status: Execution['status'], position: Position): void;
  unfinished(): readonly Execution[];
  /** The execution that waits with this token, if one does. */
  waitingOn(token: string): Execution | undefined;
}

const columns = z.object({ id: z.string(), status, position: z.string() });

export function sqlitePositions(database: DatabaseSync): Positions {
  database.exec(`
    CREATE TABLE IF NOT EXISTS executions (
      id TEXT PRIMARY KEY, status TEXT NOT NULL, token TEXT, position TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS executions_by_token ON executions (token) WHERE token IS NOT NULL;`);
  const select = database.prepare('SELECT id, status, position FROM executions WHERE id = ?');
  const byToken = database.prepare(
    "SELECT id, status, position FROM executions WHERE token = ? AND status = 'waiting'",
  );
  const open = database.prepare("SELECT id, status, position FROM executions WHERE status IN ('running', 'waiting')");
  const replace = database.prepare(
    'INSERT OR REPLACE INTO executions (id, status, token, position) VALUES (?, ?, ?, ?)',
  );
  const read = (found: unknown): Execution => {
    const { id, status: at, position: text } = columns.parse(found);
    return { id, status: at, position: position.parse(JSON.parse(text)) };
  };
  return {
    find(id) {
      const found = select.get(id);
      return found === undefined ? undefined : read(found);
    },
    save: (id, at, where) => void replace.run(id, at, where.token ?? null, JSON.stringify(where)),
    unfinished: () => open.all().map(read),
    waitingOn(token) {
      const found = byToken.get(token);
      return found === undefined ? undefined : read(found);
    },
  };
}
