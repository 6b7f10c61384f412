/** Back to the unit with every reason at once, by field; and the unit's answer. */
import { describe, expect, test } from 'vitest';
import { followBatch } from '../../../shared/approval/follow.ts';
import { withdrawCase } from '../../../shared/approval/hold.ts';
import { answerReturn, returnToUnit } from '../../../shared/approval/return.ts';
import { readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };
const reasons = [
  { field: 'decision', reason: 'Thiếu số quyết định' },
  { field: 'pay', reason: ' Phụ cấp chức vụ chưa có giấy tờ ' },
  { field: 'papers', reason: '  ' },
] as const;

async function someCase({ partyPeople = 0 } = {}) {
  const made = await province({ people: 8, partyPeople });
  const partId = partyPeople > 0 ? await made.partyMember() : await made.somebody();
  const caseId = caseIdOf(partId);
  const caseHash = (await readCase(made.store, caseId))?.caseHash ?? '';
  return { ...made, partId, caseId, caseHash, wish: { caseId, caseHash, reasons } };
}

describe('an appraiser returns a case', () => {
  test('with all reasons at once, by field; empty ones are left out', async () => {
    const { wish, partId, part, rows, still, account } = await someCase();
    const officer = account('home-affairs-officer');
    expect(await returnToUnit(wish, officer, still)).toEqual({ outcome: 'returned' });
    const { kind, by } = (await part(partId)).entries.at(-1) ?? expect.fail('no entry');
    expect([kind, by]).toEqual(['returned-to-unit', officer.id]);
    const row = (await rows()).find(({ stream }) => stream === `part/${partId}`);
    expect(row?.summary['reason']).toBe((await part(partId)).last.reason);
    expect(await part(partId)).toMatchObject({
      status: 'with-unit',
      last: {
        reason: 'Quyết định nghỉ, ngày nghỉ: Thiếu số quyết định; Lương, phụ cấp: Phụ cấp chức vụ chưa có giấy tờ',
        reasons: [
          { field: 'decision', reason: 'Thiếu số quyết định' },
          { field: 'pay', reason: 'Phụ cấp chức vụ chưa có giấy tờ' },
        ],
      },
    });
  });

  test('also one that is appraised already, but none that is in a batch', async () => {
    const { wish, partId, part, still, account, appraiseAll, freeze } = await someCase();
    await appraiseAll();
    done(await returnToUnit(wish, account('home-affairs-officer'), still));
    done(await answerReturn({ caseId: wish.caseId, answer: 'Đã bổ sung' }, account('unit-clerk'), still));
    expect((await part(partId)).status).toBe('assessed');
    await appraiseAll();
    await freeze('b1');
    expect(await returnToUnit(wish, account('home-affairs-officer'), still)).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining('no longer at your step') },
    });
  });

  test.each([
    ['no reason at all', { reasons: [{ field: 'other', reason: ' ' }] as const }, 'at least one thing'],
    ['a reason too long', { reasons: [{ field: 'other', reason: 'a'.repeat(501) }] as const }, 'over 500'],
    ['another hash than they saw', { caseHash: 'other' }, 'has changed'],
    ['no such case', { caseId: 'no-such-case' }, 'no such case'],
  ])('not with %s', async (_what, given, why) => {
    const { wish, partId, part, still, account } = await someCase();
    expect(await returnToUnit({ ...wish, ...given }, account('home-affairs-officer'), still)).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining(why) },
    });
    expect((await part(partId)).status).toBe('assessed');
  });

  test('a reason of 500 characters is taken', async () => {
    const { wish, still, account } = await someCase();
    const long = [{ field: 'other', reason: 'a'.repeat(500) }] as const;
    done(await returnToUnit({ ...wish, reasons: long }, account('home-affairs-officer'), still));
  });

  test('the board its block; answered, the case goes to the board first again', async () => {
    const { wish, partId, part, still, account } = await someCase({ partyPeople: 2 });
    expect(await returnToUnit(wish, account('home-affairs-officer'), still)).toMatchObject(refused);
    done(await returnToUnit(wish, account('party-board-officer'), still));
    done(await answerReturn({ caseId: wish.caseId, answer: 'Đã bổ sung' }, account('unit-clerk'), still));
    expect((await part(partId)).status).toBe('with-party-board');
  });

  test('the board returns nothing that it has passed on', async () => {
    const { wish, still, account, appraiseAll } = await someCase({ partyPeople: 2 });
    await appraiseAll(account('party-board-officer'));
    await appraiseAll();
    expect(await returnToUnit(wish, account('party-board-officer'), still)).toMatchObject(refused);
  });
});

