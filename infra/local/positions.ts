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
  /** When the wait for the token's answer has passed its limit. */
  deadline: z.number().optional(),
  /** Nothing is done before: the next try of a fault's ladder, or the end of a pause. */
  until: z.number().optional(),
  tries: z.number().optional(),
  /** So many children of a Map have ended, from the first on without a gap; those ahead of a gap are listed. */
  childrenDone: z.number().optional(),
  childrenAhead: z.array(z.number()).optional(),
  childTries: z.record(z.string(), z.number()).optional(),
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
  /** The execution that waits with this token, if one does; between two tries of the asking it waits too. */
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
    "SELECT id, status, position FROM executions WHERE token = ? AND status IN ('running', 'waiting')",
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

/** Milliseconds of the epoch; now when the answer is there, never when nothing but an answer goes on. */
export function sleepsUntil({ answer, until, isAsked, deadline }: Position): number {
  if (answer !== undefined) return 0;
  return until ?? (isAsked === true ? (deadline ?? Number.POSITIVE_INFINITY) : 0);
}

/** The children of a Map that have not ended, of so many. */
export function childrenLeft({ childrenDone = 0, childrenAhead = [] }: Position, count: number): number[] {
  const all = Array.from({ length: count }, (_, child) => child);
  return all.slice(childrenDone).filter((child) => !childrenAhead.includes(child));
}

export function withChildDone(at: Position, child: number): Position {
  const ahead = new Set([...(at.childrenAhead ?? []), child]);
  let childrenDone = at.childrenDone ?? 0;
  while (ahead.delete(childrenDone)) childrenDone += 1;
  return { ...at, childrenDone, childrenAhead: [...ahead] };
}
