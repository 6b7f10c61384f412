import { describe, expect, test } from 'vitest';
import { findAll } from '../../../shared/completion/collect-findings.ts';
import { caseFinders, type Inspected, outlineFinders, usualThresholds } from '../../../shared/completion/findings.ts';
import type { Case, Submitted } from '../../../shared/case/case.ts';
import { readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import { takeFile } from '../../../shared/disbursement/custody.ts';
import { assessCase } from '../../../shared/entitlement/assess-case.ts';
import type { Facts } from '../../../shared/case/facts.ts';
import { leaver } from '../../leavers.ts';
import { person } from '../../people.ts';
import { done, provinces } from '../../province.ts';

const open = provinces();
const submitted: Omit<Submitted, 'facts'> = {
  identity: '',
  account: '',
  accountDigest: 'a1',
  citizenDigest: 'c1',
  nameDigest: 'n1',
  employer: 'Sở',
  payingUnit: 'u',
  block: 'government',
  level: 'provincial',
  source: 'wage-reform',
  list: 'l',
  row: 1,
};

/** A computed case of these facts, which nothing has happened to. */
function inspected(facts: Facts, others: Partial<Submitted> = {}, id = 'c'): Inspected {
  const given = { ...submitted, facts, ...others };
  const of: Case = {
    id,
    entries: [],
    submitted: given,
    assessment: assessCase(given, {}),
    readings: {},
    caseHash: '',
    account: { sealed: '', digest: given.accountDigest },
    accountsAfterFreezing: [],
  };
  return { of, parts: [], orders: [] };
}

const whys = (code: keyof typeof caseFinders, ...facts: readonly Facts[]) =>
  caseFinders[code](
    facts.map((one) => inspected(one)),
    usualThresholds,
  ).map(({ why }) => why);

describe('edges', () => {
  test('a leave date is near a change from three days before to two after', () => {
    const days = ['2025-06-27', '2025-06-28', '2025-06-30', '2025-07-01', '2025-07-03', '2025-07-04'];
    const left = days.map((day) => person().servingFrom('2010-06').leaving(day).build());
    expect(whys('edge-day', ...left)).toEqual(['2025-06-28', '2025-06-30', '2025-07-01', '2025-07-03']);
  });

  test('59, 60 and 61 months early are listed, 58 and 62 are not', () => {
    const early = [58, 59, 60, 61, 62].map((months) =>
      leaver({ cause: 'reorganised', early: months, months: 240 }).build(),
    );
    expect(whys('edge-months-early', ...early)).toEqual(['59', '60', '61']);
  });

  test('six and seven odd months are listed, five and eight are not', () => {
    const served = [5, 6, 7, 8].map((odd) => leaver({ cause: 'reorganised', early: 30, months: 240 + odd }).build());
    expect(whys('edge-odd-months', ...served)).toEqual(['246', '247']);
  });

  test('a salary that held less than twelve months when the person left is listed, twelve is not', () => {
    const since = ['2024-07-01', '2024-07-02', '2025-06-01'].map((effectiveFrom) =>
      person()
        .servingFrom('2010-06')
        .but({ pay: { kind: 'contract', amount: '10000000', effectiveFrom } })
        .build(),
    );
    expect(whys('late-rise', ...since)).toEqual(['2024-07-02', '2025-06-01']);
  });

  test('a salary of more than one and a half times the average is listed, of exactly that is not', () => {
    const averages = ['6666666', '6666667', '10000000'].map((averagePay60Months) =>
      person().servingFrom('2010-06').earning('10000000').but({ averagePay60Months }).build(),
    );
    expect(whys('above-average', ...averages)).toEqual(['6666666']);
  });

  test('a birth of which only the year is known is listed', () => {
    const born = ['1968', '1968-06', '1968-06-01'].map((day) => person().servingFrom('2010-06').bornIn(day).build());
    expect(whys('year-only-birth', ...born)).toEqual(['1968']);
  });
});

describe('everybody beside everybody', () => {
  const outline = (caseId: string, total: bigint, account: string, alike: readonly string[] = []) => ({
    caseId,
    total,
    account,
    alike,
  });

  test('who shares an account is listed with the others, also those who were not chosen', () => {
    const found = outlineFinders['shared-account']([
      outline('c1', 5n, 'a'),
      outline('c2', 6n, 'b'),
      outline('c3', 7n, 'a'),
      outline('c4', 8n, 'd', ['c9']),
    ]);
    expect(found.map(({ caseId, why }) => [caseId, why])).toEqual([
      ['c1', 'c3'],
      ['c3', 'c1'],
      ['c4', 'c9'],
    ]);
  });

  test('the highest of a hundred is one, of a hundred and one are two, and equal sums stand together', () => {
    const people = (count: number) =>
      Array.from({ length: count }, (_, index) => outline(`c${index}`, BigInt(index), ''));
    const highest = (count: number) => outlineFinders['highest-sums'](people(count + 1), usualThresholds).length;
    expect([highest(99), highest(100), highest(101)]).toEqual([1, 1, 2]);
    const equal = [outline('c1', 9n, ''), outline('c2', 9n, ''), outline('c3', 1n, '')];
    expect(outlineFinders['highest-sums'](equal, usualThresholds).map(({ caseId }) => caseId)).toEqual(['c1', 'c2']);
  });
});

test('what people overrode is listed with their reason, each with its place in the histories', async () => {
  const made = await open({ people: 6 });
  const part = await made.somebody();
  const officer = made.account('finance-officer');
  done(await holdPart(part, 'hold', 'Đơn kiến nghị', officer, made.still));
  done(await holdPart(part, 'resume', 'Đã làm rõ', officer, made.still));
  await made.decidedBatch('b1');
  const [order] = await made.order('b1');
  const slip = order?.slip ?? '';
  const take = { key: 'form-09.xlsx', reason: '' };
  const write = async () => new Uint8Array([1]);
  done(await takeFile(slip, take, officer, write, made.still));
  done(await takeFile(slip, { ...take, reason: 'Máy in kẹt giấy' }, officer, write, made.still));
  const caseIds = [...new Set((await made.rows()).map(({ stream }) => caseIdOf(stream.slice('part/'.length))))];
  const found = await findAll(caseIds, made.still, () => {});
  expect(found.get('resumed')).toEqual([
    expect.objectContaining({ caseId: caseIdOf(part), why: 'Đã làm rõ', by: officer.id, stream: `part/${part}` }),
  ]);
  expect(found.get('held-before')).toEqual([expect.objectContaining({ why: 'Đơn kiến nghị' })]);
  expect(found.get('file-again')).toEqual([
    expect.objectContaining({ why: 'Máy in kẹt giấy', by: officer.id, stream: `slip/${slip}` }),
  ]);
  const [one] = found.get('resumed') ?? [];
  const entry = (await made.store.read(one?.stream ?? ''))[(one?.seq ?? 0) - 1];
  expect([entry?.kind, entry?.at]).toEqual(['resume', one?.at]);
  const of = await readCase(made.store, caseIdOf(part));
  expect(one?.total).toBe(of?.assessment.outcome === 'entitled' ? BigInt(of.assessment.total) : 0n);
});
