/** What was upheld is followed by the events: once it is mended, whoever answered is next, without anybody looking. */
import { expect, test } from 'vitest';
import { followEvents } from '../../../infra/local/events.ts';
import { readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { answerComplaint } from '../../../shared/completion/answer-complaint.ts';
import { readComplaint } from '../../../shared/completion/complaint.ts';
import { correctFacts } from '../../../shared/intake/correct.ts';
import { answers, letterOn, on, registered } from '../../complaints.ts';
import { done, everyRow, provinces } from '../../province.ts';

const province = provinces();

test('a correction after a complaint was upheld is noted on it, one before is not', async () => {
  const made = await province({ people: 4 });
  const { account, still, store, home } = made;
  const caseId = caseIdOf(await made.somebody());
  const officer = account('home-affairs-officer');
  const at = on('2025-11-12', still);
  const follow = async () => {
    while (await followEvents(store, home.scratch.port, still, (error) => made.faults.push(error)));
    return (await readComplaint(store, id))?.state;
  };
  const correct = async () => {
    const of = (await readCase(store, caseId)) ?? expect.fail('no case');
    const correction = { caseId, facts: of.submitted.facts, reason: 'Theo đơn', paper: 'scan' };
    done(await correctFacts(correction, 'demo-unit-clerk', still));
  };
  const id = await registered(letterOn(caseId), account('unit-clerk'), still);
  await correct();
  done(await answerComplaint(id, answers.accept, officer, at));
  done(await answerComplaint(id, answers.correct, officer, at));
  expect(await follow()).toBe('upheld');
  await correct();
  expect(await follow()).toBe('mended');
  const [row] = await everyRow(store, { kind: 'complaint' });
  expect([row?.status, row?.waitingFor]).toEqual(['mended', 'home-affairs-officer']);
});
