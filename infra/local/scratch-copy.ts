/**
 * The scratch store as a backup holds it: of no use to whoever has no master key. Sessions, codes, invitations and the secrets of the
 * sign-in are never written there, not even to be deleted again; of mails and jobs it is known what became
 * of them, and no name, word or address.
 */
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { jobKind, rememberedJob } from '../../functions/home/jobs.ts';
import { mailKind, rememberedMail } from '../../functions/home/mails.ts';
import { signInLogKind } from '../../functions/home/sign-in-log.ts';
import type { Instant } from '../../shared/calendar.ts';

/** Whatever is not named here is left out. Passwords are hashes, the secrets of one-time codes are sealed. */
const keptKinds: readonly string[] = [
  'credential',
  'cursor',
  'duty',
  'figures',
  'letters',
  'mail-lost',
  'refused',
  signInLogKind,
  'treasury',
  'wait',
  'webhook',
  'webhook-failed',
  'webhook-sent',
];

const schema = z.object({ sql: z.string(), type: z.string(), name: z.string() });
const row = z.object({ key: z.string(), value: z.string(), expiresAt: z.number() });

/** As it stands at one instant, whoever writes meanwhile. A mail that waits does so no longer in the copy: nobody sends it. */
export function copyScratch(from: string, to: string, at: Instant): void {
  const copy = new DatabaseSync(to);
  try {
    copy.exec('PRAGMA busy_timeout = 10000; PRAGMA synchronous = FULL');
    copy.prepare('ATTACH DATABASE ? AS live').run(from);
    copy.exec('BEGIN');
    for (const found of copy.prepare('SELECT sql, type, name FROM live.sqlite_schema WHERE sql IS NOT NULL').all()) {
      const { sql, type, name } = schema.parse(found);
      if (name === 'scratch' || /\bexecutions\b/.test(sql)) copy.exec(sql);
      // Where each batch stands; the scratch store goes kind by kind.
      if (type === 'table' && name === 'executions') copy.exec('INSERT INTO executions SELECT * FROM live.executions');
      if (type === 'table' && name === 'scratch') copyKinds(copy, at);
    }
    copy.exec('COMMIT; DETACH DATABASE live');
  } finally {
    copy.close();
  }
}

function copyKinds(copy: DatabaseSync, at: Instant): void {
  const insertKind = copy.prepare(
    'INSERT INTO scratch (kind, key, value, expiresAt) SELECT kind, key, value, expiresAt FROM live.scratch WHERE kind = ?',
  );
  for (const kind of keptKinds) insertKind.run(kind);
  const insert = copy.prepare('INSERT INTO scratch (kind, key, value, expiresAt) VALUES (?, ?, ?, ?)');
  const select = copy.prepare('SELECT key, value, expiresAt FROM live.scratch WHERE kind = ?');
  const parts = [
    [mailKind, (value: string) => rememberedMail(value, at)],
    [jobKind, rememberedJob],
  ] as const;
  for (const [kind, partOf] of parts) {
    for (const found of select.all(kind)) {
      const { key, value, expiresAt } = row.parse(found);
      const kept = partOf(value);
      if (kept !== undefined) insert.run(kind, key, kept, expiresAt);
    }
  }
}
