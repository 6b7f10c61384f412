import { describe, expect, test } from 'vitest';
import { readCase } from '../../../shared/case/case.ts';
import { checklistOf, completenessOf, readDossierRules } from '../../../shared/case/papers.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { attachPaper } from '../../../shared/intake/attach-paper.ts';
import { type DossierWish, setDossierRules } from '../../../shared/intake/set-dossier-rules.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };
const wish: DossierWish = {
  printoutMonths: '6',
  checklists: { 'decree-178': ['application', 'leave-decision'], 'part-timers': ['application'], others: ['minutes'] },
  number: '352/HD-SNV',
  on: '2025-02-17',
};
const pdf = new TextEncoder().encode('%PDF-1.4 made up');

async function withLeader() {
  const made = await province({ people: 1 });
  const set = async (wrong: Partial<DossierWish> = {}) =>
    setDossierRules({ ...wish, ...wrong }, made.account('home-affairs-leader'), made.still);
  const caseId = caseIdOf(await made.somebody());
  const completeness = async () => {
    const of = (await readCase(made.store, caseId)) ?? expect.fail();
    return completenessOf(of, await readDossierRules(made.store));
  };
  const attach = async (kind: 'application' | 'insurance-printout', stampedOn?: string) =>
    attachPaper(
      { caseId, kind, bytes: pdf, ...(stampedOn === undefined ? {} : { stampedOn }) },
      made.account('unit-clerk'),
      made.still,
    );
  return { ...made, set, completeness, attach };
}

describe('what a dossier holds', () => {
  test('is the usual list until Home Affairs sets another, by the group of the regime', async () => {
    const rules = await readDossierRules((await province({ people: 1 })).store);
    expect(rules.by).toBeUndefined();
    expect(checklistOf(undefined, rules)).toEqual(checklistOf('178/7', rules));
    expect(checklistOf('178/10', rules)).toContain('assessment');
    expect(checklistOf('154/9', rules)).toContain('post-decision');
    expect(checklistOf('154/10', rules)).toEqual(checklistOf('154/9', rules));
    for (const regime of ['154/6', '29/5', '07/NQ-CP']) expect(checklistOf(regime, rules)).not.toContain('assessment');
  });

  test('changes with the letter, for cases that are there already', async () => {
    const { set, completeness, attach, store } = await withLeader();
    done(await attach('application'));
    expect((await completeness()).missing).toContain('insurance-printout');
    done(await set());
    expect(await completeness()).toEqual({ due: ['application', 'leave-decision'], missing: ['leave-decision'] });
    expect((await readDossierRules(store)).by).toEqual({ number: '352/HD-SNV', on: '2025-02-17' });
  });

  test.each([
    ['5', '1 month short', refused],
    ['6', 'as long as they may', { outcome: 'attached' }],
    ['7', '1 month to spare', { outcome: 'attached' }],
  ])('with %s months, a printout stamped six months ago is %s', async (printoutMonths, _how, expected) => {
    const { set, attach, still } = await withLeader();
    done(await set({ printoutMonths }));
    const now = still.now().slice(0, 10);
    const index = Number(now.slice(0, 4)) * 12 + Number(now.slice(5, 7)) - 1 - 6;
    const day = Number(now.slice(8)) > 28 ? '28' : now.slice(8);
    // A day later than half a year ago, whatever hour it is in Viet Nam.
    const stamped = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-${day}`;
    const later = new Date(Date.parse(stamped) + 86_400_000).toISOString().slice(0, 10);
    expect(await attach('insurance-printout', printoutMonths === '5' ? stamped : later)).toMatchObject(expected);
  });

  test.each([
    ['no month', { printoutMonths: '0' }],
    ['25 months', { printoutMonths: '25' }],
    ['half a month', { printoutMonths: '1.5' }],
    ['no paper for a group', { checklists: { ...wish.checklists, others: [] } }],
    ['no number', { number: ' ' }],
    ['no day', { on: '' }],
    ['a day to come', { on: '2999-01-01' }],
  ])('with %s it is refused', async (_what, wrong) => {
    const { set, store } = await withLeader();
    expect(await set(wrong)).toMatchObject(refused);
    expect((await readDossierRules(store)).by).toBeUndefined();
  });
});
