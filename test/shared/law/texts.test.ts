/** What reads all of the law reads `lawFiles`: a file that is not in it would be left out of hash, listing and checks. */
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasTableName } from '../../../shared/law/names.ts';
import { lawInForceOn } from '../../../shared/law/listing.ts';
import { lawFiles } from '../../../shared/law/texts.ts';

const folder = join(import.meta.dirname, '../../../shared/law');
const found: string[] = [];
for await (const file of glob('*/*.ts', { cwd: folder })) found.push(file.replaceAll('\\', '/').replace(/\.ts$/, ''));

test('every file of a text is registered, and nothing else', () => {
  expect(found.length).toBeGreaterThan(30);
  expect(Object.keys(lawFiles).toSorted()).toEqual(found.toSorted());
});

test.each(found)('%s is registered under its own name', async (name) => {
  const file: unknown = await import(join(folder, `${name}.ts`));
  expect(lawFiles[name]).toBe(file);
});

test('every table has a name that people can read', () => {
  const without = lawInForceOn('2200-12-31').filter(({ file, table }) => !hasTableName(file, table));
  expect(without.map(({ file, table }) => `${file} ${table}`)).toEqual([]);
});
