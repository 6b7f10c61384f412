import { describe, expect, test } from 'vitest';
import { holdPart, withdrawCase } from '../../../shared/approval/hold.ts';
import { caseStream, citizenClaim, likenessClaim, readCase } from '../../../shared/case/case.ts';
import { readEstimate } from '../../../shared/case/funding.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { everyRow, type Province, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };
const done = { outcome: 'done' };
const officer = 'demo-finance-officer';

function acts({ still, account }: Province) {
  const act =
    (kind: 'hold' | 'resume' | 'cancel') =>
    async (partId: string, reason = 'Chờ xác minh') =>
      holdPart(partId, kind, reason, account('finance-officer'), still);
  return { hold: act('hold'), resume: act('resume'), cancel: act('cancel') };
}

const stages = [
  ['assessed', async () => {}],
  ['appraised', async ({ appraiseAll }: Province) => void (await appraiseAll())],
  ['decided', async ({ decidedBatch }: Province) => void (await decidedBatch('b1'))],
  ['returned', bringBack],
] as const;

async function bringBack({ sentBatch, still, somebody }: Province): Promise<void> {
  const partId = await somebody();
  const order = (await sentBatch('b1')).find(({ part }) => part === partId);
  const returned = { reference: order?.reference ?? '', outcome: 'returned', on: '2025-10-03', file: 'f' } as const;
  await settle([returned], officer, still);
}

describe('holding', () => {
  test.each(stages)('from %s, the person goes back to where they were', async (status, bring) => {
    const made = await province();
    await bring(made);
    const { hold, resume } = acts(made);
    const partId = await made.somebody();
    expect(await hold(partId)).toMatchObject(done);
    expect(await made.part(partId)).toMatchObject({ status: 'held', last: { reason: 'Chờ xác minh' } });
    expect(await hold(partId)).toMatchObject(refused);
    expect(await resume(partId, 'Đã xác minh')).toMatchObject(done);
    expect((await made.part(partId)).status).toBe(status);
    expect(await resume(partId)).toMatchObject(refused);
  });

  test.each(['hold', 'resume', 'cancel'] as const)('a %s needs a reason', async (act) => {
    const made = await province();
    const partId = await made.somebody();
    expect(await acts(made)[act](partId, '  ')).toMatchObject(refused);
    expect((await made.part(partId)).status).toBe('assessed');
  });

  test('nobody is held or ended while a batch is being confirmed', async () => {
    const made = await province();
    await made.frozenBatch('b1');
    const { hold, cancel } = acts(made);
    expect(await hold(await made.somebody())).toMatchObject(refused);
    expect(await cancel(await made.somebody())).toMatchObject(refused);
  });

  test('nobody is held or ended while their money is on its way, or when it has arrived', async () => {
    const made = await province();
    const { hold, cancel } = acts(made);
    const partId = await made.somebody();
    await made.decidedBatch('b1');
    await made.order('b1');
    for (const act of [hold, cancel]) expect(await act(partId)).toMatchObject(refused);
    await made.sendSlips('b1');
    for (const act of [hold, cancel]) expect(await act(partId)).toMatchObject(refused);
    const { reference } = (await made.orders('b1')).find(({ part }) => part === partId) ?? expect.fail();
    await settle([{ reference, outcome: 'credited', on: '2025-10-03', file: 'f' }], officer, made.still);
    for (const act of [hold, cancel]) expect(await act(partId)).toMatchObject(refused);
  });

  test('who is held after the decision is not ordered; the others are', async () => {
    const made = await province();
    const batch = await made.decidedBatch('b1');
    const partId = await made.somebody();
    const { hold, resume } = acts(made);
    expect(await hold(partId)).toMatchObject({ outcome: 'done', batchId: batch.id });
    expect((await made.order('b1')).map(({ part }) => part)).not.toContain(partId);
    await resume(partId);
    await made.order('b1');
    expect((await made.orders('b1')).filter(({ part }) => part === partId)).toHaveLength(1);
  });
});

