import { describe, expect, test } from 'vitest';
import { type Case, readCase } from '../../../shared/case/case.ts';
import { facts, type Facts } from '../../../shared/case/facts.ts';
import { partIdOf, readPart } from '../../../shared/case/part.ts';
import { readRecordedReadings } from '../../../shared/case/recorded-readings.ts';
import { readRecovery } from '../../../shared/case/recovery.ts';
import { sum } from '../../../shared/dong.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { reassess, reassessAll } from '../../../shared/entitlement/reassess.ts';
import { replayBatch, replayToday } from '../../../shared/entitlement/replay.ts';
import { setReading } from '../../../shared/entitlement/set-reading.ts';
import { whatIf } from '../../../shared/entitlement/what-if.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { correctFacts } from '../../../shared/intake/correct.ts';
import { submitList } from '../../../shared/intake/submit.ts';
import { perMonth } from '../../../shared/law/decree-178-2024/article-09.ts';
import { parameterChange } from '../../../shared/law/parameters.ts';
import { sampleUnits } from '../../../infra/local/samples.ts';
import { remainder, tally } from '../../../shared/completion/tally.ts';
import { done, dyingAt, everyRow, Killed, type Province, provinces, submitting } from '../../province.ts';

const province = provinces();
const document = { number: '1814/BNV-TCBC', on: '2025-04-26', paper: 'scan' };

/** A reserved difference with a percentage: question X13, computed by its default. */
const withReserved = facts.parse({
  person: { sex: 'male', birth: '1968-06' },
  subject: 'civil-servant',
  leaving: { cause: 'reorganised', on: '2025-07-01', decidedOn: '2025-06-20', reorganisedOn: '2025-03-01' },
  pay: {
    kind: 'coefficient',
    grade: '4.98',
    reservedDifference: '0.5',
    allowances: [{ name: 'civil-service', percent: '25' }],
  },
  service: [{ from: '1996-09', to: '2025-06', employer: 'state' }],
});

/** 19 years 2 months, leaving 05/2025: question X3, so nobody knows the sum. */
const undecided = facts.parse({
  person: { sex: 'male', birth: '1966-01' },
  subject: 'civil-servant',
  leaving: { cause: 'reorganised', on: '2025-05-01', decidedOn: '2025-04-20', reorganisedOn: '2025-03-01' },
  pay: { kind: 'contract', amount: '15000000' },
  service: [
    { from: '2006-03', to: '2025-04', employer: 'state' },
    { from: '2004-01', to: '2005-12', employer: 'state', compensated: true },
  ],
});

/** A province with one more person of these facts, paid at the provincial level. */
async function withPerson(of: Facts, wish: { readonly people?: number } = {}) {
  const made = await province(wish);
  const units = new Map(sampleUnits().map((unit) => [unit.code, unit]));
  const unit = [...units.values()].find(({ level }) => level === 'provincial') ?? expect.fail();
  const person = {
    sheet: 'Danh sách',
    row: 900,
    periodRows: [],
    facts: of,
    fullName: 'Nguyễn Văn Thử',
    citizenId: '040068000999',
    account: { bank: 'VCB', number: '7000000999', holder: 'NGUYEN VAN THU' },
    payingUnit: unit.code,
    employer: unit.name,
  };
  const submission = { listId: 'one-more', by: 'demo-unit-clerk', people: [person], mayUse: () => true };
  await submitList(submission, units, submitting, made.still);
  const added = (await everyRow(made.store, { kind: 'case' })).find(({ summary }) => summary['list'] === 'one-more');
  const caseId = added?.stream.slice('case/'.length) ?? expect.fail();
  const own = async (): Promise<Case> => (await readCase(made.store, caseId)) ?? expect.fail();
  const source = unit.source;
  return {
    ...made,
    caseId,
    own,
    ownPart: async (id = caseId) => readPart(made.store, partIdOf(id, source)),
    set: async (number: string, value: string) =>
      done(await setReading({ number, value, document }, made.account('home-affairs-leader').id, made.still)),
  };
}

const totalOf = ({ assessment }: Case) => (assessment.outcome === 'entitled' ? BigInt(assessment.total) : 0n);

/** Everything of a new batch credited. */
async function pay(made: Province, batchId: string): Promise<void> {
  const orders = await made.sentBatch(batchId);
  const file = await made.resultFile(batchId, orders);
  done(await reconcile(batchId, `results of ${batchId}`, file, made.account('finance-officer').id, made.still));
}

