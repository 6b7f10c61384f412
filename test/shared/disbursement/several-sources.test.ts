import { describe, expect, test } from 'vitest';
import { localDateOf } from '../../../shared/calendar.ts';
import { caseIdOf, readParts } from '../../../shared/case/part.ts';
import { readCase } from '../../../shared/case/case.ts';
import { remainder, tally } from '../../../shared/completion/tally.ts';
import { confirmAccount, orderAgain, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { setLineSource } from '../../../shared/disbursement/set-line-source.ts';
import { withdrawCase } from '../../../shared/approval/hold.ts';
import { sum } from '../../../shared/dong.ts';
import { done, provinces, type Province } from '../../province.ts';

const open = provinces();
const service = { lineSources: { service: 'regular' } } as const;

/** Somebody of the provincial level whom two sources pay. */
async function twice(made: Province): Promise<string> {
  const further = (await made.rows()).find(
    ({ summary }) => summary['isFurther'] === true && summary['level'] === 'provincial',
  );
  if (further === undefined) throw new Error('nobody is paid by two sources');
  return caseIdOf(further.stream.slice('part/'.length));
}

async function opened(made: Province, caseId: string) {
  const of = await readCase(made.store, caseId);
  if (of === undefined) throw new Error('no case');
  return { of, parts: await readParts(made.store, of) };
}

describe('a person whom two sources pay', () => {
  test('has a part for each, which together are the sum, and counts once', async () => {
    const made = await open(service);
    const { of, parts } = await opened(made, await twice(made));
    expect(parts.map(({ source }) => source)).toEqual(['wage-reform', 'regular']);
    const rows = await made.rows();
    const totals = parts.map(({ id }) =>
      BigInt(String(rows.find(({ stream }) => stream === `part/${id}`)?.summary['total'])),
    );
    expect(of.assessment.outcome === 'entitled' && BigInt(of.assessment.total)).toBe(sum(totals));
    const counted = await tally(made.store, localDateOf);
    expect(counted.entitled.people).toBe(8);
    expect(rows.length).toBeGreaterThan(8);
    expect(remainder(counted)).toEqual({ people: 0, total: 0n });
  });

  test('is paid by two batches, each line once', async () => {
    const made = await open(service);
    const caseId = await twice(made);
    const first = await made.sentBatch('b1');
    const second = await made.sentBatch('b2', 'regular');
    const own = [...first, ...second].filter(({ part }) => caseIdOf(part) === caseId);
    const lines = own.flatMap((order) => order.lines.map(({ line }) => line));
    expect(own).toHaveLength(2);
    expect(new Set(lines).size).toBe(lines.length);
    const { of } = await opened(made, caseId);
    expect(of.assessment.outcome === 'entitled' && BigInt(of.assessment.total)).toBe(
      sum(own.map(({ amount }) => BigInt(amount))),
    );
    const outcomes = [...first, ...second].map(
      ({ reference }) => ({ reference, outcome: 'credited', on: '2025-10-03', file: 'f' }) as const,
    );
    await settle(outcomes, 'demo-finance-officer', made.still);
    expect((await opened(made, caseId)).parts.map(({ status }) => status)).toEqual(['credited', 'credited']);
    // A list of one source counts everybody in it; the province counts a person once.
    expect((await tally(made.store, localDateOf, { batch: 'b2' })).entitled.people).toBe(second.length);
  });

  test('gets another account for both, when one came back before the other was ordered', async () => {
    const made = await open(service);
    const caseId = await twice(made);
    const first = await made.sentBatch('b1');
    await made.decidedBatch('b2', [], 'regular');
    const own = first.find(({ part }) => caseIdOf(part) === caseId);
    await settle(
      [
        {
          reference: own?.reference ?? '',
          outcome: 'returned',
          backTo: 'estimate',
          on: '2025-10-03',
          reason: 'Tài khoản đã đóng',
          file: 'f',
        },
      ],
      'x',
      made.still,
    );
    const account = { bank: 'VBA', number: '3612205123456', holder: 'Người Mới' };
    const correction = { part: own?.part ?? '', account, reason: 'Đóng tài khoản', paper: 'scan' };
    done(await proposeAccount(correction, made.account('unit-clerk'), made.still));
    const { of } = await opened(made, caseId);
    done(
      await confirmAccount(
        own?.part ?? '',
        of.proposed?.digest ?? '',
        made.account('unit-chief-accountant'),
        made.still,
      ),
    );
    done(await orderAgain(own?.part ?? '', '', made.account('finance-officer'), made.still));
    const again = (await made.order('b1')).filter(({ part, attempt }) => part === own?.part && attempt === 2);
    const other = (await made.order('b2')).filter(({ part }) => caseIdOf(part) === caseId);
    const { of: now } = await opened(made, caseId);
    expect([...again, ...other].map(({ accountDigest }) => accountDigest)).toEqual([
      now.account.digest,
      now.account.digest,
    ]);
  });

  test('is taken back with all parts or not at all', async () => {
    const made = await open(service);
    const caseId = await twice(made);
    await made.appraiseAll();
    await made.freeze('b1');
    const refused = await withdrawCase(caseId, 'Sai', made.account('unit-clerk'), made.still);
    expect(refused.outcome).toBe('refused');
    const other = await open(service);
    const untouched = await twice(other);
    done(await withdrawCase(untouched, 'Sai', other.account('unit-clerk'), other.still));
    expect((await opened(other, untouched)).parts.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  });
});

describe('the Finance leader sets the source of a component', () => {
  const wish = { line: 'job-search', source: 'regular', unit: '', number: '12/STC', on: '2025-06-01', paper: 'scan' };

  test('by a document, for a line that there is', async () => {
    const made = await open();
    const leader = made.account('finance-leader');
    expect((await setLineSource({ ...wish, line: 'salary' }, leader, made.still)).outcome).toBe('refused');
    expect((await setLineSource({ ...wish, source: 'lottery' }, leader, made.still)).outcome).toBe('refused');
    expect((await setLineSource({ ...wish, unit: '0000000' }, leader, made.still)).outcome).toBe('refused');
    expect((await setLineSource({ ...wish, paper: '' }, leader, made.still)).outcome).toBe('refused');
    expect((await setLineSource({ ...wish, on: '2999-01-01' }, leader, made.still)).outcome).toBe('refused');
    done(await setLineSource(wish, leader, made.still));
  });
});
