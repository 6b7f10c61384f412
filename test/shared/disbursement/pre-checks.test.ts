/** What the Treasury would refuse a slip for is found before anybody signs, each reason by itself. */
import { beforeAll, describe, expect, test } from 'vitest';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { addDays } from '../../../shared/calendar.ts';
import type { Role } from '../../../shared/case/access.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { readSlip, signatures } from '../../../shared/case/slip.ts';
import { type Unit, unitStream } from '../../../shared/case/unit.ts';
import type { PreCheckCode } from '../../../shared/disbursement/pre-check.ts';
import {
  type Paid,
  type Rows,
  slipEvidence,
  type SlipEvidence,
} from '../../../shared/disbursement/pre-check-evidence.ts';
import { preChecks } from '../../../shared/disbursement/pre-checks.ts';
import { recordSending, referencesOf, signSlip } from '../../../shared/disbursement/slips.ts';
import { done, everyRow, openProvince, type Province, provinces } from '../../province.ts';

const province = provinces();
const inTime = '2025-10-10';
const trio = ['unit-clerk', 'unit-chief-accountant', 'unit-account-holder'] as const satisfies readonly Role[];

async function rowsOf(content: Uint8Array): Promise<Rows | undefined> {
  const read = await readSheets(content);
  if (read.outcome === 'refused') return undefined;
  return read.sheets.flatMap(({ rows }) => rows.map(({ cells }) => cells.map(({ text }) => text)));
}

async function slipOf(made: Province): Promise<string> {
  await made.decidedBatch('b1');
  await made.order('b1');
  const [row] = await everyRow(made.store, { kind: 'slip', batch: 'b1' });
  return row?.stream.slice('slip/'.length) ?? expect.fail();
}

async function evidenceOf({ store, still }: Province, slipId: string): Promise<SlipEvidence> {
  const slip = (await readSlip(store, slipId)) ?? expect.fail();
  return slipEvidence(slip, await referencesOf(slip, still), still, rowsOf);
}

let right: SlipEvidence;

beforeAll(async () => {
  const made = await openProvince({ people: 12 });
  const found = await evidenceOf(made, await slipOf(made));
  const signatory = { name: 'Phó Chủ tịch', capacity: 'KT', from: '2025-07-01', document: '1/QĐ' } as const;
  right = {
    ...found,
    // Made in the campaign, not on the day on which the test runs.
    slip: { ...found.slip, madeAt: '2025-10-02T01:00:00Z' },
    signatories: [signatory],
  };
  await made.close();
});

/** Codes and states of everything that does not hold. */
function found(change: (evidence: SlipEvidence) => SlipEvidence, on = inTime): readonly string[] {
  return preChecks(change(right), on)
    .filter(({ code, state }) => state !== 'holds' && code !== 'T6')
    .map(({ code, state }) => `${code} ${state}`);
}

function says(code: PreCheckCode, change: (evidence: SlipEvidence) => SlipEvidence, on = inTime): string {
  const check = preChecks(change(right), on).find((one) => one.code === code);
  return (check?.findings ?? []).map(({ says: { vi } }) => vi).join(' ');
}

/** The first order of the slip, altered. */
function firstPaid(evidence: SlipEvidence, alter: (one: Paid) => Paid): SlipEvidence {
  const [first, ...others] = evidence.paid;
  return first === undefined ? evidence : { ...evidence, paid: [alter(first), ...others] };
}

function ordering(change: Partial<Paid['order']>) {
  return (evidence: SlipEvidence) => firstPaid(evidence, (one) => ({ ...one, order: { ...one.order, ...change } }));
}

function deciding(change: Partial<NonNullable<NonNullable<SlipEvidence['batch']>['provincial']>>) {
  return ({ batch, ...evidence }: SlipEvidence): SlipEvidence =>
    batch?.provincial === undefined
      ? expect.fail('no decision')
      : { ...evidence, batch: { ...batch, provincial: { ...batch.provincial, ...change } } };
}

function rows(change: (row: readonly string[]) => readonly string[]) {
  return (evidence: SlipEvidence): SlipEvidence => {
    const { stored } = evidence;
    return typeof stored === 'string' ? expect.fail('unread') : { ...evidence, stored: stored.map(change) };
  };
}