describe('setting a reading', () => {
  test.each([
    ['a reading that does not exist', { number: 'X99', value: 'yes' }],
    ['a value it does not have', { number: 'X3', value: 'flat-7' }],
    ['one that always goes to a person', { number: 'X10', value: 'yes' }],
    ['without a number of the document', { number: 'X3', value: 'flat-5', document: { ...document, number: ' ' } }],
    ['without its scan', { number: 'X3', value: 'flat-5', document: { ...document, paper: '' } }],
    ['by a document of tomorrow', { number: 'X3', value: 'flat-5', document: { ...document, on: '2199-01-01' } }],
    ['by a day that is none', { number: 'X3', value: 'flat-5', document: { ...document, on: '2025-02-30' } }],
    ['opening what is open', { number: 'X3', value: '' }],
  ])('%s is refused, and nothing is written', async (_, wish) => {
    const { still, store } = await province({ people: 1 });
    expect(await setReading({ document, ...wish }, 'leader', still)).toMatchObject({ outcome: 'refused' });
    expect((await readRecordedReadings(store)).entries).toEqual([]);
  });

  test('it is kept with who, when and by which document, and may be opened again', async () => {
    const { still, store } = await province({ people: 1 });
    done(await setReading({ number: 'X3', value: 'flat-5', document }, 'leader', still));
    done(await setReading({ number: 'X1', value: 'none', document }, 'leader', still));
    expect(await setReading({ number: 'X3', value: 'flat-5', document }, 'leader', still)).toMatchObject({
      outcome: 'refused',
    });
    done(await setReading({ number: 'X3', value: '', document }, 'leader', still));
    const { set, decisions } = await readRecordedReadings(store);
    expect(set).toEqual({ X1: 'none' });
    expect(decisions.map(({ number, value, by }) => [number, value, by])).toEqual([
      ['X3', 'flat-5', 'leader'],
      ['X1', 'none', 'leader'],
      ['X3', undefined, 'leader'],
    ]);
    expect(decisions[0]).toMatchObject({ document });
  });
});

describe('everyone is computed again', () => {
  test('who waited for the reading has a sum, and a part to appraise', async () => {
    const made = await withPerson(undecided);
    expect((await made.own()).assessment).toMatchObject({ outcome: 'review', open: ['X3'] });
    await made.set('X3', 'flat-5');
    expect(await reassessAll(made.still)).toEqual({ same: 8, changed: 1, later: 0, 'top-up': 0, overpaid: 0 });
    expect(await made.own()).toMatchObject({
      assessment: { outcome: 'entitled', open: [] },
      readings: { X3: 'flat-5' },
    });
    expect((await made.ownPart())?.status).toBe('assessed');
    expect(await reassessAll(made.still)).toMatchObject({ same: 9, changed: 0 });
  });

  test('who was appraised goes back to be appraised on the new sum', async () => {
    const made = await withPerson(withReserved);
    const before = totalOf(await made.own());
    await made.appraiseAll();
    await made.set('X13', 'yes');
    await reassessAll(made.still);
    expect(totalOf(await made.own())).toBeGreaterThan(before);
    expect((await made.ownPart())?.status).toBe('assessed');
    await made.appraiseAll();
    expect((await made.ownPart())?.appraised?.caseHash).toBe((await made.own()).caseHash);
  });

  test('who is left without a sum is held, with the reason', async () => {
    const made = await withPerson(undecided);
    await made.set('X3', 'flat-5');
    await reassessAll(made.still);
    await made.set('X3', '');
    expect(await reassessAll(made.still)).toMatchObject({ changed: 1 });
    expect((await made.ownPart())?.status).toBe('held');
    expect((await made.own()).assessment.outcome).toBe('review');
  });

  test('a held person stays held, and must be appraised anew afterwards', async () => {
    const made = await withPerson(withReserved);
    await made.appraiseAll();
    const partId = partIdOf(made.caseId, (await made.own()).submitted.source);
    const { holdPart } = await import('../../../shared/approval/hold.ts');
    done(await holdPart(partId, 'hold', 'Chờ giấy tờ', made.account('home-affairs-officer'), made.still));
    await made.set('X13', 'yes');
    await reassessAll(made.still);
    expect(await made.ownPart()).toMatchObject({ status: 'held', heldFrom: 'assessed' });
  });

  test('who is in a batch is left alone, and looked at when taken out', async () => {
    const made = await withPerson(withReserved);
    await made.frozenBatch('b1');
    const before = await made.own();
    await made.set('X13', 'yes');
    expect(await reassessAll(made.still)).toMatchObject({ later: 1, changed: 0 });
    expect((await made.own()).caseHash).toBe(before.caseHash);
    const out = (await made.list('b1')).find(({ part }) => part.startsWith(made.caseId)) ?? expect.fail();
    const takeOut = [{ part: out.part, total: out.total, reason: 'Tính lại theo văn bản mới' }];
    done(await made.decides('home-affairs-leader', 'b1', { takeOut }));
    await made.settleEvents();
    expect(totalOf(await made.own())).toBeGreaterThan(totalOf(before));
    expect((await made.ownPart())?.status).toBe('assessed');
  });
});

