/** A complaint goes from its letter to a reasoned no, or to a case that is mended; somebody is always named who must act. */
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/calendar.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { answerComplaint } from '../../../shared/completion/answer-complaint.ts';
import { answersFor, complaintsOf, openWords, readComplaint } from '../../../shared/completion/complaint.ts';
import { acceptanceLimit, answerLimit, isOverdue, limitOf } from '../../../shared/completion/complaint-limit.ts';
import { nextActors, openComplaint } from '../../../shared/completion/complaint-standing.ts';
import {
  bringMore,
  closeComplaint,
  followUpheld,
  recordSecondLevel,
  withdrawComplaint,
} from '../../../shared/completion/end-complaint.ts';
import { registerComplaint } from '../../../shared/completion/register-complaint.ts';
import { correctFacts } from '../../../shared/intake/correct.ts';
import { inForceOn } from '../../../shared/law/dated.ts';
import { daysToAccept } from '../../../shared/law/law-on-complaints-2011/article-27.ts';
import { daysToAnswer } from '../../../shared/law/law-on-complaints-2011/article-28.ts';
import { answerPaper, answers, letterOn, on, plain, registered } from '../../complaints.ts';
import { payElsewhere } from '../../paid-leaver.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();

async function complained(given: Parameters<typeof letterOn>[1] = {}) {
  const made = await province({ people: 8 });
  const { account, still, store } = made;
  const partId = await made.somebody();
  const caseId = caseIdOf(partId);
  const id = await registered(letterOn(caseId, given), account('unit-clerk'), still);
  const officer = account('home-affairs-officer');
  const read = async () => (await readComplaint(store, id)) ?? expect.fail('no complaint');
  const answer = async (given: Parameters<typeof answerComplaint>[1], by = officer, day = '2025-11-12') =>
    answerComplaint(id, given, by, on(day, still));
  return { ...made, partId, caseId, id, officer, read, answer };
}

describe('the limit', () => {
  const accepts = inForceOn(daysToAccept, '2025-11-03').value;
  const within = inForceOn(daysToAnswer, '2025-11-03').value;

  test('to accept is ten days from the day of receipt: the day before, on it, and after', () => {
    const { until, days } = acceptanceLimit('2025-11-03');
    expect([until, days]).toEqual(['2025-11-13', accepts]);
    expect([-1, 0, 1].map((days) => isOverdue(until, addDays(until, days)))).toEqual([false, false, true]);
  });

  test.each([
    ['ordinary', false, false, within.ordinary, '2025-12-03'],
    ['complicated', false, true, within.complex, '2025-12-18'],
    ['of a remote area', true, false, within.remote, '2025-12-18'],
    ['of a remote area, complicated', true, true, within.remoteComplex, '2026-01-02'],
  ] as const)('to answer, %s, counts from the day of acceptance', (_what, isRemote, isComplicated, days, until) => {
    const limit = answerLimit('2025-11-03', { isRemote, isComplicated });
    expect([limit.days, limit.until]).toEqual([days, until]);
    expect([-1, 0, 1].map((after) => isOverdue(until, addDays(until, after)))).toEqual([false, false, true]);
    expect(limit.by.vi).toBe('Luật Khiếu nại 02/2011/QH13, Điều 28');
  });

  test('runs from receipt until it is accepted, then from acceptance, longer once it is found complicated', async () => {
    const { read, answer } = await complained();
    expect(limitOf(await read())?.until).toBe('2025-11-13');
    done(await answer(answers.accept, undefined, '2025-11-10'));
    expect(limitOf(await read())?.until).toBe('2025-12-10');
    done(await answer({ act: 'extend', words: 'Phải xác minh ở ba nơi' }, undefined, '2025-12-10'));
    expect(limitOf(await read())?.until).toBe('2025-12-25');
  });

  test('is not lengthened once it has passed', async () => {
    const { answer } = await complained();
    done(await answer(answers.accept, undefined, '2025-11-10'));
    const late = await answer({ act: 'extend', words: 'Phức tạp' }, undefined, '2025-12-11');
    expect(late.outcome).toBe('refused');
  });

  test('goes on while more is asked for', async () => {
    const { answer, read, id, account, still } = await complained();
    done(await answer({ act: 'ask-more', words: 'Bản sao sổ bảo hiểm' }, undefined, '2025-11-05'));
    expect((await read()).state).toBe('more-asked');
    expect(limitOf(await read())?.until).toBe('2025-11-13');
    const more = { words: 'Sổ bảo hiểm', document: { number: '150', on: '2025-11-07', paper: 'scan' } };
    done(await bringMore(id, more, account('unit-clerk'), on('2025-11-07', still)));
    expect([(await read()).state, limitOf(await read())?.until]).toEqual(['registered', '2025-11-13']);
  });
});

