/** A file that moves money leaves once; again only with a reason; and always by somebody's name. */
import { describe, expect, test } from 'vitest';
import { writeSlipFile } from '../../../functions/papers/slip-files.ts';
import type { Role } from '../../../shared/case/access.ts';
import { readSlip } from '../../../shared/case/slip.ts';
import { longestReason, takeFile } from '../../../shared/disbursement/custody.ts';
import { filesOf, keyOf, type WriteSlipFile } from '../../../shared/disbursement/slip-file.ts';
import { readSlipPaper } from '../../../shared/disbursement/slips.ts';
import { sha256 } from '../../../shared/hash.ts';
import { everyRow, type Province, provinces } from '../../province.ts';
import { readForm09, readPaymentInitiation } from '../../slip-papers.ts';

const province = provinces();
const refused = { outcome: 'refused' };

async function ordered(): Promise<Province & { readonly slipId: string }> {
  const made = await province({ people: 8 });
  await made.decidedBatch('b1');
  await made.order('b1');
  const [row] = await everyRow(made.store, { kind: 'slip', batch: 'b1' });
  return { ...made, slipId: row?.stream.slice('slip/'.length) ?? '' };
}

async function slipOf({ store, slipId }: Awaited<ReturnType<typeof ordered>>) {
  return (await readSlip(store, slipId)) ?? expect.fail('no slip');
}

/** Takes a file as somebody of the slip's unit. */
async function take(
  made: Awaited<ReturnType<typeof ordered>>,
  key: string,
  {
    reason = '',
    role = 'unit-clerk' as Role,
    write = writeSlipFile,
  }: { reason?: string; role?: Role; write?: WriteSlipFile } = {},
) {
  return takeFile(made.slipId, { key, reason }, made.account(role), write, made.still);
}

describe('the files of a slip', () => {
  test('are made with it, all with its count, sum and one check value', async () => {
    const made = await ordered();
    const slip = await slipOf(made);
    expect(slip.files.map(({ kind }) => kind)).toEqual([
      'form-09.xlsx',
      'form-09.pdf',
      'slip-data.xlsx',
      'pain-001.xml',
    ]);
    expect(slip.files[0]?.hash).toBe(slip.beneficiaryList);
    for (const { hash, count, total, check } of slip.files) {
      const content = (await made.still.files.get(hash)) ?? expect.fail('a file is gone');
      expect(sha256(content)).toBe(hash);
      expect({ count, total, check }).toEqual({ count: slip.people, total: slip.total, check: slip.files[0]?.check });
    }
    const xml = readPaymentInitiation((await made.still.files.get(slip.files[3]?.hash ?? '')) ?? expect.fail());
    expect(xml.check).toBe(slip.files[0]?.check);
  });

  test('are kept as payment files: those made with it, and whatever is taken, as it left', async () => {
    const made = await province({ people: 8 });
    await made.decidedBatch('b1');
    const paying = new Set<string>();
    const files: typeof made.still.files = {
      get: async (hash) => made.still.files.get(hash),
      async put(content, as) {
        const hash = await made.still.files.put(content, as);
        if (as === 'payment') paying.add(hash);
        return hash;
      },
    };
    await made.step('disbursement.fund', 'b1');
    await made.step('disbursement.order', 'b1');
    await made.step('disbursement.slips', 'b1', { ...made.still, files });
    const [row] = await everyRow(made.store, { kind: 'slip', batch: 'b1' });
    const slip = (await readSlip(made.store, row?.stream.slice('slip/'.length) ?? '')) ?? expect.fail('no slip');
    expect(slip.files.filter(({ hash }) => !paying.has(hash))).toEqual([]);
    paying.clear();
    const last = filesOf(slip).at(-1) ?? expect.fail('no file');
    const wish = { key: keyOf(last), reason: '' };
    const taken = await takeFile(slip.id, wish, made.account('unit-clerk'), writeSlipFile, { ...made.still, files });
    if (taken.outcome === 'refused') expect.fail(taken.why.vi);
    expect([...paying]).toEqual([sha256(taken.content)]);
  });

  test('made again from its orders are the same, byte for byte', async () => {
    const made = await ordered();
    const slip = await slipOf(made);
    const paper = await readSlipPaper(slip, made.still);
    for (const file of filesOf(slip).slice(0, slip.files.length)) {
      const again = sha256(await writeSlipFile(file, paper));
      expect([keyOf(file), again]).toEqual([keyOf(file), slip.files.find(({ kind }) => kind === keyOf(file))?.hash]);
    }
  });

  test('of a slip that was made before there was a set are its list as it is kept, the others made when taken', async () => {
    const made = await ordered();
    const { references, beneficiaryList, batch, unit, source, decision, people, total } = await slipOf(made);
    const before = { references, beneficiaryList, batch, unit, source, decision, people, total };
    const entry = { kind: 'made', at: made.still.now(), by: 'system', data: before };
    await made.store.commit([{ stream: 'slip/before', readAt: 0, entries: [entry] }]);
    const old = { ...made, slipId: 'before' };
    const [list, printed] = [await take(old, 'form-09.xlsx'), await take(old, 'form-09.pdf')];
    if (list.outcome === 'refused' || printed.outcome === 'refused') expect.fail('refused');
    expect(sha256(list.content)).toBe(beneficiaryList);
    expect(new TextDecoder('latin1').decode(printed.content.slice(0, 5))).toBe('%PDF-');
  });

  test('hold no clear name or account in the slip’s history', async () => {
    const made = await ordered();
    const slip = await slipOf(made);
    await take(made, 'form-09.xlsx');
    const told = JSON.stringify(await made.store.read(`slip/${made.slipId}`));
    const { beneficiaries } = await readSlipPaper(slip, made.still);
    for (const { fullName, accountNumber } of beneficiaries) {
      expect(told).not.toContain(fullName);
      expect(told).not.toContain(accountNumber);
    }
  });
});

