import { describe, expect, test } from 'vitest';
import { holdPart } from '../../../shared/approval/hold.ts';
import { mayReach } from '../../../shared/case/access.ts';
import { readCase } from '../../../shared/case/case.ts';
import { caseIdOf, mayReachRow, openCase } from '../../../shared/case/part.ts';
import { reassess } from '../../../shared/entitlement/reassess.ts';
import { correctFacts } from '../../../shared/intake/correct.ts';
import { mayReachList } from '../../../shared/intake/list.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();
const withParty = async () => province({ people: 8, partyPeople: 2 });
const departments = ['home-affairs-officer', 'home-affairs-leader', 'finance-officer', 'finance-leader'] as const;

describe('the Party block goes through its own board first', () => {
  test('Home Affairs appraises nobody whom the board has not passed on', async () => {
    const { appraiseAll, rows } = await withParty();
    await appraiseAll();
    const party = (await rows()).filter(({ summary }) => summary['block'] === 'party');
    expect(party.map(({ status }) => status)).toEqual(['with-party-board', 'with-party-board']);
  });

  test('nor does it with the very hash of the case', async () => {
    const { partyMember, still, part, account } = await withParty();
    const partId = await partyMember();
    const caseHash = (await readCase(still.store, caseIdOf(partId)))?.caseHash ?? '';
    const { appraise } = await import('../../../shared/approval/appraise.ts');
    const { moved } = await appraise([{ part: partId, caseHash }], account('home-affairs-officer'), still);
    expect(moved).toEqual([partId]);
    expect((await part(partId)).status).toBe('with-party-board');
  });

  test('the board passes on its block alone, and then Home Affairs appraises it for a batch', async () => {
    const { appraiseAll, account, rows, freeze, list, partyMember } = await withParty();
    const passed = await appraiseAll(account('party-board-officer'));
    expect(passed).toEqual({ appraised: 2, moved: [] });
    expect(new Set((await rows()).map(({ status }) => status))).toEqual(new Set(['assessed']));
    await appraiseAll();
    await freeze('b1');
    expect((await list('b1')).map(({ part }) => part)).toContain(await partyMember());
  });

  test('passing on twice is harmless', async () => {
    const { account, partyMember, still, part } = await withParty();
    const partId = await partyMember();
    const caseHash = (await readCase(still.store, caseIdOf(partId)))?.caseHash ?? '';
    const { appraise } = await import('../../../shared/approval/appraise.ts');
    for (const _ of [1, 2]) {
      const { moved } = await appraise([{ part: partId, caseHash }], account('party-board-officer'), still);
      expect(moved).toEqual([]);
    }
    expect((await part(partId)).entries.filter(({ kind }) => kind === 'board-appraised')).toHaveLength(1);
  });

  test('a corrected fact takes the case back to the board', async () => {
    const { appraiseAll, account, partyMember, still, part } = await withParty();
    await appraiseAll(account('party-board-officer'));
    await appraiseAll();
    const partId = await partyMember();
    const of = (await readCase(still.store, caseIdOf(partId))) ?? expect.fail();
    const [first, ...rest] = of.submitted.facts.service ?? [];
    if (first === undefined) expect.fail('nobody served');
    const later = { ...first, from: `${Number(first.from.slice(0, 4)) + 3}${first.from.slice(4)}` };
    const facts = { ...of.submitted.facts, service: [later, ...rest] };
    done(await correctFacts({ caseId: of.id, facts, reason: 'Sửa', paper: 'p' }, 'demo-unit-clerk', still));
    expect(await reassess(of.id, {}, still)).toBe('changed');
    expect((await part(partId)).status).toBe('with-party-board');
  });

  test('a batch leaves out whoever the board passed on as somebody else', async () => {
    const { appraiseAll, account, partyMember, still, part, freeze, list } = await withParty();
    await appraiseAll(account('party-board-officer'));
    await appraiseAll();
    const partId = await partyMember();
    // Written past the use cases: the board's hash is another one.
    const { entries } = await part(partId);
    const data = { status: 'appraised', caseHash: 'another' };
    const forged = { kind: 'board-appraised', at: '2025-09-01T00:00:00Z', by: 'x', data };
    await still.store.commit([{ stream: `part/${partId}`, readAt: entries.length, entries: [forged] }]);
    await freeze('b1');
    expect((await list('b1')).map((one) => one.part)).not.toContain(partId);
  });
});