describe('who answers', () => {
  test('is Finance for money, Home Affairs for the rest, the board for its own block first', () => {
    expect(answersFor('delay', 'government', false)).toBe('finance');
    expect(answersFor('payment-not-received', 'party', false)).toBe('finance');
    expect(answersFor('payment-not-received', 'party', true)).toBe('party-board');
    expect(answersFor('regime-chosen', 'government', false)).toBe('home-affairs');
    expect(answersFor('regime-chosen', 'party', false)).toBe('party-board');
  });

  test('is nobody of another body', async () => {
    const { answer, account } = await complained();
    for (const role of ['finance-officer', 'party-board-officer', 'unit-clerk'] as const)
      expect((await answer(answers.accept, account(role))).outcome).toBe('refused');
  });

  test('is never whoever appraised the case; the leader of the body is named', async () => {
    const { appraiseAll, answer, account, id, store, ports } = await complained();
    await appraiseAll();
    for (const given of [answers.accept, { act: 'not-accept', ...plain } as const])
      expect((await answer(given)).outcome).toBe('refused');
    const leader = account('home-affairs-leader');
    const standing = (await openComplaint(store, id, leader)) ?? expect.fail('no complaint');
    const next = await nextActors(standing, ports.directory);
    expect(next.accounts.map(({ role }) => role)).toEqual(['home-affairs-leader']);
    done(await answer(answers.accept, leader));
    done(await answer(answers.no, leader));
  });

  test('is another officer of the board where one has passed the case on; the administrators where there is none', async () => {
    const made = await province({ people: 8, partyPeople: 2 });
    const { account, still, store, ports } = made;
    const caseId = caseIdOf(await made.partyMember());
    const board = account('party-board-officer');
    const id = await registered(letterOn(caseId), board, still);
    await made.appraiseAll(board);
    expect((await answerComplaint(id, answers.accept, board, on('2025-11-05', still))).outcome).toBe('refused');
    const standing = (await openComplaint(store, id, board)) ?? expect.fail('no complaint');
    expect(standing.complaint.body).toBe('party-board');
    const stuck = await nextActors(standing, ports.directory);
    expect([stuck.isForWantOfSomebody, stuck.accounts.map(({ role }) => role)]).toEqual([true, ['administrator']]);
    const other = { ...board, id: 'board-2', email: 'board-2@x.example' };
    await made.addAccount(other);
    expect((await nextActors(standing, ports.directory)).accounts.map(({ id: named }) => named)).toEqual(['board-2']);
    done(await answerComplaint(id, answers.accept, other, on('2025-11-05', still)));
  });

  test('may be another body, which must see the case', async () => {
    const { answer, read, account } = await complained();
    expect((await answer({ act: 'pass-on', to: 'party-board', words: 'Nhầm' })).outcome).toBe('refused');
    done(await answer({ act: 'pass-on', to: 'finance', words: 'Về tiền' }));
    expect([(await read()).body, limitOf(await read())?.until]).toEqual(['finance', '2025-11-13']);
    done(await answer(answers.accept, account('finance-officer')));
  });
});

describe('a letter', () => {
  test('is registered once by its number and day', async () => {
    const { caseId, account, still, store } = await complained();
    const again = await registerComplaint(letterOn(caseId), account('home-affairs-officer'), on('2025-11-04', still));
    expect(again.outcome).toBe('refused');
    const of = (await readCase(store, caseId)) ?? expect.fail('no case');
    expect(await complaintsOf(of, store)).toHaveLength(1);
  });

  test.each([
    ['without a scan', { letter: { number: '9', on: '2025-11-03', paper: '' } }],
    ['without a number', { letter: { number: ' ', on: '2025-11-03', paper: 'scan' } }],
    ['of tomorrow', { letter: { number: '9', on: '2025-11-05', paper: 'scan' } }],
    ['of no day', { letter: { number: '9', on: '2025-02-30', paper: 'scan' } }],
    ['without words', { text: ' ' }],
    ['of nobody', { complainant: '' }],
    ['of an heir without a name', { complainant: 'heir' }],
    ['on no subject', { subject: 'weather' }],
    ['on no case', { caseId: 'none' }],
  ])('%s is not registered', async (_what, given) => {
    const { account, still, somebody } = await province({ people: 4 });
    const letter = letterOn(caseIdOf(await somebody()), given);
    expect((await registerComplaint(letter, account('unit-clerk'), on('2025-11-04', still))).outcome).toBe('refused');
  });

  test('and every word of it is sealed: no history has a name or what was said', async () => {
    const { home, answer, caseId, store, ports, id } = await complained({ complainant: 'heir', name: 'Lê Thị Thử' });
    done(await answer(answers.accept));
    done(await answer(answers.correct));
    const of = (await readCase(store, caseId)) ?? expect.fail('no case');
    const { fullName } = await identityOf(ports.vault, of);
    const text = JSON.stringify(await store.read(`complaint/${id}`));
    for (const clear of [fullName, 'Lê Thị Thử', 'Thiếu hai năm', 'Sổ bảo hiểm', 'Điều 5'])
      expect(text).not.toContain(clear);
    const complaint = (await readComplaint(store, id)) ?? expect.fail('no complaint');
    const words = await openWords(home.keys, caseId, complaint.sealed);
    expect(words).toMatchObject({ name: 'Lê Thị Thử', text: 'Thiếu hai năm công tác ở xã cũ' });
  });

  test('is taken back by the signed letter, while there is no answer', async () => {
    const { id, read, answer, account, still } = await complained();
    const letter = { words: 'Đã hiểu', document: { number: '160', on: '2025-11-08', paper: 'scan' } };
    const at = on('2025-11-12', still);
    const unsigned = { words: '', document: { number: '160', on: '2025-11-08', paper: '' } };
    expect((await withdrawComplaint(id, unsigned, account('unit-clerk'), at)).outcome).toBe('refused');
    done(await withdrawComplaint(id, letter, account('unit-clerk'), at));
    expect((await read()).state).toBe('withdrawn');
    expect((await answer(answers.accept)).outcome).toBe('refused');
  });
});

