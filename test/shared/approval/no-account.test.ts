import { describe, expect, test } from 'vitest';
import { identityOf, lacksAccount, marksOf, readCase } from '../../../shared/case/case.ts';
import { caseIdOf, partSummary } from '../../../shared/case/part.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { confirmAccount, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { submitList } from '../../../shared/intake/submit.ts';
import { done, type Province, provinces, twoPeople } from '../../province.ts';

const open = provinces();

/** Two people without an account, of the unit of somebody whom the province pays. */
async function twoWithout(made: Province): Promise<readonly string[]> {
  const known = await readCase(made.store, caseIdOf(await made.somebody()));
  const payingUnit = known?.submitted.payingUnit ?? '';
  const people = (await twoPeople()).map((person, index) => ({
    ...person,
    row: 700 + index,
    citizenId: `04006800000${index}`,
    account: { bank: '', number: '', holder: '' },
    payingUnit,
  }));
  const submission = { listId: 'list-2', by: 'demo-unit-clerk', people, mayUse: () => true };
  const units = await readUnits(made.store);
  await submitList(submission, units, { assess, correct: async () => false }, made.still);
  return (await made.rows())
    .filter(({ summary }) => partSummary.parse(summary).marks.includes('no-account'))
    .map(({ stream }) => stream.slice('part/'.length));
}

describe('somebody without an account', () => {
  test('is taken and appraised, stands in no batch, and shares nothing with the next one', async () => {
    const made = await open();
    const without = await twoWithout(made);
    expect(without).toHaveLength(2);
    for (const part of without) {
      const of = (await readCase(made.store, caseIdOf(part))) ?? expect.fail();
      expect([lacksAccount(of), marksOf(of).includes('check-account')]).toEqual([true, false]);
    }
    await made.frozenBatch('b1');
    const listed = (await made.list('b1')).map(({ part }) => part);
    expect(listed.length).toBeGreaterThan(0);
    for (const part of without) {
      expect(listed).not.toContain(part);
      expect((await made.part(part)).status).toBe('appraised');
    }
  });

  test('is paid once two people of the unit have recorded one', async () => {
    const made = await open();
    const [part = ''] = await twoWithout(made);
    const of = (await readCase(made.store, caseIdOf(part))) ?? expect.fail();
    const { fullName } = await identityOf(made.still.vault, of);
    const account = { bank: 'VBA', number: '3600205123456', holder: fullName };
    done(
      await proposeAccount({ part, account, reason: 'Đã mở', paper: 'scan' }, made.account('unit-clerk'), made.still),
    );
    const digest = (await readCase(made.store, of.id))?.proposed?.digest ?? '';
    done(await confirmAccount(part, digest, made.account('unit-chief-accountant'), made.still));
    await made.frozenBatch('b1');
    expect((await made.list('b1')).map((one) => one.part)).toContain(part);
  });
});