function unit(change: Partial<Unit>) {
  return (evidence: SlipEvidence): SlipEvidence => {
    const own = evidence.units.get(evidence.slip.unit) ?? expect.fail();
    return { ...evidence, units: new Map([...evidence.units, [own.code, { ...own, ...change }]]) };
  };
}

test('a slip as the system makes it holds in every check but the day limit, and there are seven', () => {
  expect(found((evidence) => evidence)).toEqual([]);
  expect(preChecks(right, inTime).map(({ code }) => code)).toEqual(['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7']);
});

describe('T1, the estimate', () => {
  test('fails for an order that nothing is reserved for', () => {
    const without = (evidence: SlipEvidence) => ({
      ...evidence,
      estimate: { ...evidence.estimate, reservedKeys: new Map([...evidence.estimate.reservedKeys].slice(1)) },
    });
    expect(found(without)).toEqual(['T1 fails']);
    expect(found(ordering({ attempt: 2 }))).toContain('T1 fails');
  });

  test.each([-1n, 0n, 1n])('with %i đồng left', (left) => {
    const of = (evidence: SlipEvidence) => ({ ...evidence, estimate: { ...evidence.estimate, left } });
    expect(found(of)).toEqual(left < 0n ? ['T1 fails'] : []);
  });

  test('asks for none where the deposit account pays', () => {
    const of = (evidence: SlipEvidence): SlipEvidence => ({
      ...evidence,
      slip: { ...evidence.slip, from: 'deposit' },
      estimate: { ...evidence.estimate, reservedKeys: new Map(), left: -1n },
    });
    expect(found(of)).toEqual([]);
  });
});

describe('T2, the decision', () => {
  test.each([
    ['is there', (one: SlipEvidence) => ({ ...one, batch: undefined })],
    ['has a number', deciding({ number: ' ' })],
    ['has a signatory', deciding({ signatory: '' })],
    ['by order has its mandate', deciding({ capacity: 'TL' })],
    ['by authority has its mandate', deciding({ capacity: 'TUQ' })],
    ['is of the frozen list', deciding({ contentHash: 'x' })],
    ['is of as many people', deciding({ people: 1 })],
    ['is the one the slip names', (one: SlipEvidence) => ({ ...one, slip: { ...one.slip, decision: 'x' } })],
  ])('%s', (_what, change) => {
    expect(found(change)).toContain('T2 fails');
  });

  test.each([-1, 0, 1])('%i days from the slip’s day', (days) => {
    expect(found(deciding({ on: addDays('2025-10-02', days) }))).toEqual(days > 0 ? ['T2 fails'] : []);
  });

  test('warns of a signatory who is not in the table, and while the table is empty', () => {
    expect(found(deciding({ signatory: 'Người khác' }))).toEqual(['T2 warns']);
    expect(found(deciding({ on: '2025-06-30' }))).toEqual(['T2 warns']);
    expect(found((evidence) => ({ ...evidence, signatories: [] }))).toEqual(['T2 warns']);
  });
});