describe('data are kept apart by block', () => {
  test('the departments open a case of the Party block once the board has passed it on', async () => {
    const { appraiseAll, account, partyMember, still } = await withParty();
    const caseId = caseIdOf(await partyMember());
    for (const role of departments) expect(await openCase(still.store, caseId, account(role))).toBeUndefined();
    expect(await openCase(still.store, caseId, account('party-board-officer'))).toBeDefined();
    expect(await openCase(still.store, caseId, account('inspector'))).toBeDefined();
    await appraiseAll(account('party-board-officer'));
    for (const role of departments) expect(await openCase(still.store, caseId, account(role))).toBeDefined();
  });

  test('the board opens, holds and appraises no case of the government block', async () => {
    const { appraiseAll, account, somebody, still, rows } = await province({ people: 8 });
    const board = account('party-board-officer');
    const partId = await somebody();
    expect(await openCase(still.store, caseIdOf(partId), board)).toBeUndefined();
    expect(await holdPart(partId, 'hold', 'Chờ', board, still)).toMatchObject({ outcome: 'refused' });
    await appraiseAll(board);
    expect((await rows()).every(({ status }) => status === 'assessed')).toBe(true);
  });

  test('what the board holds stays with it, and goes on from there', async () => {
    const { account, partyMember, still, part, rows } = await withParty();
    const board = account('party-board-officer');
    const partId = await partyMember();
    done(await holdPart(partId, 'hold', 'Chờ giấy tờ', board, still));
    expect(await openCase(still.store, caseIdOf(partId), account('home-affairs-officer'))).toBeUndefined();
    const officer = account('home-affairs-officer');
    expect(await holdPart(partId, 'resume', 'Xong', officer, still)).toMatchObject({ outcome: 'refused' });
    const row = (await rows()).find(({ stream }) => stream === `part/${partId}`);
    expect([row?.status, row?.summary['isWithBoard']]).toEqual(['held', true]);
    done(await holdPart(partId, 'resume', 'Đã có', board, still));
    expect((await part(partId)).status).toBe('with-party-board');
  });

  test('what ended with the board is never shown to the departments', async () => {
    const { account, partyMember, still, rows } = await withParty();
    const partId = await partyMember();
    done(await holdPart(partId, 'cancel', 'Rút đơn', account('party-board-officer'), still));
    for (const role of departments) {
      expect(await openCase(still.store, caseIdOf(partId), account(role))).toBeUndefined();
    }
    const row = (await rows()).find(({ stream }) => stream === `part/${partId}`) ?? expect.fail('no row');
    expect([row.status, mayReachRow(account('finance-officer'), row)]).toEqual(['cancelled', false]);
    expect(mayReachRow(account('party-board-officer'), row)).toBe(true);
  });

  test('a list of the Party block alone is for its clerk, the board and the inspector', async () => {
    const { account } = await province({ people: 1 });
    const seen = (block?: 'party' | 'government') =>
      (['unit-clerk', 'party-board-officer', 'home-affairs-officer', 'finance-officer', 'inspector'] as const).filter(
        (role) => mayReachList(account(role), { by: 'demo-unit-clerk', block }),
      );
    expect(seen('party')).toEqual(['unit-clerk', 'party-board-officer', 'inspector']);
    expect(seen('government')).toEqual(['unit-clerk', 'home-affairs-officer', 'finance-officer', 'inspector']);
    expect(seen()).toEqual(['unit-clerk', 'home-affairs-officer', 'finance-officer', 'inspector']);
  });

  test('a unit sees its own, whoever has the case', async () => {
    const { account } = await province({ people: 1 });
    const clerk = { ...account('unit-clerk'), units: ['1'] };
    expect(mayReach(clerk, { unit: '1', block: 'party', isWithBoard: true })).toBe(true);
    expect(mayReach(clerk, { unit: '2' })).toBe(false);
  });
});
