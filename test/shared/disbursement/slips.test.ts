import { describe, expect, test } from 'vitest';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { addDays, localDateOf } from '../../../shared/calendar.ts';
import type { Role } from '../../../shared/case/access.ts';
import { readSlip, signatures, slipStatus } from '../../../shared/case/slip.ts';
import { followSlip, recordSending, referencesOf, signSlip } from '../../../shared/disbursement/slips.ts';
import { formatDong, sum } from '../../../shared/dong.ts';
import { everyRow, type Province, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };
const signed = { outcome: 'signed' };
const sending = { number: 'DVC-1', on: '2025-10-02' };
const trio = ['unit-clerk', 'unit-chief-accountant', 'unit-account-holder'] as const satisfies readonly Role[];

async function ordered(): Promise<Province & { readonly slipId: string }> {
  const made = await province({ people: 12 });
  await made.decidedBatch('b1');
  await made.order('b1');
  const [row] = await everyRow(made.store, { kind: 'slip', batch: 'b1' });
  return { ...made, slipId: row?.stream.slice('slip/'.length) ?? '' };
}

async function signAll({ still, account, slipId }: Awaited<ReturnType<typeof ordered>>): Promise<void> {
  for (const [index, signature] of signatures.entries()) {
    const role = trio[index] ?? 'inspector';
    expect(await signSlip(slipId, signature, account(role), still)).toMatchObject(signed);
  }
}

describe('a slip', () => {
  test('of each unit holds exactly the unit’s orders', async () => {
    const made = await ordered();
    const orders = await made.orders('b1');
    const rows = await everyRow(made.store, { kind: 'slip', batch: 'b1' });
    expect(rows).toHaveLength(new Set(orders.map(({ unit }) => unit)).size);
    expect(new Set(rows.map(({ unit }) => unit))).toEqual(new Set(orders.map(({ unit }) => unit)));
    for (const { stream } of rows) {
      const slip = (await readSlip(made.store, stream.slice('slip/'.length))) ?? expect.fail();
      const own = orders.filter(({ unit }) => unit === slip.unit);
      expect(await referencesOf(slip, made.still)).toEqual(own.map(({ reference }) => reference).toSorted());
      expect(slip).toMatchObject({ people: own.length, total: `${sum(own.map(({ amount }) => BigInt(amount)))}` });
    }
  });

  test('has a form 09 whose rows and total are those of the slip', async () => {
    const { store, still, slipId } = await ordered();
    const slip = (await readSlip(store, slipId)) ?? expect.fail();
    const sheets = await readSheets((await still.files.get(slip.beneficiaryList)) ?? new Uint8Array());
    const cells = sheets.outcome === 'sheets' ? sheets.sheets.flatMap(({ rows }) => rows.map((row) => row.cells)) : [];
    const texts = cells.map((row) => row.map(({ text }) => text));
    for (const reference of await referencesOf(slip, still)) {
      expect(texts.filter((row) => row.includes(reference))).toHaveLength(1);
    }
    expect(texts.flat().some((text) => text.includes(`${formatDong(BigInt(slip.total))} đồng`))).toBe(true);
  });

  test('is not made a second time when the step runs again', async () => {
    const made = await ordered();
    const before = await everyRow(made.store, { kind: 'slip' });
    for (let again = 0; again < 3; again += 1) await made.order('b1');
    expect(await everyRow(made.store, { kind: 'slip' })).toEqual(before);
    expect(await made.store.read(`slip/${made.slipId}`)).toHaveLength(1);
  });
});