describe('T3, the voucher', () => {
  test.each([-1n, 1n])('fails when the slip’s sum is %i đồng off', (off) => {
    const total = (BigInt(right.slip.total) + off).toString();
    expect(found((evidence) => ({ ...evidence, slip: { ...evidence.slip, total } }))).toEqual(['T3 fails']);
  });

  test.each([-1, 1])('fails when the slip counts %i people too many', (off) => {
    const people = right.slip.people + off;
    expect(found((evidence) => ({ ...evidence, slip: { ...evidence.slip, people } }))).toEqual(['T3 fails']);
  });

  test('fails when an order is gone, stands twice, or is not the sum of its lines', () => {
    expect(found((evidence) => ({ ...evidence, paid: evidence.paid.slice(1), lost: ['CT0-1'] }))).toEqual(['T3 fails']);
    const twice = [...right.references.slice(1), ...right.references.slice(-1)];
    expect(found((evidence) => ({ ...evidence, references: twice }))).toEqual(['T3 fails']);
    expect(found(ordering({ lines: [] }))).toEqual(['T3 fails']);
  });

  test.each([
    ['no number', { number: '' }],
    ['a number too short', { number: '12345' }],
    ['no bank', { bank: '' }],
    ['a bank that is not in the table', { bank: 'XYZ' }],
  ])('fails for a line with %s', (_what, change) => {
    expect(found((all) => firstPaid(all, (one) => ({ ...one, account: { ...one.account, ...change } })))).toEqual([
      'T3 fails',
    ]);
  });

  const other = { verdict: 'doubtful', findings: [{ finding: 'name-differs', how: 'other' }] } as const;
  const payee = { accountDigest: 'x', as: 'heir', document: '12/CC', on: '2025-10-01' } as const;

  test('fails for an account in another name, unless it is stated why; then the paper goes along', () => {
    expect(found((all) => firstPaid(all, (one) => ({ ...one, verdict: other })))).toEqual(['T3 fails']);
    const stated = (all: SlipEvidence) => firstPaid(all, (one) => ({ ...one, verdict: other, payee }));
    expect(found(stated)).toEqual(['T3 warns']);
    expect(says('T3', stated)).toContain('12/CC');
  });

  test('warns of an account that may bounce, by its reference and nobody’s name', () => {
    const verdict = {
      verdict: 'doubtful',
      findings: [{ finding: 'returned-before', times: 1, code: 'AC04' }],
    } as const;
    const doubtful = (all: SlipEvidence) => firstPaid(all, (one) => ({ ...one, verdict }));
    expect(found(doubtful)).toEqual(['T3 warns']);
    expect(says('T3', doubtful)).toContain('AC04');
    const [first = expect.fail()] = right.paid;
    expect(says('T3', doubtful)).toContain(first.order.reference);
    for (const { account } of right.paid) {
      expect(says('T3', doubtful)).not.toContain(account.number);
      expect(says('T3', doubtful)).not.toContain(account.holder);
    }
  });

  test('fails when the stored form 09 is gone, or says another sum, account, person or total than the orders', () => {
    const { order, account } = right.paid[0] ?? expect.fail();
    const swap = (from: string, to: string) => rows((row) => row.map((cell) => (cell === from ? to : cell)));
    expect(found((evidence) => ({ ...evidence, stored: 'gone' }))).toEqual(['T3 fails']);
    expect(found(swap(order.amount, '1'))).toEqual(['T3 fails']);
    expect(found(swap(account.number, '000000'))).toEqual(['T3 fails']);
    expect(found(swap(order.reference, 'CT0000000000-1'))).toEqual(['T3 fails']);
    expect(found(swap(right.slip.total, '1'))).toEqual(['T3 fails']);
    expect(
      found(
        rows((row) =>
          row
            .map((cell) => cell.replace('bằng chữ: ', 'bằng chữ: không '))
            .filter((cell) => !cell.startsWith('Tổng số tiền bằng chữ')),
        ),
      ),
    ).toEqual(['T3 fails']);
    expect(found((evidence) => ({ ...evidence, stored: 'unread' }))).toEqual([]);
  });
});

describe('T4, the unit', () => {
  test.each([
    ['an account at the Treasury', { treasuryAccount: '' }],
    ['a chief accountant', { hasChiefAccountant: false }],
    ['specimens', { hasSpecimens: false }],
  ])('has %s, unless another unit pays in its place', (_what, lack) => {
    expect(found(unit(lack))).toEqual(['T4 fails']);
    const payer = [...right.units.keys()].find((code) => code !== right.slip.unit) ?? '';
    expect(found(unit({ ...lack, paidBy: payer }))).toEqual([]);
  });

  test('is in the register, and so is whoever pays in its place', () => {
    expect(found((evidence) => ({ ...evidence, units: new Map() }))).toEqual(['T4 fails']);
    expect(found(unit({ paidBy: '9999999' }))).toEqual(['T4 fails']);
  });
});

