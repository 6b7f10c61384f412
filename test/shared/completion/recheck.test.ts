import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { entryHash } from '../../../shared/case/store.ts';
import { findAll } from '../../../shared/completion/collect-findings.ts';
import { recheck } from '../../../shared/completion/recheck.ts';
import { recomputedCase } from '../../../shared/entitlement/recompute.ts';
import { confirmAccount, orderAgain, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { canonical } from '../../../shared/hash.ts';
import { done, openProvince, type Province } from '../../province.ts';

const folders: string[] = [];
const opened: Province[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function unpaidProvince(): Promise<Province> {
  const folder = mkdtempSync(join(tmpdir(), 'recheck-'));
  folders.push(folder);
  const made = await openProvince({ people: 8, folder });
  opened.push(made);
  return made;
}

/** Eight people, all whom one batch pays credited, and where the data lie. */
async function paidProvince() {
  const made = await unpaidProvince();
  const folder = folders.at(-1) ?? '';
  const orders = await made.sentBatch('b1');
  const file = await made.still.files.put(new TextEncoder().encode('result'));
  const result = await made.resultFile('b1', orders);
  done(await reconcile('b1', file, result, 'demo-finance-officer', made.still));
  const caseIds = [...new Set((await made.rows()).map(({ stream }) => caseIdOf(stream.slice('part/'.length))))];
  return { made, folder, orders: await made.orders('b1'), caseIds };
}

/** Past the triggers, as whoever owns the disk could; `data` replaces that of one entry, with or without honest hashes. */
function alter(folder: string, stream: string, seq: number, data: string, isRechained: boolean): void {
  const database = new DatabaseSync(join(folder, 'data', 'histories.sqlite'));
  database.exec('DROP TRIGGER entries_stay');
  database.prepare('UPDATE entries SET data = ? WHERE stream = ? AND seq = ?').run(data, stream, seq);
  if (isRechained) rechain(database, stream);
  database.close();
}

function rechain(database: DatabaseSync, stream: string): void {
  const rows = database.prepare('SELECT * FROM entries WHERE stream = ? ORDER BY seq').all(stream);
  let previousHash = '0'.repeat(64);
  for (const row of rows) {
    const text = (name: string) => String(row[name]);
    const seq = Number(row['seq']);
    const entry = { stream, seq, at: text('at'), by: text('by'), kind: text('kind'), data: text('data') };
    const hash = entryHash({ ...entry, effects: text('effects'), previousHash });
    database
      .prepare('UPDATE entries SET previousHash = ?, hash = ? WHERE stream = ? AND seq = ?')
      .run(previousHash, hash, stream, seq);
    previousHash = hash;
  }
}

const checked = async ({ made, caseIds }: Awaited<ReturnType<typeof paidProvince>>) =>
  recheck(caseIds, made.still, recomputedCase);

/** The stored data of an entry with some fields of it replaced, as deep as the replacement goes. */
function replaced(data: string, change: (said: Record<string, unknown>) => Record<string, unknown>): string {
  return canonical(change(JSON.parse(data)));
}

describe('a recheck of a paid province', () => {
  test('finds nothing, and says what it went through', async () => {
    const paid = await paidProvince();
    const result = await checked(paid);
    expect(result.faults).toEqual([]);
    expect([result.people, result.stored]).toEqual([paid.caseIds.length, result.recomputed]);
    expect(result.stored).toBeGreaterThan(0n);
    // A case and a part each at least, the batch, the orders and the slips.
    expect(result.histories).toBeGreaterThan(paid.caseIds.length * 2 + paid.orders.length);
    expect(result.entries).toBeGreaterThan(result.histories);
  });

  test('finds nothing where an account was changed after the money had come back', async () => {
    const made = await unpaidProvince();
    const [order] = await made.sentBatch('b1');
    if (order === undefined) return expect.fail('no order');
    const said = { reference: order.reference, outcome: 'returned', on: '2025-10-03', file: 'f' } as const;
    await settle([{ ...said, backTo: 'estimate' }], 'x', made.still);
    const of = (await readCase(made.store, caseIdOf(order.part))) ?? expect.fail('no case');
    const { fullName } = await identityOf(made.still.vault, of);
    const account = { bank: 'VCB', number: '7000000001', holder: fullName };
    const proposal = { part: order.part, account, reason: 'Đóng', paper: 'scan' };
    done(await proposeAccount(proposal, made.account('unit-clerk'), made.still));
    const digest = (await readCase(made.store, of.id))?.proposed?.digest ?? '';
    done(await confirmAccount(order.part, digest, made.account('unit-chief-accountant'), made.still));
    done(await orderAgain(order.part, 'Đã sửa', made.account('finance-officer'), made.still));
    await made.order('b1');
    await made.sendSlips('b1');
    expect((await made.part(order.part)).ordered?.attempt).toBe(2);
    expect((await recheck([of.id], made.still, recomputedCase)).faults).toEqual([]);
    const found = await findAll([of.id], made.still, () => {});
    expect(found.get('account-changed')?.map(({ stream, why }) => [stream, why])).toEqual([[`case/${of.id}`, 'Đóng']]);
  });

  test('names the case whose stored sum was raised by one đồng, even with every hash made anew', async () => {
    const paid = await paidProvince();
    const victim = caseIdOf(paid.orders[0]?.part ?? '');
    const entries = await paid.made.store.read(`case/${victim}`);
    const assessed = entries.find(({ kind }) => kind === 'assessed') ?? expect.fail('not assessed');
    const raised = assessed.data.replace(/"total":"(\d+)"/, (_all, total: string) => `"total":"${BigInt(total) + 1n}"`);
    expect(raised).not.toBe(assessed.data);
    alter(paid.folder, `case/${victim}`, assessed.seq, raised, true);
    const { faults } = await checked(paid);
    expect(faults).toContainEqual(
      expect.objectContaining({ what: 'sum-differs', caseId: victim, stream: `case/${victim}`, difference: 1n }),
    );
    expect(new Set(faults.map(({ caseId }) => caseId))).toEqual(new Set([victim]));
    expect(faults.some(({ what }) => what === 'history-broken')).toBe(false);
  });

  test('names the order whose sum was altered, by how much', async () => {
    const paid = await paidProvince();
    const order = paid.orders[0] ?? expect.fail('no order');
    const first = order.entries[0] ?? expect.fail('no entry');
    const amount = (BigInt(order.amount) - 1_000_000n).toString();
    const stream = `order/${order.reference}`;
    alter(
      paid.folder,
      stream,
      1,
      replaced(first.data, (said) => ({ ...said, amount })),
      true,
    );
    const { faults } = await checked(paid);
    expect(faults).toContainEqual(expect.objectContaining({ what: 'order-differs', stream, difference: -1_000_000n }));
    expect(faults).toContainEqual(
      expect.objectContaining({ what: 'order-lines-differ', stream, difference: -1_000_000n }),
    );
    expect(faults).toContainEqual(
      expect.objectContaining({ what: 'slip-differs', stream: `slip/${order.slip}`, difference: 1_000_000n }),
    );
  });

  test('names the entry that was altered and left its hash', async () => {
    const paid = await paidProvince();
    const batch = await paid.made.batch('b1');
    const decided = batch.entries.find(({ kind }) => kind === 'decided') ?? expect.fail('no decision');
    const data = replaced(decided.data, (said) => ({ ...said, reason: 'khác' }));
    alter(paid.folder, 'batch/b1', decided.seq, data, false);
    const { faults } = await checked(paid);
    expect(faults).toEqual([
      expect.objectContaining({ what: 'history-broken', stream: 'batch/b1', seq: decided.seq, difference: 0n }),
    ]);
  });

  test('names a decision on other content, and a provincial decision of another sum', async () => {
    const paid = await paidProvince();
    const batch = await paid.made.batch('b1');
    const decided = batch.entries.find(({ kind }) => kind === 'decided') ?? expect.fail('no decision');
    const other = 'a'.repeat(64);
    alter(
      paid.folder,
      'batch/b1',
      decided.seq,
      replaced(decided.data, (said) => ({ ...said, contentHash: other })),
      true,
    );
    const provincial = batch.entries.find(({ kind }) => kind === 'provincial-decision') ?? expect.fail('none');
    const total = (BigInt(batch.provincial?.total ?? '0') + 5n).toString();
    const again = new DatabaseSync(join(paid.folder, 'data', 'histories.sqlite'));
    again.prepare('UPDATE entries SET data = ? WHERE stream = ? AND seq = ?').run(
      replaced(provincial.data, (said) => ({ ...said, total })),
      'batch/b1',
      provincial.seq,
    );
    rechain(again, 'batch/b1');
    again.close();
    const { faults } = await checked(paid);
    expect(faults.map(({ what, difference }) => [what, difference])).toEqual([
      ['province-differs', 5n],
      ['decision-differs', 0n],
    ]);
  });

  test('names a slip that one person signed twice', async () => {
    const paid = await paidProvince();
    const slip = paid.orders[0]?.slip ?? '';
    const entries = await paid.made.store.read(`slip/${slip}`);
    const confirmed = entries.find(({ kind }) => kind === 'accountant-confirmed') ?? expect.fail('not confirmed');
    const database = new DatabaseSync(join(paid.folder, 'data', 'histories.sqlite'));
    database.exec('DROP TRIGGER entries_stay');
    database
      .prepare("UPDATE entries SET by = 'demo-unit-clerk' WHERE stream = ? AND seq = ?")
      .run(`slip/${slip}`, confirmed.seq);
    rechain(database, `slip/${slip}`);
    database.close();
    const { faults } = await checked(paid);
    expect(faults.map(({ what, stream }) => [what, stream])).toEqual([['signatures-differ', `slip/${slip}`]]);
  });

  test('goes on after a case that cannot be read', async () => {
    const paid = await paidProvince();
    const [victim = ''] = paid.caseIds;
    alter(paid.folder, `case/${victim}`, 1, '{}', true);
    const { faults, people } = await checked(paid);
    expect(people).toBe(paid.caseIds.length);
    expect(faults).toContainEqual(expect.objectContaining({ what: 'unreadable', caseId: victim }));
  });
});