describe('the answer', () => {
  test('is not given before the complaint is accepted', async () => {
    const { answer } = await complained();
    expect((await answer(answers.no)).outcome).toBe('refused');
    expect((await answer(answers.correct)).outcome).toBe('refused');
  });

  test.each([
    ['a reason', { words: ' ' }],
    ['a citation', { citation: '' }],
    ['a scan', { document: { ...answerPaper, paper: '' } }],
    ['a number', { document: { ...answerPaper, number: '' } }],
    ['a day after the letter', { document: { ...answerPaper, on: '2025-11-02' } }],
  ])('of no asks for %s', async (_what, given) => {
    const { answer } = await complained();
    done(await answer(answers.accept));
    expect((await answer({ ...answers.no, ...given })).outcome).toBe('refused');
  });

  test('of no closes it; what the person does further is recorded', async () => {
    const { answer, read, id, officer, still } = await complained();
    done(await answer(answers.accept));
    done(await answer(answers.no));
    expect((await read()).state).toBe('answered-no');
    const further = { to: 'court', words: '', document: { number: '1/TB-TA', on: '2025-11-12', paper: 'scan' } };
    done(await recordSecondLevel(id, further, officer, on('2025-11-12', still)));
    expect((await read()).entries.at(-1)?.kind).toBe('second-level');
    expect((await recordSecondLevel(id, { ...further, to: 'king' }, officer, still)).outcome).toBe('refused');
  });

  test('that upholds it holds what is in no batch, until the case was corrected and the complaint closed', async () => {
    const { answer, read, id, officer, still, caseId, store, partId, ...made } = await complained();
    done(await answer(answers.accept));
    done(await answer(answers.correct));
    expect(await made.rows()).toContainEqual(expect.objectContaining({ stream: `part/${partId}`, status: 'held' }));
    expect((await closeComplaint(id, { words: 'Xong' }, officer, still)).outcome).toBe('refused');
    const of = (await readCase(store, caseId)) ?? expect.fail('no case');
    const correction = { caseId, facts: of.submitted.facts, reason: 'Theo khiếu nại', paper: 'scan' };
    done(await correctFacts(correction, 'demo-unit-clerk', still));
    await followUpheld(still);
    const mended = await read();
    expect([mended.state, mended.mended]).toEqual(['mended', { stream: `case/${caseId}`, seq: of.entries.length + 1 }]);
    expect((await closeComplaint(id, { words: ' ' }, officer, still)).outcome).toBe('refused');
    done(await closeComplaint(id, { words: 'Đã tính thêm hai năm' }, officer, still));
    expect((await read()).state).toBe('closed');
    expect(await made.rows()).toContainEqual(expect.objectContaining({ stream: `part/${partId}`, status: 'assessed' }));
  });

  test('that asks for a payment waits for it, and is no answer where all is paid', async () => {
    const { id, read, account, still, partId, ...made } = await complained({ subject: 'delay' });
    const finance = account('finance-officer');
    done(await answerComplaint(id, answers.accept, finance, on('2025-11-05', still)));
    const pay = { act: 'uphold', remedy: 'pay', ...plain } as const;
    done(await answerComplaint(id, pay, finance, on('2025-11-10', still)));
    await followUpheld(still);
    expect((await read()).state).toBe('upheld');
    expect((await closeComplaint(id, { words: 'Xong' }, finance, still)).outcome).toBe('refused');
    await payElsewhere({ ...made, account, still }, partId);
    await followUpheld(still);
    expect((await read()).mended?.stream).toBe(`part/${partId}`);
    const later = await registered(
      letterOn(caseIdOf(partId), { subject: 'delay', letter: { number: '124', on: '2025-11-11', paper: 'scan' } }),
      account('unit-clerk'),
      still,
    );
    done(await answerComplaint(later, answers.accept, finance, on('2025-11-12', still)));
    expect((await answerComplaint(later, { ...pay }, finance, on('2025-11-12', still))).outcome).toBe('refused');
  });
});
