import { describe, expect, test } from 'vitest';
import { readSlip } from '../../../shared/case/slip.ts';
import { confirmCredit, type CreditConfirmation } from '../../../shared/disbursement/confirm-credit.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { referencesOf } from '../../../shared/disbursement/slips.ts';
import { diesAt, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };

async function sentSlip() {
  const made = await province({ people: 30 });
  const [order] = await made.sentBatch('b1');
  const slip = (await readSlip(made.store, order?.slip ?? '')) ?? expect.fail();
  const references = await referencesOf(slip, made.still);
  const evidence = await made.still.files.put(new TextEncoder().encode('%PDF-1.4 statement'));
  const given: CreditConfirmation = { slip: slip.id, references: 'all', number: 'BC-1', on: '2025-10-03', evidence };
  const holder = made.account('unit-account-holder');
  const confirms = async (more: Partial<CreditConfirmation> = {}, on = made.still) =>
    confirmCredit({ ...given, ...more }, holder, on);
  const statuses = async () => {
    const own = (await made.orders('b1')).filter((one) => one.slip === slip.id);
    return own.map(({ status }) => status);
  };
  return { made, slip, references, evidence, given, confirms, statuses };
}

describe('the account holder confirms by a bank’s document', () => {
  test('that everybody of the slip has the money', async () => {
    const { slip, references, made, confirms, statuses, evidence } = await sentSlip();
    expect(await confirms()).toEqual({ outcome: 'confirmed', credited: references.length });
    expect(new Set(await statuses())).toEqual(new Set(['credited']));
    const last = (await readSlip(made.store, slip.id))?.entries.at(-1);
    expect([last?.kind, last?.data]).toEqual(['credit-confirmed', expect.stringContaining(evidence)]);
  });

  test('that one person has it, and no other', async () => {
    const { references, confirms, statuses } = await sentSlip();
    expect(await confirms({ references: references.slice(0, 1) })).toMatchObject({ credited: 1 });
    expect((await statuses()).filter((status) => status === 'credited')).toHaveLength(1);
  });

  test('also of what the Treasury has paid; not of what came back', async () => {
    const { made, references, confirms } = await sentSlip();
    const [paid = '', back = ''] = references;
    const say = async (reference: string, outcome: 'treasury-paid' | 'returned') =>
      settle([{ reference, outcome, on: '2025-10-02', file: 'f' }], 'x', made.still);
    await say(paid, 'treasury-paid');
    await say(back, 'returned');
    expect(await confirms({ references: [paid] })).toMatchObject({ credited: 1 });
    expect(await confirms({ references: [back] })).toMatchObject(refused);
    expect(await confirms()).toMatchObject({ credited: references.length - 1 });
  });

  test.each([
    ['without the number of the document', { number: ' ' }],
    ['on a day before the sending', { on: '2025-10-01' }],
    ['on a day ahead', { on: '2099-01-01' }],
    ['on a day that does not exist', { on: '2025-02-30' }],
    ['for nobody', { references: [] }],
    ['for somebody of another slip', { references: ['CT0000000000-1'] }],
    ['with a scan that nobody stored', { evidence: 'no such file' }],
    ['of no slip', { slip: 'b9.1.1' }],
  ])('but not %s', async (_what, more) => {
    const { confirms, statuses } = await sentSlip();
    expect(await confirms(more)).toMatchObject(refused);
    expect(new Set(await statuses())).toEqual(new Set(['sent']));
  });

  test('and nobody of another unit does', async () => {
    const { made, given } = await sentSlip();
    const stranger = { ...made.account('unit-account-holder'), units: ['0'] };
    expect(await confirmCredit(given, stranger, made.still)).toMatchObject(refused);
  });

  test.each(['before', 'after'] as const)('killed %s any commit, is finished when it is done again', async (when) => {
    for (let n = 1; n < 20; n += 1) {
      const { made, references, confirms, statuses } = await sentSlip();
      const died = await diesAt(async (on) => confirms({}, on), made.still, n, when);
      expect(await confirms()).toMatchObject({ credited: references.length });
      expect(new Set(await statuses())).toEqual(new Set(['credited']));
      if (!died) return expect(n).toBeGreaterThan(1);
    }
    expect.fail('it never came to an end');
  });
});