test('T5 fails when one person stands for two signatures, or one is missing', () => {
  const at = '2025-10-02T02:00:00Z';
  const signing = (...by: readonly (readonly [number, string])[]) =>
    found((evidence) => ({
      ...evidence,
      slip: {
        ...evidence.slip,
        signed: by.map(([index, who]) => ({ signature: signatures[index] ?? 'prepared', by: who, at })),
      },
    }));
  expect(signing([0, 'a'])).toEqual([]);
  expect(signing([0, 'a'], [1, 'b'], [2, 'c'])).toEqual([]);
  expect(signing([0, 'a'], [1, 'b'], [2, 'a'])).toEqual(['T5 fails']);
  expect(signing([0, 'a'], [2, 'c'])).toEqual(['T5 fails']);
});

describe('T6, the day limits', () => {
  const early = deciding({ on: '2025-08-29' });
  // Each day is held against the limit in force that day: the telegram's of 05/10, from 10/10 the resolution's.
  test.each([
    ['2025-10-04', ''],
    ['2025-10-05', ''],
    ['2025-10-06', '05/10/2025 (Công điện của Thủ tướng ngày 30/09/2025) 1 ngày'],
    ['2025-10-09', '05/10/2025 (Công điện của Thủ tướng ngày 30/09/2025) 4 ngày'],
    ['2025-10-10', ''],
    ['2025-10-11', '10/10/2025 (Nghị quyết 303/NQ-CP) 1 ngày'],
    ['2025-10-12', '10/10/2025 (Nghị quyết 303/NQ-CP) 2 ngày'],
  ])('on %s: %s', (on, said) => {
    expect(preChecks(early(right), on).find(({ code }) => code === 'T6')?.state).toBe(said === '' ? 'holds' : 'warns');
    expect(says('T6', early, on)).toContain(said);
  });

  test('says how many days are left to each limit that is ahead', () => {
    const held = preChecks(early(right), '2025-10-08').find(({ code }) => code === 'T6')?.holds.vi;
    expect(held).toBe('Còn 83 ngày đến hạn 30/12/2025 (Nghị định 163/2016/NĐ-CP, Điều 42).');
    const before = preChecks(early(right), '2025-10-01').find(({ code }) => code === 'T6')?.holds.vi;
    expect(before).toContain('Còn 4 ngày đến hạn 05/10/2025 (Công điện của Thủ tướng ngày 30/09/2025). Còn 90 ngày');
  });

  describe('with a limit that the calendar records by a later document', () => {
    const moved = (all: SlipEvidence): SlipEvidence => {
      const document = { name: { vi: 'Công điện 201/CĐ-TTg', en: 'Telegram 201' }, on: '2025-10-12' };
      const limits = all.limits.map((limit): SlipEvidence['limits'][number] => {
        const [first, ...further] = limit.versions;
        return limit.subject === 'paid'
          ? { ...limit, versions: [first, ...further, { due: { on: '2025-10-20' }, document }] }
          : limit;
      });
      return { ...early(all), limits };
    };

    test.each([
      ['2025-10-11', '10/10/2025 (Nghị quyết 303/NQ-CP) 1 ngày'],
      ['2025-10-12', ''],
      ['2025-10-20', ''],
      ['2025-10-21', '20/10/2025 (Công điện 201/CĐ-TTg) 1 ngày'],
    ])('on %s: %s', (on, said) => {
      const says6 = says('T6', moved, on);
      if (said === '') expect(says6).not.toContain('Quá hạn');
      expect(says6).toContain(said);
    });
  });

  test('a day before any limit was set is within all', () => {
    expect(says('T6', early, '2025-07-31')).toBe('');
  });

  test.each([
    ['2025-08-30', false],
    ['2025-08-31', true],
    ['2025-09-01', true],
  ])('a decision of %s is after the campaign’s own day: %s', (on, isLate) => {
    expect(says('T6', deciding({ on })).includes('Kết luận 183-KL/TW')).toBe(isLate);
  });

  test.each([
    ['2025-12-29', false],
    ['2025-12-30', false],
    ['2025-12-31', true],
    ['2026-01-05', true],
  ])('%s is past the last day for the year’s estimate: %s', (on, isLate) => {
    expect(says('T6', early, on).includes('Nghị định 163/2016')).toBe(isLate);
  });
});

