/** On whose home page a complaint stands: whoever must act, never whoever appraised the case; leadership when it is late. */
import { expect, test } from 'vitest';
import { complaintsWaiting } from '../../../functions/web/complaints-waiting.ts';
import { addDays } from '../../../shared/calendar.ts';
import type { Role } from '../../../shared/case/access.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { answerComplaint } from '../../../shared/completion/answer-complaint.ts';
import { acceptanceLimit } from '../../../shared/completion/complaint-limit.ts';
import { answers, letterOn, on, registered } from '../../complaints.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();
const body: readonly Role[] = ['home-affairs-officer', 'home-affairs-leader'];

async function complained() {
  const made = await province({ people: 4 });
  const { account, still } = made;
  const id = await registered(letterOn(caseIdOf(await made.somebody())), account('unit-clerk'), still);
  const lines = async (role: Role, day = '2025-11-05') =>
    (await complaintsWaiting(account(role), on(day, still))).map(({ to, people }) => [to, people]);
  return { ...made, id, lines };
}

const waiting = [['/khieu-nai?cho=toi', 1]];
const late = [['/khieu-nai?qua-han=1', 1]];

test('of the body that must accept it, officers and leaders; nobody else', async () => {
  const { lines } = await complained();
  for (const role of body) expect(await lines(role)).toEqual(waiting);
  for (const role of ['finance-officer', 'party-board-officer', 'unit-clerk', 'leadership', 'inspector'] as const)
    expect(await lines(role)).toEqual([]);
});

test('past the limit on a line of its own, and for leadership: the day before, on it, and after', async () => {
  const { lines } = await complained();
  const { until } = acceptanceLimit('2025-11-03');
  const seen = await Promise.all(
    [-1, 0, 1].map(async (days) => [
      await lines('home-affairs-officer', addDays(until, days)),
      await lines('leadership', addDays(until, days)),
    ]),
  );
  expect(seen).toEqual([
    [waiting, []],
    [waiting, []],
    [late, late],
  ]);
});

test('no more of whoever appraised the case since it was registered', async () => {
  const { lines, appraiseAll } = await complained();
  await appraiseAll();
  expect(await lines('home-affairs-officer')).toEqual([]);
  expect(await lines('home-affairs-leader')).toEqual(waiting);
});

test('of the unit once it must bring more, of nobody once it is answered', async () => {
  const { lines, account, id, still } = await complained();
  const at = on('2025-11-10', still);
  const officer = account('home-affairs-officer');
  done(await answerComplaint(id, { act: 'ask-more', words: 'Sổ bảo hiểm' }, officer, at));
  expect([await lines('unit-clerk'), await lines('home-affairs-officer')]).toEqual([waiting, []]);
  done(await answerComplaint(id, answers.accept, officer, at));
  done(await answerComplaint(id, answers.no, officer, at));
  for (const role of [...body, 'unit-clerk', 'leadership'] as const)
    expect(await lines(role, '2027-01-01')).toEqual([]);
});