describe('what a holding leaves behind', () => {
  test('is an entry by whoever did it, with the reason without blanks, and the reason on the row', async () => {
    const made = await province();
    const { hold, resume } = acts(made);
    const partId = await made.somebody();
    const left = async () => {
      const { kind, by, data } = (await made.part(partId)).entries.at(-1) ?? expect.fail('no entry');
      const row = (await made.rows()).find(({ stream }) => stream === `part/${partId}`);
      return [kind, by, JSON.parse(data), row?.summary['reason']];
    };
    expect(await hold(partId, ' Chờ ')).toEqual(done);
    const held = { status: 'held', reason: 'Chờ', heldFrom: 'assessed' };
    expect(await left()).toEqual(['hold', officer, held, 'Chờ']);
    await resume(partId, ' Xong ');
    expect(await left()).toEqual(['resume', officer, { status: 'assessed', reason: 'Xong' }, 'Xong']);
  });

  test('is no end: the person stays claimed, the case open', async () => {
    const made = await province();
    const partId = await made.somebody();
    await acts(made).hold(partId);
    const of = (await readCase(made.store, caseIdOf(partId))) ?? expect.fail();
    expect(await made.store.holderOf(citizenClaim(of.submitted.citizenDigest))).toBe(caseStream(of.id));
    expect(of.entries.map(({ kind }) => kind)).not.toContain('closed');
  });

  test('nobody that nobody knows is held', async () => {
    const made = await province();
    expect(await acts(made).hold('nobody.wage-reform')).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining('no such case') },
    });
  });
});

describe('ending', () => {
  test('closes the case by whoever ended it, and gives back what likens it to others', async () => {
    const made = await province();
    const partId = await made.somebody();
    const caseId = caseIdOf(partId);
    const { submitted } = (await readCase(made.store, caseId)) ?? expect.fail();
    const { likeness = expect.fail('no likeness') } = submitted;
    const claims = [likenessClaim('account', likeness.account), likenessClaim('person', likeness.person)];
    const holders = async () => Promise.all(claims.map(async (claim) => made.store.holderOf(claim)));
    expect(await holders()).toEqual([caseStream(caseId), caseStream(caseId)]);
    await acts(made).cancel(partId);
    expect(await holders()).toEqual([undefined, undefined]);
    const last = (await readCase(made.store, caseId))?.entries.at(-1);
    expect([last?.kind, last?.by]).toEqual(['closed', officer]);
    const rows = await everyRow(made.store, { kind: 'case' });
    expect(rows.find(({ stream }) => stream === caseStream(caseId))?.status).toBe('closed');
  });

  test('of somebody for whom nothing was reserved leaves the estimate as it is', async () => {
    const made = await province();
    const partId = await made.somebody();
    const { payingUnit } = (await readCase(made.store, caseIdOf(partId)))?.submitted ?? expect.fail();
    const { left, entries } = await readEstimate(made.store, payingUnit, 'wage-reform');
    expect(await acts(made).cancel(partId)).toEqual(done);
    expect(await readEstimate(made.store, payingUnit, 'wage-reform')).toMatchObject({ left, entries });
  });

  test('waits until results that contradict one another are explained; a holding does not', async () => {
    const made = await province();
    await bringBack(made);
    const partId = await made.somebody();
    const { reference } = (await made.orders('b1')).find(({ part }) => part === partId) ?? expect.fail();
    await settle([{ reference, outcome: 'credited', on: '2025-10-04', file: 'f2' }], officer, made.still);
    const { hold, cancel } = acts(made);
    expect(await cancel(partId)).toMatchObject({ ...refused, why: { en: expect.stringContaining('contradict') } });
    expect(await hold(partId)).toMatchObject(done);
    expect(await cancel(partId)).toMatchObject(refused);
  });

  test('a case for which nothing was ordered frees the person to be submitted again', async () => {
    const made = await province();
    const partId = await made.somebody();
    const { submitted } = (await readCase(made.store, caseIdOf(partId))) ?? expect.fail();
    expect(await made.store.holderOf(`citizen/${submitted.citizenDigest}`)).toBe(`case/${caseIdOf(partId)}`);
    expect(await acts(made).cancel(partId)).toMatchObject(done);
    expect(await made.store.holderOf(`citizen/${submitted.citizenDigest}`)).toBeUndefined();
    expect(await acts(made).resume(partId)).toMatchObject(refused);
  });

  test('a person whose money came back stays claimed when the case is ended: no second regime', async () => {
    const made = await province();
    await bringBack(made);
    const partId = await made.somebody();
    const { submitted } = (await readCase(made.store, caseIdOf(partId))) ?? expect.fail();
    expect(await acts(made).cancel(partId)).toMatchObject(done);
    expect(await made.store.holderOf(`citizen/${submitted.citizenDigest}`)).toBe(`case/${caseIdOf(partId)}`);
  });

  test('an estimate that was reserved for a held person is free again when the case is ended', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    const partId = await made.somebody();
    const { unit, total } = (await made.list('b1')).find(({ part }) => part === partId) ?? expect.fail();
    await made.step('disbursement.fund', 'b1');
    const before = (await readEstimate(made.store, unit, 'wage-reform')).left;
    await acts(made).hold(partId);
    await acts(made).cancel(partId);
    expect((await readEstimate(made.store, unit, 'wage-reform')).left).toBe(before + BigInt(total));
    const rows = await everyRow(made.store, { kind: 'estimate', unit, source: 'wage-reform' });
    expect(rows.map(({ summary }) => summary['left'])).toEqual([(before + BigInt(total)).toString()]);
  });
});

