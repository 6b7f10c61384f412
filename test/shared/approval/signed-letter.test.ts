import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { signaturesIn } from '../../../functions/papers/signed-pdf.ts';
import { letterDue, type LetterWish, recordSignedLetter } from '../../../shared/approval/signed-letter.ts';
import { addDays, localDateOf } from '../../../shared/calendar.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };
const recorded = { outcome: 'recorded' };
const pdf = new TextEncoder().encode('%PDF-1.7 made up');

async function confirmedByHomeAffairs() {
  const made = await province();
  await made.frozenBatch('b1');
  done(await made.decides('home-affairs-leader', 'b1'));
  const { version = 0, contentHash = '' } = (await made.batch('b1')).frozen ?? {};
  const right: LetterWish = {
    batchId: 'b1',
    kind: 'appraisal',
    version,
    contentHash,
    number: '1234/SNV-CCVC',
    on: '2025-10-01',
    signatory: 'Phó Giám đốc',
    capacity: 'KT',
    mandate: '',
    bytes: pdf,
  };
  const record = async (
    wrong: Partial<LetterWish> = {},
    role: 'home-affairs-officer' | 'finance-officer' = 'home-affairs-officer',
  ) => recordSignedLetter({ ...right, ...wrong }, made.account(role), made.still);
  return { ...made, right, record };
}

const fixture = (name: string) => readFileSync(new URL(`../../functions/papers/signed/${name}.pdf`, import.meta.url));

describe('a file with digital signatures', () => {
  test('is recorded with who signed it, and that it is as it was signed', async () => {
    const { record, batch } = await confirmedByHomeAffairs();
    const bytes = fixture('pyhanko-two');
    expect(await record({ bytes, signatures: await signaturesIn(bytes) })).toEqual(recorded);
    expect((await batch('b1')).letters[0]?.signatures?.map(({ state }) => state)).toEqual(['intact', 'intact']);
  });

  test('is refused when one byte of it changed since, or something was appended', async () => {
    const { record, batch } = await confirmedByHomeAffairs();
    const file = fixture('pyhanko-rsa');
    const changed = Uint8Array.from(file);
    changed[20] = (changed[20] ?? 0) ^ 1;
    const appended = Buffer.concat([file, Buffer.from('% one more line')]);
    for (const bytes of [changed, appended]) {
      const signatures = await signaturesIn(bytes);
      expect(signatures.map(({ state }) => state)).toEqual(['altered']);
      expect(await record({ bytes, signatures })).toMatchObject({
        ...refused,
        why: { vi: expect.stringContaining('bị thay đổi sau khi ký') },
      });
    }
    expect((await batch('b1')).letters).toEqual([]);
  });

  test('the same of the decision of the People’s Committee', async () => {
    const { decides, provincial, batch } = await confirmedByHomeAffairs();
    done(await decides('finance-leader', 'b1'));
    const altered = [{ signer: 'A', issuer: 'B', state: 'altered' }] as const;
    expect(await provincial('b1', { signatures: altered })).toMatchObject(refused);
    const unchecked = [{ signer: 'A', issuer: 'B', state: 'unchecked' }] as const;
    done(await provincial('b1', { signatures: unchecked }));
    expect((await batch('b1')).provincial?.signatures).toEqual(unchecked);
  });

  test('a scan has none, and says so', async () => {
    const { record, batch } = await confirmedByHomeAffairs();
    expect(await record({ signatures: await signaturesIn(pdf) })).toEqual(recorded);
    expect((await batch('b1')).letters[0]?.signatures).toEqual([]);
  });
});

