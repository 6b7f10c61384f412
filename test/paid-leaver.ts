/** Somebody of Decree 154, article 6(2), added to a province and paid: 277,500,000 đồng, left on 01/07/2025. */
import { expect } from 'vitest';
import { sampleUnits } from '../infra/local/samples.ts';
import { caseIdOf } from '../shared/case/part.ts';
import { recordPaidElsewhere } from '../shared/disbursement/paid-elsewhere.ts';
import { submitList } from '../shared/intake/submit.ts';
import { person } from './people.ts';
import { done, type Province, submitting } from './province.ts';

export const streamlinedName = 'Nguyễn Văn Thử';
export const streamlinedCitizenId = '040066000999';

/** Answers the part. */
export async function addStreamlined({ rows, still }: Province): Promise<string> {
  const units = new Map(sampleUnits().map((unit) => [unit.code, unit]));
  const unit = [...units.values()].find(({ level }) => level === 'provincial') ?? expect.fail('no unit');
  const facts = person()
    .bornIn('1966-03-10')
    .leavingBut({ cause: 'streamlined' })
    .servingFrom('2003-07')
    .earning('15000000')
    .build();
  const leaver = {
    sheet: 'Danh sách',
    row: 900,
    periodRows: [],
    facts,
    fullName: streamlinedName,
    citizenId: streamlinedCitizenId,
    account: { bank: 'VCB', number: '7000000999', holder: 'NGUYEN VAN THU' },
    payingUnit: unit.code,
    employer: unit.name,
  };
  const submission = { listId: 'streamlined', by: 'demo-unit-clerk', people: [leaver], mayUse: () => true };
  await submitList(submission, units, submitting, still);
  const row = (await rows()).find(({ summary }) => summary['regime'] === '154/6');
  return row?.stream.slice('part/'.length) ?? expect.fail('nobody under Decree 154');
}

/** Pays the whole sum of a part elsewhere. */
export async function payElsewhere({ part: read, rows, still }: Province, part: string): Promise<bigint> {
  const row = (await rows()).find(({ stream }) => stream === `part/${part}`);
  const amount = BigInt(String(row?.summary['total']));
  const evidence = { on: '2025-09-20', document: 'UNC-1', paidBy: '1094107', paper: 'scan', list: 'list' };
  done(await recordPaidElsewhere({ part, amount, ...evidence }, 'demo-finance-leader', still));
  expect((await read(part)).caseId).toBe(caseIdOf(part));
  return amount;
}
