/**
 * Whatever people do with a complaint, in any order: until it is closed somebody is named who must act, their row says so
 * too, and those who are named can bring it to its end.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCase } from '../../../shared/case/case.ts';
import { caseIdOf, readParts } from '../../../shared/case/part.ts';
import { type Account, type Role, roles } from '../../../shared/case/access.ts';
import { type Answer, answerComplaint } from '../../../shared/completion/answer-complaint.ts';
import {
  awaitedBy,
  type Complaint,
  complaintBodies,
  complaintSubjects,
  isClosedComplaint,
  readComplaint,
  rolesOfBody,
} from '../../../shared/completion/complaint.ts';
import { nextActors } from '../../../shared/completion/complaint-standing.ts';
import {
  bringMore,
  closeComplaint,
  followUpheld,
  withdrawComplaint,
} from '../../../shared/completion/end-complaint.ts';
import { correctFacts } from '../../../shared/intake/correct.ts';
import { answers, letterOn, on, plain, registered } from '../../complaints.ts';
import { everyRow, openProvince, type Province } from '../../province.ts';

const day = '2025-11-12';
const paper = { number: '200', on: '2025-11-10', paper: 'scan' };

const act: fc.Arbitrary<Answer> = fc.oneof(
  fc.constant(answers.accept),
  fc.constant({ act: 'not-accept', ...plain } as const),
  fc.constant({ act: 'ask-more', words: 'Thêm giấy tờ' } as const),
  fc.constant({ act: 'extend', words: 'Phức tạp' } as const),
  fc.constantFrom(...complaintBodies).map((to) => ({ act: 'pass-on', to, words: 'Về việc khác' }) as const),
  fc.constant(answers.correct),
  fc.constant(answers.no),
);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('answer' as const), act, role: fc.constantFrom(...roles) }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('more', 'withdraw', 'correct', 'appraise', 'follow').map((what) => ({ what })),
  },
);
type Move =
  | { readonly what: 'answer'; readonly act: Answer; readonly role: Role }
  | { readonly what: 'more' | 'withdraw' | 'correct' | 'appraise' | 'follow' };

async function standingOf({ store }: Province, id: string) {
  const complaint = (await readComplaint(store, id)) ?? expect.fail('no complaint');
  const of = (await readCase(store, complaint.caseId)) ?? expect.fail('no case');
  return { complaint, of, parts: await readParts(store, of) };
}

async function correct({ store, still }: Province, caseId: string): Promise<void> {
  const of = (await readCase(store, caseId)) ?? expect.fail('no case');
  await correctFacts(
    { caseId, facts: of.submitted.facts, reason: 'Khiếu nại', paper: 'scan' },
    'demo-unit-clerk',
    still,
  );
}

async function makes(made: Province, id: string, given: Move): Promise<void> {
  const { account, still } = made;
  const at = on(day, still);
  const { complaint } = await standingOf(made, id);
  if (given.what === 'answer') await answerComplaint(id, given.act, account(given.role), at);
  if (given.what === 'more') await bringMore(id, { words: 'Có', document: paper }, account('unit-clerk'), at);
  if (given.what === 'withdraw') await withdrawComplaint(id, { words: '', document: paper }, account('unit-clerk'), at);
  if (given.what === 'correct') await correct(made, complaint.caseId);
  if (given.what === 'appraise') await made.appraiseAll();
  if (given.what === 'follow') await followUpheld(still);
}

/** Somebody is named while it is open, nobody afterwards; and the row agrees. */
async function namesSomebody(made: Province, id: string): Promise<readonly Account[]> {
  const standing = await standingOf(made, id);
  const { accounts } = await nextActors(standing, made.ports.directory);
  const isClosed = isClosedComplaint(standing.complaint.state);
  expect(accounts.length > 0).toBe(!isClosed);
  expect(accounts.every(({ name }) => name !== '')).toBe(true);
  const row = (await everyRow(made.store, { kind: 'complaint' })).find(({ stream }) => stream === `complaint/${id}`);
  expect([row?.status, row?.waitingFor]).toEqual([standing.complaint.state, awaitedBy(standing.complaint)[0]]);
  return accounts;
}

/** What whoever is named does next; another officer where the administrators had to open an account. */
async function goesOn(made: Province, complaint: Complaint, named: readonly Account[]): Promise<void> {
  const { still } = made;
  const [first] = named;
  if (first === undefined) return;
  const at = on(day, still);
  if (first.role === 'administrator') {
    const role = rolesOfBody[complaint.body][0] ?? expect.fail('a body of nobody');
    const id = `${complaint.id}-${role}`;
    return made.addAccount({ id, name: 'Người mới', email: `${id}@x.example`, role, units: [] });
  }
  if (complaint.state === 'registered') await answerComplaint(complaint.id, answers.accept, first, at);
  if (complaint.state === 'accepted') {
    const isRight = Number(complaint.number) % 2 === 0;
    await answerComplaint(complaint.id, isRight ? answers.correct : answers.no, first, at);
  }
  if (complaint.state === 'more-asked') await bringMore(complaint.id, { words: 'Có', document: paper }, first, at);
  if (complaint.state === 'upheld') await correct(made, complaint.caseId).then(async () => followUpheld(still));
  if (complaint.state === 'mended') await closeComplaint(complaint.id, { words: 'Đã sửa' }, first, at);
}

test('somebody is named until it is closed, and those who are named close it', async () => {
  const made = await openProvince({ people: 12, partyPeople: 4 });
  const cases = (await made.rows()).map(({ stream }) => caseIdOf(stream.slice('part/'.length)));
  let number = 0;
  const ends = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...cases),
      fc.constantFrom(...complaintSubjects),
      fc.array(move, { maxLength: 8 }),
      async (caseId, subject, moves) => {
        number += 1;
        const letter = { number: String(number), on: '2025-11-03', paper: 'scan' };
        const id = await registered(letterOn(caseId, { subject, letter }), made.account('unit-clerk'), made.still);
        await namesSomebody(made, id);
        for (const one of moves) {
          await makes(made, id, one);
          await namesSomebody(made, id);
        }
        for (let steps = 0; steps < 8; steps += 1) {
          const { complaint } = await standingOf(made, id);
          await goesOn(made, complaint, await namesSomebody(made, id));
        }
        const { state } = (await standingOf(made, id)).complaint;
        expect(isClosedComplaint(state)).toBe(true);
        ends.add(state);
      },
    ),
    { numRuns: 40, seed: 11 },
  );
  expect([...ends].toSorted()).toEqual(['answered-no', 'closed', 'not-accepted', 'withdrawn']);
  await made.close();
  expect(made.faults).toEqual([]);
}, 60_000);