describe('three people sign', () => {
  test('in the order preparer, chief accountant, account holder', async () => {
    const { still, account, slipId } = await ordered();
    for (const [index, signature] of signatures.entries()) {
      for (const other of signatures) {
        if (other !== signature) {
          expect(await signSlip(slipId, other, { ...account('unit-clerk'), id: 'x' }, still)).toMatchObject(refused);
        }
      }
      expect(await signSlip(slipId, signature, account(trio[index] ?? 'inspector'), still)).toMatchObject(signed);
    }
    expect(await signSlip(slipId, 'holder-confirmed', { ...account('unit-clerk'), id: 'x' }, still)).toMatchObject(
      refused,
    );
  });

  test('each another person, whatever roles they have', async () => {
    const { still, account, slipId, store } = await ordered();
    await signSlip(slipId, 'prepared', account('unit-clerk'), still);
    const same = { ...account('unit-chief-accountant'), id: account('unit-clerk').id };
    expect(await signSlip(slipId, 'accountant-confirmed', same, still)).toMatchObject(refused);
    await signSlip(slipId, 'accountant-confirmed', account('unit-chief-accountant'), still);
    for (const id of [account('unit-clerk').id, account('unit-chief-accountant').id]) {
      const again = { ...account('unit-account-holder'), id };
      expect(await signSlip(slipId, 'holder-confirmed', again, still)).toMatchObject(refused);
    }
    expect(slipStatus((await readSlip(store, slipId)) ?? expect.fail())).toBe('to-confirm-holder');
  });

  test('of its own unit only', async () => {
    const { still, account, slipId, store } = await ordered();
    const stranger = { ...account('unit-clerk'), units: ['1099999'] };
    expect(await signSlip(slipId, 'prepared', stranger, still)).toMatchObject(refused);
    expect(await recordSending(slipId, sending, stranger, still)).toMatchObject(refused);
    expect((await readSlip(store, slipId))?.signed).toEqual([]);
    expect(await signSlip('no-such-slip', 'prepared', account('unit-clerk'), still)).toMatchObject(refused);
  });

  test('two that press at the same instant leave one signature', async () => {
    const { still, account, slipId, store } = await ordered();
    const other = { ...account('unit-clerk'), id: 'another-clerk' };
    const both = [account('unit-clerk'), other].map(async (one) => signSlip(slipId, 'prepared', one, still));
    expect((await Promise.all(both)).map(({ outcome }) => outcome).toSorted()).toEqual(['refused', 'signed']);
    expect((await readSlip(store, slipId))?.signed).toHaveLength(1);
  });
});

describe('sending', () => {
  test('is recorded after three signatures, not after none, one or two', async () => {
    const { still, account, slipId, store } = await ordered();
    for (const [index, signature] of signatures.entries()) {
      expect(await recordSending(slipId, sending, account('unit-clerk'), still)).toMatchObject(refused);
      await signSlip(slipId, signature, account(trio[index] ?? 'inspector'), still);
    }
    expect((await readSlip(store, slipId))?.sent).toBeUndefined();
    expect(await recordSending(slipId, sending, account('unit-clerk'), still)).toMatchObject({ outcome: 'sent' });
    expect(await recordSending(slipId, sending, account('unit-clerk'), still)).toMatchObject(refused);
  });

  test.each([-1, 0, 1])('on a day %i from today', async (days) => {
    const made = await ordered();
    await signAll(made);
    const on = addDays(localDateOf(made.still.now()), days);
    const answer = await recordSending(made.slipId, { number: 'DVC-1', on }, made.account('unit-clerk'), made.still);
    expect(answer).toMatchObject(days > 0 ? refused : { outcome: 'sent' });
  });

  test.each([{ number: ' ' }, { on: '' }, { on: '2025-02-30' }])('with %o is refused', async (wrong) => {
    const made = await ordered();
    await signAll(made);
    const given = { ...sending, ...wrong };
    expect(await recordSending(made.slipId, given, made.account('unit-clerk'), made.still)).toMatchObject(refused);
  });

  test('takes the slip’s orders and people along, once, and no other slip’s', async () => {
    const made = await ordered();
    await followSlip(made.slipId, made.still);
    expect((await made.orders('b1')).every(({ status }) => status === 'awaiting-unit')).toBe(true);
    await signAll(made);
    await recordSending(made.slipId, sending, made.account('unit-clerk'), made.still);
    await followSlip(made.slipId, made.still);
    await followSlip(made.slipId, made.still);
    for (const { slip, status, part, entries } of await made.orders('b1')) {
      expect(status).toBe(slip === made.slipId ? 'sent' : 'awaiting-unit');
      expect((await made.part(part)).status).toBe(status);
      expect(entries).toHaveLength(slip === made.slipId ? 2 : 1);
    }
  });
});