describe('a letter that was signed', () => {
  test('is recorded against the list, with who signed it in what capacity', async () => {
    const { record, batch, right } = await confirmedByHomeAffairs();
    expect(await record()).toEqual(recorded);
    const [letter] = (await batch('b1')).letters;
    const { number, on, signatory, capacity, contentHash } = right;
    expect(letter).toMatchObject({ kind: 'appraisal', number, on, signatory, capacity, contentHash });
    expect(letter).not.toHaveProperty('mandate');
  });

  test('of Finance waits for the confirmation of the money, and is recorded by Finance', async () => {
    const { record, decides, batch } = await confirmedByHomeAffairs();
    const submission = { kind: 'submission', number: '77/TTr-STC' } as const;
    expect(await record(submission, 'finance-officer')).toMatchObject(refused);
    done(await decides('finance-leader', 'b1'));
    expect(await record(submission, 'home-affairs-officer')).toMatchObject(refused);
    expect(await record(submission, 'finance-officer')).toEqual(recorded);
    expect((await batch('b1')).letters.map(({ kind }) => kind)).toEqual(['submission']);
  });

  test('is recorded once, and its number for one batch', async () => {
    const { record, appraiseAll, freeze, step, decides, batch, still, account, right } = await confirmedByHomeAffairs();
    expect(await record()).toEqual(recorded);
    expect(await record({ number: '1235/SNV' })).toMatchObject(refused);
    await appraiseAll();
    await freeze('b2', { level: 'commune' });
    await step('entitlement.recompute', 'b2');
    await step('approval.next', 'b2');
    done(await decides('home-affairs-leader', 'b2'));
    const { version = 0, contentHash = '' } = (await batch('b2')).frozen ?? {};
    const second = { ...right, batchId: 'b2', version, contentHash };
    const recordOf = async (given: Partial<LetterWish>) =>
      recordSignedLetter({ ...second, ...given }, account('home-affairs-officer'), still);
    for (const on of [right.on, '2025-09-30']) {
      expect(await recordOf({ number: '1234/snv-ccvc', on })).toMatchObject({
        ...refused,
        why: { en: expect.stringContaining('for another batch') },
      });
    }
    // Numbers begin again each year.
    expect(await recordOf({ number: right.number, on: '2024-12-31' })).toEqual(recorded);
  });

  test('of another number is recorded for another batch', async () => {
    const { record, freeze, step, decides, batch, still, account, right } = await confirmedByHomeAffairs();
    expect(await record()).toEqual(recorded);
    await freeze('b2', { level: 'commune' });
    await step('entitlement.recompute', 'b2');
    await step('approval.next', 'b2');
    done(await decides('home-affairs-leader', 'b2'));
    const { version = 0, contentHash = '' } = (await batch('b2')).frozen ?? {};
    const second = { ...right, batchId: 'b2', version, contentHash, number: '1235/SNV-CCVC' };
    expect(await recordSignedLetter(second, account('home-affairs-officer'), still)).toEqual(recorded);
  });

  test('is recorded by each department, one after the other, and is due until then', async () => {
    const { record, decides, batch, account } = await confirmedByHomeAffairs();
    const due = async () => {
      const now = await batch('b1');
      const roles = ['home-affairs-officer', 'finance-officer', 'home-affairs-leader'] as const;
      return roles.map((role) => letterDue(account(role), now));
    };
    expect(await due()).toEqual(['appraisal', undefined, undefined]);
    expect(await record()).toEqual(recorded);
    expect(await due()).toEqual([undefined, undefined, undefined]);
    done(await decides('finance-leader', 'b1'));
    expect(await due()).toEqual([undefined, 'submission', undefined]);
    expect(await record({ kind: 'submission', number: '77/TTr-STC' }, 'finance-officer')).toEqual(recorded);
    expect(await due()).toEqual([undefined, undefined, undefined]);
    expect((await batch('b1')).letters.map(({ kind }) => kind)).toEqual(['appraisal', 'submission']);
  });

  test('is due of no batch that gave its people back, and recorded for none that was rejected', async () => {
    const { record, decides, batch, step, account } = await confirmedByHomeAffairs();
    const officer = account('finance-officer');
    done(await decides('finance-leader', 'b1', { outcome: 'rejected', reason: 'Sai nguồn' }));
    expect(letterDue(officer, await batch('b1'))).toBeUndefined();
    expect(await record({ kind: 'submission', number: '77/TTr-STC' }, 'finance-officer')).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining('not confirmed this step') },
    });
    await step('approval.release', 'b1');
    expect(letterDue(account('home-affairs-officer'), await batch('b1'))).toBeUndefined();
  });

  test('is of today at the latest', async () => {
    const { record, still } = await confirmedByHomeAffairs();
    const today = localDateOf(still.now());
    expect(await record({ on: addDays(today, 1) })).toMatchObject(refused);
    expect(await record({ on: today })).toEqual(recorded);
  });

  test('is kept with its number, signatory and mandate as they read, without blanks around', async () => {
    const { record, batch } = await confirmedByHomeAffairs();
    const given = { number: ' 12/SNV ', signatory: ' Phó Giám đốc ', capacity: 'TL', mandate: ' 3/QĐ ' } as const;
    expect(await record(given)).toEqual(recorded);
    expect((await batch('b1')).letters[0]).toMatchObject({
      number: '12/SNV',
      signatory: 'Phó Giám đốc',
      mandate: '3/QĐ',
    });
  });

  test('keeps no mandate of blanks', async () => {
    const { record, batch } = await confirmedByHomeAffairs();
    expect(await record({ mandate: '  ' })).toEqual(recorded);
    expect((await batch('b1')).letters[0]).not.toHaveProperty('mandate');
  });

  test('of before the list was frozen anew counts no more', async () => {
    const { record, freeze, batch } = await confirmedByHomeAffairs();
    expect(await record()).toEqual(recorded);
    await freeze('b1', { reason: 'Thêm người' });
    expect((await batch('b1')).letters).toEqual([]);
    expect(await record({ number: '1235/SNV' })).toMatchObject(refused);
  });

  test.each([
    ['no number', { number: ' ' }],
    ['no signatory', { signatory: ' ' }],
    ['no day', { on: '' }],
    ['a day to come', { on: '2999-01-01' }],
    ['TL. without the order', { capacity: 'TL' as const }],
    ['TUQ. without the authority', { capacity: 'TUQ' as const, mandate: ' ' }],
    ['a file that is no paper', { bytes: new TextEncoder().encode('MZ') }],
    ['another list', { contentHash: '0'.repeat(64) }],
    ['another version', { version: 9 }],
    ['another batch', { batchId: 'b9' }],
  ])('with %s is refused, and nothing is recorded', async (_what, wrong) => {
    const { record, batch } = await confirmedByHomeAffairs();
    expect(await record(wrong)).toMatchObject(refused);
    expect((await batch('b1')).letters).toEqual([]);
  });

  test('by order or by authority names what lets them', async () => {
    const { record, batch } = await confirmedByHomeAffairs();
    expect(await record({ capacity: 'TUQ', mandate: '12/GUQ-SNV' })).toEqual(recorded);
    expect((await batch('b1')).letters[0]).toMatchObject({ capacity: 'TUQ', mandate: '12/GUQ-SNV' });
  });

  test('the decision of the People’s Committee asks for the same', async () => {
    const { decides, provincial, batch } = await confirmedByHomeAffairs();
    done(await decides('finance-leader', 'b1'));
    expect(await provincial('b1', { capacity: 'TUQ' })).toMatchObject(refused);
    expect(await provincial('b1', { capacity: 'TUQ', mandate: '5/QĐ-UBND' })).toEqual(recorded);
    expect((await batch('b1')).provincial).toMatchObject({ capacity: 'TUQ', mandate: '5/QĐ-UBND' });
  });
});