describe('after the money is there', () => {
  test('a higher sum is paid as a new case, and paid + difference = entitled, to the đồng', async () => {
    const made = await withPerson(withReserved);
    await pay(made, 'b1');
    const paid = totalOf(await made.own());
    await made.set('X13', 'yes');
    expect(await reassessAll(made.still)).toMatchObject({ 'top-up': 1, overpaid: 0 });
    const whole = assess(withReserved, { X13: 'yes' });
    const rest = (await everyRow(made.store, { kind: 'part' })).find(({ summary }) => summary['isDifference'] === true);
    const topUp = (await readCase(made.store, String(rest?.summary['caseId']))) ?? expect.fail();
    expect(paid + totalOf(topUp)).toBe(whole.outcome === 'entitled' ? BigInt(whole.total) : 0n);
    expect(topUp.assessment).toMatchObject({
      outcome: 'entitled',
      lines: [
        { line: 'difference-1', by: expect.stringMatching(/tính lại: dữ liệu pháp luật [\da-f]{8} → [\da-f]{8}/) },
      ],
      marks: expect.arrayContaining(['difference']),
    });
    // Run again after a kill, or by a second person: nobody is topped up twice.
    expect(await reassessAll(made.still)).toMatchObject({ 'top-up': 0, later: 1 });
    const counted = await tally(made.store, (at) => at.slice(0, 10));
    expect([counted.entitled.people, remainder(counted)]).toEqual([9, { people: 0, total: 0n }]);
    await pay(made, 'b2');
    expect((await made.ownPart(topUp.id))?.status).toBe('credited');
    expect(await reassessAll(made.still)).toMatchObject({ 'top-up': 0, later: 0, overpaid: 0 });
  });

  test.each(['before', 'after'] as const)(
    'a power cut just %s a commit leaves nobody topped up twice or forgotten',
    async (when) => {
      const made = await withPerson(withReserved, { people: 2 });
      await pay(made, 'b1');
      const paid = totalOf(await made.own());
      await made.set('X13', 'yes');
      await expect(reassessAll(dyingAt(made.still, 1, when))).rejects.toThrow(Killed);
      await reassessAll(made.still);
      const parts = await everyRow(made.store, { kind: 'part' });
      const rests = parts.filter(({ summary }) => summary['isDifference'] === true);
      const whole = assess(withReserved, { X13: 'yes' });
      expect(rests.map(({ summary }) => BigInt(String(summary['total'])))).toEqual([
        whole.outcome === 'entitled' ? BigInt(whole.total) - paid : 0n,
      ]);
    },
  );

  test('a lower sum stands in the recovery list, once, until a person decides', async () => {
    const made = await withPerson(withReserved);
    await made.set('X13', 'yes');
    await reassessAll(made.still);
    await pay(made, 'b1');
    const paid = totalOf(await made.own());
    await made.set('X13', 'no');
    expect(await reassessAll(made.still)).toMatchObject({ overpaid: 1, 'top-up': 0 });
    const owed = assess(withReserved, { X13: 'no' });
    const over = paid - (owed.outcome === 'entitled' ? BigInt(owed.total) : 0n);
    expect(await readRecovery(made.store, `${made.caseId}.1`)).toMatchObject({
      over: over.toString(),
      paid: paid.toString(),
    });
    expect(await reassessAll(made.still)).toMatchObject({ overpaid: 0 });
  });

  test('a corrected fact is paid for as well', async () => {
    const made = await withPerson(withReserved);
    await pay(made, 'b1');
    const corrected = facts.parse({
      ...withReserved,
      service: [{ from: '1994-09', to: '2025-06', employer: 'state' }],
    });
    const correction = { caseId: made.caseId, facts: corrected, reason: 'Sổ BHXH bổ sung', paper: 'scan' };
    expect(await correctFacts({ ...correction, paper: '' }, 'clerk', made.still)).toMatchObject({ outcome: 'refused' });
    const paid = totalOf(await made.own());
    done(await correctFacts(correction, 'clerk', made.still));
    expect(await reassess(made.caseId, {}, made.still)).toBe('top-up');
    const parts = await everyRow(made.store, { kind: 'part' });
    const rest = parts.find(({ summary }) => summary['isDifference'] === true)?.summary['total'];
    const whole = assess(corrected);
    expect(whole.outcome === 'entitled' && BigInt(whole.total) - paid).toBe(BigInt(String(rest)));
  });
});