describe('T7, the attached list', () => {
  const frozen =
    (change: (evidence: NonNullable<SlipEvidence['list']>) => SlipEvidence['list']) => (all: SlipEvidence) => ({
      ...all,
      list: all.list && change(all.list),
    });

  test.each([
    ['the frozen list is gone', frozen(() => undefined)],
    ['the frozen list is another one', frozen((list) => ({ ...list, law: 'x' }))],
    ['an order is of nobody on the list', ordering({ part: 'nobody.wage-reform' })],
    ['its sum is another', ordering({ amount: '1', lines: [{ line: 'x', amount: '1' }] })],
    ['its account is another at the first attempt', ordering({ accountDigest: 'x' })],
    ['it is of another batch', ordering({ batch: 'b9' })],
    ['it is of another unit', ordering({ unit: '9999999' })],
    ['it is of another slip', ordering({ slip: 'b9.1.1' })],
  ])('fails when %s', (_what, change) => {
    expect(found(change)).toContain('T7 fails');
  });

  test('fails for somebody who was taken out', () => {
    const { order } = right.paid[0] ?? expect.fail();
    const out = { by: 'x', at: 'x', reason: 'x', toUnit: false };
    const taken = ({ batch, ...rest }: SlipEvidence) => ({
      ...rest,
      batch: batch && { ...batch, takenOut: new Map([[order.part, out]]) },
    });
    expect(found(taken)).toContain('T7 fails');
  });

  test('lets the account differ once the first payment came back', () => {
    expect(found(ordering({ attempt: 2, accountDigest: 'x' }))).not.toContain('T7 fails');
  });
});

describe('a slip of a unit that lacks its specimens', () => {
  async function withoutSpecimens() {
    const made = await province({ people: 12 });
    const slipId = await slipOf(made);
    const slip = (await readSlip(made.store, slipId)) ?? expect.fail();
    const register = async (hasSpecimens: boolean) => {
      const entries = await made.store.read(unitStream);
      const own = entries.map(({ data }) => JSON.parse(data)).findLast(({ code }) => code === slip.unit);
      const entry = { kind: 'unit-registered', at: made.still.now(), by: 'system', data: { ...own, hasSpecimens } };
      await made.store.commit([{ stream: unitStream, readAt: entries.length, entries: [entry] }]);
    };
    const sign = async (index: number) => {
      const by = made.account(trio[index] ?? 'inspector');
      return signSlip(slipId, signatures[index] ?? 'prepared', by, made.still, rowsOf);
    };
    return { ...made, slipId, register, sign };
  }

  test('is signed by nobody until they are registered', async () => {
    const { register, sign, store, slipId } = await withoutSpecimens();
    await register(false);
    expect(await sign(0)).toMatchObject({ outcome: 'refused', why: { en: expect.stringContaining('T4') } });
    expect((await readSlip(store, slipId))?.signed).toEqual([]);
    await register(true);
    expect(await sign(0)).toEqual({ outcome: 'signed' });
  });

  test('is not recorded as sent either, and what held is kept with the sending', async () => {
    const { register, sign, store, slipId, still, account } = await withoutSpecimens();
    for (const index of trio.keys()) done(await sign(index));
    await register(false);
    const sending = { number: 'DVC-1', on: '2025-10-02' };
    expect(await recordSending(slipId, sending, account('unit-clerk'), still, rowsOf)).toMatchObject({
      outcome: 'refused',
    });
    await register(true);
    done(await recordSending(slipId, sending, account('unit-clerk'), still, rowsOf));
    const { data = '' } = (await store.read(`slip/${slipId}`)).at(-1) ?? {};
    expect(JSON.parse(data).checks).toMatchObject({ T1: 'holds', T4: 'holds', T7: 'holds' });
  });
});

test('no finding names anybody', async () => {
  const made = await province({ people: 12 });
  const evidence = await evidenceOf(made, await slipOf(made));
  const words = JSON.stringify(preChecks({ ...evidence, list: undefined, lost: evidence.references }, inTime));
  for (const { order } of evidence.paid) {
    const of = (await readCase(made.store, caseIdOf(order.part))) ?? expect.fail();
    const { fullName, citizenId } = await identityOf(made.still.vault, of);
    expect([words.includes(fullName), words.includes(citizenId)]).toEqual([false, false]);
  }
});