describe('the unit', () => {
  test('answers, and the appraiser has the case and the answer', async () => {
    const { wish, partId, part, rows, still, account } = await someCase();
    done(await returnToUnit(wish, account('home-affairs-officer'), still));
    const clerk = account('unit-clerk');
    const answer = { caseId: wish.caseId, answer: ' Đã kèm quyết định ' };
    expect(await answerReturn(answer, clerk, still)).toEqual({ outcome: 'answered' });
    expect(await part(partId)).toMatchObject({ status: 'assessed', last: { reason: 'Đã kèm quyết định' } });
    const { kind, by } = (await part(partId)).entries.at(-1) ?? expect.fail('no entry');
    expect([kind, by]).toEqual(['answered', clerk.id]);
    const row = (await rows()).find(({ stream }) => stream === `part/${partId}`);
    expect(row?.summary['reason']).toBe('Đã kèm quyết định');
  });

  test('answers in 500 characters', async () => {
    const { wish, still, account } = await someCase();
    done(await returnToUnit(wish, account('home-affairs-officer'), still));
    done(await answerReturn({ caseId: wish.caseId, answer: 'a'.repeat(500) }, account('unit-clerk'), still));
  });

  test.each([
    ['', 500],
    ['a'.repeat(501), 500],
  ])('answers something, in %#', async (answer) => {
    const { wish, partId, part, still, account } = await someCase();
    done(await returnToUnit(wish, account('home-affairs-officer'), still));
    expect(await answerReturn({ caseId: wish.caseId, answer }, account('unit-clerk'), still)).toMatchObject(refused);
    expect((await part(partId)).status).toBe('with-unit');
  });

  test('answers nothing that was not returned, and another unit nothing at all', async () => {
    const { wish, still, account } = await someCase();
    const clerk = account('unit-clerk');
    const answer = { caseId: wish.caseId, answer: 'Đã bổ sung' };
    expect(await answerReturn(answer, clerk, still)).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining('does not wait') },
    });
    done(await returnToUnit(wish, account('home-affairs-officer'), still));
    expect(await answerReturn(answer, { ...clerk, units: ['no-unit'] }, still)).toMatchObject(refused);
  });

  test('takes a returned case back', async () => {
    const { wish, partId, part, still, account } = await someCase();
    done(await returnToUnit(wish, account('home-affairs-officer'), still));
    done(await withdrawCase(wish.caseId, 'Nộp lại', account('unit-clerk'), still));
    expect((await part(partId)).status).toBe('cancelled');
  });
});

test('a confirmer takes somebody out and returns them to the unit at once', async () => {
  const { frozenBatch, decides, list, part, still } = await province();
  await frozenBatch('b1');
  const [one, other] = await list('b1');
  const takeOut = [
    { part: one?.part ?? '', reason: 'Thiếu quyết định', toUnit: true },
    { part: other?.part ?? '', reason: 'Xem lại' },
  ];
  done(await decides('home-affairs-leader', 'b1', { takeOut }));
  await followBatch('b1', still);
  expect(await part(one?.part ?? '')).toMatchObject({ status: 'with-unit', last: { reason: 'Thiếu quyết định' } });
  expect((await part(other?.part ?? '')).status).toBe('assessed');
});