describe('taking back by the unit', () => {
  test('a case that Home Affairs has not appraised is taken back, with a reason, once', async () => {
    const { somebody, account, still, part, appraiseAll } = await province();
    const caseId = caseIdOf(await somebody());
    const clerk = account('unit-clerk');
    expect(await withdrawCase(caseId, ' ', clerk, still)).toMatchObject(refused);
    expect(await withdrawCase(caseId, 'Sai ngày nghỉ', clerk, still)).toMatchObject({ outcome: 'withdrawn' });
    expect((await part(await somebody())).status).toBe('cancelled');
    expect(await withdrawCase(caseId, 'Sai ngày nghỉ', clerk, still)).toMatchObject(refused);
    await appraiseAll();
    expect((await part(await somebody())).status).toBe('cancelled');
  });

  test('ends the part with the reason, in the history and on the row', async () => {
    const { somebody, account, still, part, rows } = await province();
    const partId = await somebody();
    const clerk = account('unit-clerk');
    expect(await withdrawCase(caseIdOf(partId), ' Sai ngày nghỉ ', clerk, still)).toEqual({ outcome: 'withdrawn' });
    const { kind, by, data } = (await part(partId)).entries.at(-1) ?? expect.fail('no entry');
    expect([kind, by, JSON.parse(data)]).toEqual([
      'cancel',
      clerk.id,
      { status: 'cancelled', reason: 'Sai ngày nghỉ' },
    ]);
    const row = (await rows()).find(({ stream }) => stream === `part/${partId}`);
    expect(row?.summary['reason']).toBe('Sai ngày nghỉ');
  });

  test('is possible once for a case without a sum, which has no part', async () => {
    const { somebody, account, store, still } = await province();
    const like = (await readCase(store, caseIdOf(await somebody()))) ?? expect.fail();
    // As it is submitted when papers are missing, of a time before likenesses were kept.
    const { likeness: _, alike: __, ...submitted } = like.submitted;
    const { law, open, marks } = like.assessment;
    const assessment = { outcome: 'incomplete', missing: ['x'], law, open, marks };
    const by = 'demo-unit-clerk';
    const at = still.now();
    const stream = caseStream('without-sum');
    const claim = citizenClaim('d'.repeat(64));
    const entries = [
      { kind: 'submitted', at, by, data: { ...submitted, citizenDigest: 'd'.repeat(64) } },
      { kind: 'assessed', at, by: 'system', data: { assessment, caseHash: 'h', readings: {} } },
    ];
    await store.commit([{ stream, readAt: 0, entries, claims: [claim] }]);
    expect(await store.holderOf(claim)).toBe(stream);
    expect(await withdrawCase('without-sum', 'Nộp lại', account('unit-clerk'), still)).toEqual({
      outcome: 'withdrawn',
    });
    expect(await store.holderOf(claim)).toBeUndefined();
    expect((await store.read(stream)).length).toBe(3);
    expect(await withdrawCase('without-sum', 'Nộp lại', account('unit-clerk'), still)).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining('has ended') },
    });
  });

  test('an appraised case, and a case of another unit, are not', async () => {
    const { somebody, account, still, appraiseAll } = await province();
    const caseId = caseIdOf(await somebody());
    const stranger = { ...account('unit-clerk'), units: ['1099999'] };
    expect(await withdrawCase(caseId, 'Sai ngày nghỉ', stranger, still)).toMatchObject(refused);
    await appraiseAll();
    expect(await withdrawCase(caseId, 'Sai ngày nghỉ', account('unit-clerk'), still)).toMatchObject(refused);
  });
});