describe('replay', () => {
  test('a stored batch comes out again with the same hash, whatever was set since', async () => {
    const made = await withPerson(withReserved);
    await pay(made, 'b1');
    await made.set('X13', 'yes');
    await reassessAll(made.still);
    const [again] = await replayBatch(await made.batch('b1'), made.still);
    expect(again).toMatchObject({ differing: [], hashNow: again?.contentHash });
    const today = await replayToday(await made.batch('b1'), made.still);
    expect(today.differing.map(({ part }) => part.split('.')[0])).toEqual([made.caseId]);
  });

  test('one changed number of the law makes it differ, and names who', async () => {
    const made = await province({ people: 30 });
    await made.frozenBatch('b1');
    const severed = (await made.list('b1')).filter(({ regime }) => regime === '178/9');
    expect(severed.length).toBeGreaterThan(0);
    const rates = perMonth[0]?.value ?? expect.fail();
    const { within12Months } = rates;
    Object.assign(rates, { within12Months: { of: 9n, per: 10n } });
    try {
      const [again] = await replayBatch(await made.batch('b1'), made.still);
      expect(again?.differing.map(({ part }) => part)).toEqual(severed.map(({ part }) => part));
      expect(again?.hashNow).not.toBe(again?.contentHash);
    } finally {
      Object.assign(rates, { within12Months });
    }
  });
});

describe('what if', () => {
  test('the simulated run equals the later real run, and touches nothing', async () => {
    const made = await withPerson(undecided);
    const before = await made.own();
    const simulated = await whatIf({ readings: { X3: '15-year-line' }, parameters: [] }, made.still);
    expect(await made.own()).toEqual(before);
    expect(simulated).toMatchObject({ people: 9, changed: [{ caseId: made.caseId, today: { outcome: 'review' } }] });
    await made.set('X3', '15-year-line');
    await reassessAll(made.still);
    expect(simulated.changed[0]?.after).toMatchObject({
      outcome: 'entitled',
      total: totalOf(await made.own()).toString(),
    });
    const cases = await everyRow(made.store, { kind: 'case' });
    const real = sum(cases.map(({ summary }) => BigInt(typeof summary['total'] === 'string' ? summary['total'] : 0)));
    expect(BigInt(simulated.total.after)).toBe(real);
    expect(sum(Object.values(simulated.byUnit).map(({ after }) => BigInt(after)))).toBe(real);
    expect(sum(Object.values(simulated.bySource).map(({ after }) => BigInt(after)))).toBe(real);
  });

  test('a number of the law: only those whom it pays change, and the law is as before', async () => {
    const made = await province({ people: 30 });
    const change = parameterChange('decree-178-2024/article-09.perMonth.within12Months=0.9');
    if ('vi' in change) expect.fail(change.en);
    else {
      const simulated = await whatIf({ readings: {}, parameters: [change] }, made.still);
      expect(simulated.changed.length).toBeGreaterThan(0);
      expect(new Set(simulated.changed.map(({ after }) => after.regime))).toEqual(new Set(['178/9']));
      expect(simulated.changed.every(({ today, after }) => BigInt(after.total) > BigInt(today.total))).toBe(true);
      expect((await whatIf({ readings: {}, parameters: [] }, made.still)).changed).toEqual([]);
    }
  });

  test.each([
    'nothing',
    'no/file.table=1',
    'decree-178-2024/article-09.noTable=1',
    'decree-178-2024/article-09.perMonth=1',
    'decree-178-2024/article-09.perMonth.noField=1',
    'decree-178-2024/article-09.perYear=much',
    'decree-73-2024/article-03.baseSalary=2500000',
    'decree-73-2024/article-03.baseSalary@2024-07-02=2500000',
    'decree-73-2024/article-03.baseSalary@2024-07-01=2500000.5',
  ])('%s is no number of the law, and says why', (text) => {
    expect(parameterChange(text)).toMatchObject({ vi: expect.any(String), en: expect.any(String) });
  });

  test('a row among several is named by its day', () => {
    expect(parameterChange('decree-73-2024/article-03.baseSalary@2024-07-01=2500000')).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ from: '2024-07-01', value: 2_500_000n })]),
    });
  });
});
