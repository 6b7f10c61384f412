/** A pack stands at an anchor: what was written since is not in it, and the same anchor gives the same bytes for ever. */
import { expect, test } from 'vitest';
import { makePack } from '../../../functions/completion/make-pack.ts';
import { readZip, verifyPack } from '../../../functions/papers/verify-pack.mjs';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { writeSlipFile } from '../../../functions/papers/slip-files.ts';
import { readSlip } from '../../../shared/case/slip.ts';
import { takeFile } from '../../../shared/disbursement/custody.ts';
import { filesOf, keyOf } from '../../../shared/disbursement/slip-file.ts';
import { sha256 } from '../../../shared/hash.ts';
import { done, everyRow, type Province, provinces } from '../../province.ts';

const open = provinces();

async function pack({ still }: Province, wish: { readonly anchor?: string; readonly isFull?: boolean } = {}) {
  const made = await makePack({ batch: 'b1', isFull: false, ...wish }, 'demo-inspector', still);
  if (made.outcome === 'refused') throw new Error(made.why.en);
  return made;
}

const ordersIn = (zip: Uint8Array) => Buffer.from(readZip(zip).members.get('orders.csv') ?? []).toString();

async function credit(province: Province, batchId: string): Promise<void> {
  const { still } = province;
  const file = await still.files.put(new TextEncoder().encode('results'));
  const results = await province.resultFile(batchId, await province.orders(batchId));
  done(await reconcile(batchId, file, results, 'demo-finance-officer', still));
}

test('a batch that has not gone on keeps its anchor, whatever else was written; one that has takes another', async () => {
  const province = await open({ people: 6 });
  await province.sentBatch('b1');
  const first = await pack(province);
  await province.addAccount({ id: 'other', name: 'Khác', email: 'o@x.example', role: 'leadership', units: [] });
  const second = await pack(province);
  expect([second.anchor, Buffer.from(second.zip).equals(Buffer.from(first.zip))]).toEqual([first.anchor, true]);
  await credit(province, 'b1');
  const third = await pack(province);
  expect(third.anchor.number).toBe(first.anchor.number + 1);
  expect([ordersIn(first.zip).includes('"credited"'), ordersIn(third.zip).includes('"credited"')]).toEqual([
    false,
    true,
  ]);
  expect(verifyPack(third.zip, { anchor: first.anchor.anchor }).problems).toEqual([]);
});

test('at an earlier anchor it is what it was then, to the byte, full or not', async () => {
  const province = await open({ people: 6 });
  await province.decidedBatch('b1');
  const [sealed, full] = [await pack(province), await pack(province, { isFull: true })];
  await province.order('b1');
  await province.sendSlips('b1');
  await credit(province, 'b1');
  await pack(province);
  const { anchor } = sealed.anchor;
  const again = [await pack(province, { anchor }), await pack(province, { anchor, isFull: true })];
  expect(again.map(({ root }) => root)).toEqual([sealed.root, full.root]);
  expect(Buffer.from(again[1]?.zip ?? []).equals(Buffer.from(full.zip))).toBe(true);
});

test('a bank’s file that was taken is in the pack for its receiver, as it left', async () => {
  const province = await open({ people: 6 });
  await province.decidedBatch('b1');
  await province.order('b1');
  const [row] = await everyRow(province.store, { kind: 'slip', batch: 'b1' });
  const slipId = row?.stream.slice('slip/'.length) ?? '';
  const slip = (await readSlip(province.store, slipId)) ?? expect.fail('no slip');
  const file = filesOf(slip).find((one) => 'template' in one) ?? expect.fail('the slip has no file of a bank');
  const wish = { key: keyOf(file), reason: '' };
  const taken = done(await takeFile(slipId, wish, province.account('unit-clerk'), writeSlipFile, province.still));
  const { members } = readZip((await pack(province, { isFull: true })).zip);
  const content = 'content' in taken ? taken.content : expect.fail('refused');
  const name =
    [...members.keys()].find((one) => one.startsWith(`files/${sha256(content)}.`)) ?? expect.fail('not in it');
  expect(Buffer.from(members.get(name) ?? [])).toEqual(Buffer.from(content));
  expect(verifyPack((await pack(province, { isFull: true })).zip).problems).toEqual([]);
  // Names and accounts are in it: nobody else gets it.
  const { members: without } = readZip((await pack(province)).zip);
  expect([...without.keys()].filter((one) => one.startsWith('files/'))).toEqual([]);
});

test('of a batch that is not there, nothing is made and no anchor is taken', async () => {
  const { still } = await open({ people: 2 });
  expect(await makePack({ batch: 'b9', isFull: false }, 'x', still)).toMatchObject({ outcome: 'refused' });
  expect(await still.store.read('anchors')).toEqual([]);
});
