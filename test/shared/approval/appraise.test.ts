/** An officer appraises what they saw, and nothing that has moved since. */
import { describe, expect, test } from 'vitest';
import { appraise, type Seen } from '../../../shared/approval/appraise.ts';
import { readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { type ProvinceWish, provinces } from '../../province.ts';

const province = provinces();

async function waiting(wish: ProvinceWish = {}) {
  const made = await province(wish);
  const seen: Seen[] = [];
  for (const { stream } of await made.rows()) {
    const part = stream.slice('part/'.length);
    seen.push({ part, caseHash: (await readCase(made.store, caseIdOf(part)))?.caseHash ?? '' });
  }
  const [first = { part: '', caseHash: '' }] = seen;
  return { ...made, seen, first, officer: made.account('home-affairs-officer') };
}

describe('appraising', () => {
  test('many at once tells how far it has come, and how many were appraised', async () => {
    const { seen, officer, rows, still } = await waiting({ people: 30 });
    const told: number[] = [];
    expect(await appraise(seen, officer, still, (count) => told.push(count))).toEqual({
      appraised: seen.length,
      moved: [],
    });
    expect(seen.length).toBeGreaterThan(25);
    expect(told).toEqual([25, seen.length]);
    expect(new Set((await rows()).map(({ status }) => status))).toEqual(new Set(['appraised']));
  });

  test('leaves alone a case that is not as the officer saw it, and says so', async () => {
    const { seen, first, officer, part, still } = await waiting();
    const stale = seen.map((one) => (one === first ? { ...one, caseHash: 'another' } : one));
    expect(await appraise(stale, officer, still)).toEqual({ appraised: seen.length - 1, moved: [first.part] });
    expect((await part(first.part)).status).toBe('assessed');
  });

  test('leaves alone what nobody knows, and names it once', async () => {
    const { officer, still } = await waiting();
    const nobody = { part: 'nobody.wage-reform', caseHash: 'h' };
    expect((await appraise([nobody, nobody], officer, still)).moved).toEqual(['nobody.wage-reform']);
  });

  test('what the same officer appraised already is harmless; what another did has moved', async () => {
    const { first, officer, part, still } = await waiting();
    for (const _ of [1, 2]) {
      expect(await appraise([first], officer, still)).toEqual({ appraised: 1, moved: [] });
    }
    expect(await appraise([first], { ...officer, id: 'another' }, still)).toEqual({
      appraised: 0,
      moved: [first.part],
    });
    expect((await part(first.part)).entries.filter(({ kind }) => kind === 'appraised')).toHaveLength(1);
    expect((await part(first.part)).appraised).toEqual({ caseHash: first.caseHash, by: officer.id });
  });
});

describe('the board', () => {
  test('passes nothing on that is not as it saw it, or that is not of its block', async () => {
    const { partyMember, rows, account, part, still } = await waiting({ people: 8, partyPeople: 2 });
    const board = account('party-board-officer');
    const party = await partyMember();
    const other = (await rows()).find(({ summary }) => summary['block'] !== 'party');
    const government = other?.stream.slice('part/'.length) ?? '';
    const seen = [party, government].map((id) => ({ part: id, caseHash: 'another' }));
    expect(await appraise(seen, board, still)).toEqual({ appraised: 0, moved: [party, government] });
    expect((await part(party)).status).toBe('with-party-board');
    expect((await appraise([{ part: 'nobody.wage-reform', caseHash: 'h' }], board, still)).moved).toHaveLength(1);
  });

  test('finds moved what it passed on as something else', async () => {
    const { partyMember, account, store, still } = await waiting({ people: 8, partyPeople: 2 });
    const board = account('party-board-officer');
    const party = await partyMember();
    const caseHash = (await readCase(store, caseIdOf(party)))?.caseHash ?? '';
    expect((await appraise([{ part: party, caseHash }], board, still)).moved).toEqual([]);
    expect((await appraise([{ part: party, caseHash: 'another' }], board, still)).moved).toEqual([party]);
  });
});