describe('taking a file', () => {
  test('is an entry with the file’s hash, who and when, and gives the very file', async () => {
    const made = await ordered();
    const taken = await take(made, 'form-09.xlsx', { role: 'finance-officer' });
    const slip = await slipOf(made);
    if (taken.outcome === 'refused') expect.fail(taken.why.vi);
    expect(taken.name).toBe(`mau-09-${made.slipId}.xlsx`);
    expect((await readForm09(taken.content)).rows).toHaveLength(slip.people);
    expect(slip.taken).toEqual([
      {
        file: 'form-09.xlsx',
        hash: slip.beneficiaryList,
        by: made.account('finance-officer').id,
        at: expect.any(String),
      },
    ]);
    expect(sha256(taken.content)).toBe(slip.beneficiaryList);
  });

  test('a second time asks for a reason, whoever took it first, and keeps it', async () => {
    const made = await ordered();
    await take(made, 'form-09.pdf');
    expect(await take(made, 'form-09.pdf')).toMatchObject(refused);
    expect(await take(made, 'form-09.pdf', { role: 'finance-officer' })).toMatchObject(refused);
    expect((await slipOf(made)).taken).toHaveLength(1);
    const reason = 'Máy in hỏng khi in lần đầu';
    expect(await take(made, 'form-09.pdf', { reason, role: 'finance-officer' })).toMatchObject({ outcome: 'taken' });
    const [first, second] = (await slipOf(made)).taken;
    expect(second).toMatchObject({ again: true, reason, hash: first?.hash });
    expect(first).not.toHaveProperty('again');
    // Another file is another matter.
    expect(await take(made, 'pain-001.xml')).toMatchObject({ outcome: 'taken' });
  });

  test('again takes a reason of words, of 500 characters at the most', async () => {
    const made = await ordered();
    await take(made, 'pain-001.xml');
    expect(await take(made, 'pain-001.xml', { reason: '   ' })).toMatchObject(refused);
    const answers = [];
    for (const length of [longestReason - 1, longestReason, longestReason + 1]) {
      answers.push((await take(made, 'pain-001.xml', { reason: 'x'.repeat(length) })).outcome);
    }
    expect(answers).toEqual(['taken', 'taken', 'refused']);
  });

  test('by two at the same instant lets one go without a reason', async () => {
    const made = await ordered();
    const both = await Promise.all([
      take(made, 'form-09.pdf'),
      take(made, 'form-09.pdf', { role: 'unit-account-holder' }),
    ]);
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['refused', 'taken']);
    expect((await slipOf(made)).taken).toHaveLength(1);
  });

  test('of a bank makes it then, the same each time, with every person of the slip', async () => {
    const made = await ordered();
    const reason = 'gửi lại ngân hàng';
    const one = await take(made, 'bank-ICB-1');
    const other = await take(made, 'bank-ICB-1', { reason });
    if (one.outcome === 'refused' || other.outcome === 'refused') expect.fail('refused');
    expect(one.name).toBe(`chuyen-khoan-ICB-1-${made.slipId}.xls`);
    expect(sha256(one.content)).toBe(sha256(other.content));
    // As it left, for whoever asks later what was sent.
    expect(await made.still.files.get(sha256(one.content))).toEqual(Buffer.from(one.content));
  });

  test.each(['', 'form-09', 'bank-VBA-0', 'bank-VBA-2', 'bank-XXX-1', '../x'])('%j is refused', async (key) => {
    const made = await ordered();
    expect(await take(made, key)).toMatchObject(refused);
    expect((await slipOf(made)).taken).toEqual([]);
  });

  test('of another unit’s slip is refused, and nothing is written', async () => {
    const made = await ordered();
    const stranger = { ...made.account('unit-clerk'), units: ['1099999'] };
    const wish = { key: 'form-09.xlsx', reason: '' };
    expect(await takeFile(made.slipId, wish, stranger, writeSlipFile, made.still)).toMatchObject(refused);
    expect(await takeFile('no-such-slip', wish, stranger, writeSlipFile, made.still)).toMatchObject(refused);
    expect((await slipOf(made)).taken).toEqual([]);
  });

  test('whose writing fails is no entry', async () => {
    const made = await ordered();
    const broken: WriteSlipFile = async () => Promise.reject(new Error('no room'));
    await expect(take(made, 'bank-VBA-1', { write: broken })).rejects.toThrow('no room');
    expect((await slipOf(made)).taken).toEqual([]);
  });
});
