/** Keys in a data folder that the histories beside them say were erased: an older copy of the keys brings them back. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { erasedOwners } from '../../shared/case/erased.ts';
import type { Entry } from '../../shared/case/store.ts';
import { wipe } from './keys.ts';
import { openToVerify } from './sqlite-store.ts';

/** The owners that are there although they were erased. Takes no key, and changes nothing. */
export function keysBackAgain(dataDirectory: string): readonly string[] {
  const file = join(dataDirectory, 'keys.sqlite');
  const erased = [...ownersErasedIn(dataDirectory)];
  if (erased.length === 0 || !existsSync(file)) return [];
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const find = database.prepare('SELECT 1 FROM keys WHERE owner = ?');
    return erased.filter((owner) => find.get(owner) !== undefined);
  } finally {
    database.close();
  }
}

/** Erases them again, and answers which they were. */
export function eraseKeysAgain(dataDirectory: string): readonly string[] {
  const back = keysBackAgain(dataDirectory);
  if (back.length > 0) eraseKeys(dataDirectory, back);
  return back;
}

/** For good: their bytes are neither in the file nor in its log afterwards. Other processes may have the file open. */
export function eraseKeys(dataDirectory: string, owners: readonly string[]): void {
  const database = new DatabaseSync(join(dataDirectory, 'keys.sqlite'));
  try {
    database.exec('PRAGMA busy_timeout = 10000; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; BEGIN IMMEDIATE');
    const remove = database.prepare('DELETE FROM keys WHERE owner = ?');
    for (const owner of owners) remove.run(owner);
    database.exec('COMMIT');
    wipe(database);
  } finally {
    database.close();
  }
}

/** Of a stored province, in the order in which they were written. */
export function* entriesIn(dataDirectory: string): Generator<Entry> {
  const store = openToVerify(join(dataDirectory, 'histories.sqlite'));
  try {
    yield* store.held().entries;
  } finally {
    store.close();
  }
}

function ownersErasedIn(dataDirectory: string): ReadonlySet<string> {
  return erasedOwners(entriesIn(dataDirectory));
}
