/** A province's table, and what somebody with the table does to it: the check names where, as it does of a data folder. */
import { PutCommand, ScanCommand, DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { headItem, isClaim, packed, readHead } from '../../../functions/aws/dynamo-items.ts';
import { tableHeads } from '../../../functions/aws/dynamo-scan.ts';
import { dynamoStore } from '../../../functions/aws/dynamo-store.ts';
import { verifyTable } from '../../../functions/aws/verify-table.ts';
import { listedAnchors } from '../../../shared/case/listed-anchors.ts';
import { type Change, type Entry, entryHash, noHash } from '../../../shared/case/store.ts';
import { sha256 } from '../../../shared/hash.ts';
import { appended, caseRow } from '../../contracts/store.ts';
import { doubled, memoryFiles } from '../../dynamo.ts';

const at = '2025-10-01T17:00:00Z';
/** So much text that it does not deflate to nothing. */
const long = (seed: number) => Array.from({ length: 10 }, (_, index) => sha256(`${seed} ${index}`)).join('');
const printed: string[] = [];
let table: ReturnType<typeof doubled>;
let files: ReturnType<typeof memoryFiles>;

/** Three people with rows and claims; the first has a history that is sealed twice; two anchors, and more after them. */
beforeEach(async () => {
  table = doubled();
  files = memoryFiles();
  printed.length = 0;
  const store = dynamoStore(table);
  const write = async (change: Change) => expect(await store.commit([change])).toEqual({ outcome: 'committed' });
  const anchors = listedAnchors({ store, files, heads: () => tableHeads({ table }) });
  const take = async () => printed.push((await anchors.anchor('2025-10-02', at, 'system')).anchor);
  for (const person of ['1', '2', '3']) {
    const row = caseRow('submitted', { batch: 'b1' });
    await write({
      ...appended(`case/${person}`, 0, 'submitted'),
      row,
      claims: [`citizen/${person}`, `file/${person}`],
    });
  }
  for (let readAt = 1; readAt <= 8; readAt += 1) {
    const data = { readAt, text: long(readAt) };
    const entries = [{ at, by: 'system', kind: 'went-on', data }];
    await write({ stream: 'case/1', readAt, entries, row: caseRow('assessed', { batch: 'b1' }) });
    if (readAt === 4) await take();
  }
  await write({ ...appended('case/2', 1, 'moved'), releases: ['file/2'] });
  await write({ ...appended('case/3', 1, 'moved'), claims: ['file/2'] });
  await take();
  await write(appended('case/3', 2, 'after'));
});
afterEach(() => table.client.destroy());

const verified = async (anchor?: string) => verifyTable({ table, segments: 2, pageItems: 3 }, files, anchor);
const problems = async (anchor?: string) =>
  (await verified(anchor)).problems.map(({ of, at: where, seq, what }) => [of, where, seq, what].join(' '));

async function items(): Promise<readonly Record<string, unknown>[]> {
  return (await table.client.send(new ScanCommand({ TableName: table.name }))).Items ?? [];
}
const itemOf = async (stream: string, seq: number) =>
  (await items()).find((item) => item['stream'] === stream && item['seq'] === seq) ??
  expect.fail(`no ${stream} ${seq}`);

/** As somebody does who may write to the table and asks nobody: around the store. */
async function put(item: Record<string, unknown>): Promise<void> {
  await table.client.send(new PutCommand({ TableName: table.name, Item: item }));
}
async function remove(stream: string, seq: number): Promise<void> {
  await table.client.send(new DeleteCommand({ TableName: table.name, Key: { stream, seq } }));
}

/** Puts other entries into a head. */
async function retold(stream: string, change: (entries: readonly Entry[]) => readonly Entry[]): Promise<void> {
  const head = readHead(await itemOf(stream, 0));
  const tail = change(head.tail);
  await put(headItem(stream, tail.at(-1)?.seq ?? 0, packed(tail), tail, head.row()));
}

describe('an untouched table', () => {
  test('holds, with all that is in it and each printed anchor', async () => {
    expect((await items()).filter((item) => !isClaim(item) && item['stream'] === 'case/1').length).toBeGreaterThan(2);
    for (const anchor of printed) {
      expect(await verified(anchor)).toMatchObject({ problems: [], count: 0, anchors: 2, entries: 16, streams: 4 });
    }
    expect(await verified()).toMatchObject({ rows: 3, claims: 6 });
    expect(await problems('a'.repeat(64))).toEqual([`anchor ${'a'.repeat(64)}  anchor-unknown`]);
  });
});

describe('what somebody does to a table is named', () => {
  test('one letter of an entry', async () => {
    await retold('case/2', ([first, ...rest]) => [{ ...(first ?? expect.fail('')), by: 'nobody' }, ...rest]);
    expect(await problems()).toEqual(['entry case/2 1 wrong-hash']);
  });

  test('an entry with its own hash made anew, by the link after it and by the anchor', async () => {
    await retold('case/2', ([first, ...rest]) => {
      const changed = { ...(first ?? expect.fail('')), by: 'nobody' };
      return [{ ...changed, hash: entryHash(changed) }, ...rest];
    });
    expect(await problems()).toEqual([
      'entry case/2 2 wrong-link',
      'entry case/2 1 not-as-anchored',
      'anchor anchors 1 anchor-differs',
    ]);
  });

  test('a dropped entry in the middle', async () => {
    await retold('case/3', (entries) => entries.filter(({ seq }) => seq !== 2));
    expect(await problems()).toContain('entry case/3 3 wrong-seq');
  });

  test('the newest entry of a history that an anchor lists, by the anchor', async () => {
    await retold('case/2', (entries) => entries.slice(0, -1));
    expect(await problems()).toEqual(
      expect.arrayContaining(['entry case/2 2 not-as-anchored', 'anchor anchors 2 anchor-differs']),
    );
  });

  test('sealed entries that are gone, and a head that is', async () => {
    await remove('case/1', 1);
    expect((await problems())[0]).toMatch(/^entry case\/1 \d+ wrong-seq$/);
    await remove('case/1', 0);
    expect(await problems()).toContain('entry case/1  unreadable');
  });

  test('a whole history that is gone, by the anchors and its claims', async () => {
    for (const item of await items()) if (item['stream'] === 'case/2') await remove('case/2', Number(item['seq']));
    expect(await problems()).toEqual(
      expect.arrayContaining(['entry case/2 1 not-as-anchored', 'claim citizen/2  claim-not-in-histories']),
    );
  });

  test('bytes that are no entries', async () => {
    await put({ ...(await itemOf('case/2', 0)), entries: new Uint8Array([1, 2, 3]) });
    expect(await problems()).toContain('entry case/2  unreadable');
  });

  test('a claim given to another, made up, or gone', async () => {
    await put({ stream: 'claim:citizen/1', seq: 0, holder: 'case/2' });
    await put({ stream: 'claim:made-up', seq: 0, holder: 'case/2' });
    await remove('claim:citizen/3', 0);
    expect((await problems()).toSorted()).toEqual([
      'claim citizen/1  claim-differs',
      'claim citizen/3  claim-missing',
      'claim made-up  claim-not-in-histories',
    ]);
  });

  test('a claim that two histories say they hold', async () => {
    const effects = '{"claims":["citizen/1"]}';
    const said = { stream: 'case/thief', seq: 1, at, by: 'system', kind: 'submitted', data: '{}', effects };
    const entry = { ...said, previousHash: noHash };
    const tail = [{ ...entry, hash: entryHash(entry) }];
    await put(headItem('case/thief', 1, packed(tail), tail));
    expect(await problems()).toContain('claim citizen/1  claimed-twice');
  });

  test('a row that is filed where its history does not put it', async () => {
    await put({ ...(await itemOf('case/2', 0)), kindAndBatch: 'case/b2' });
    expect(await problems()).toEqual(['row case/2  row-differs']);
  });

  test('two sealed items that were swapped', async () => {
    const sealed = (await items()).filter((item) => item['stream'] === 'case/1' && item['seq'] !== 0);
    const [one, other] = sealed;
    if (one === undefined || other === undefined) return expect.fail('not sealed twice');
    await put({ ...one, entries: other['entries'] });
    await put({ ...other, entries: one['entries'] });
    expect((await problems())[0]).toMatch(/^entry case\/1 \d+ wrong-seq$/);
  });

  test('two lists of anchors that were swapped, or one that is gone', async () => {
    const [one, other] = [...files.kept];
    if (one === undefined || other === undefined) return expect.fail('no two lists');
    files.kept.set(one[0], other[1]).set(other[0], one[1]);
    expect((await problems()).filter((problem) => problem.startsWith('anchor'))).toEqual([
      'anchor anchors 1 anchor-differs',
      'anchor anchors 2 anchor-differs',
    ]);
    files.kept.set(...one).delete(other[0]);
    expect(await problems(printed[1])).toEqual([
      'anchor anchors 2 anchor-differs',
      `anchor ${printed[1]}  anchor-unknown`,
    ]);
  });
});
