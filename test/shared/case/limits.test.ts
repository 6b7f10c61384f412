/** The calendar: limits of the campaign, those recorded on top of them, and what each was before. */
import { describe, expect, test } from 'vitest';
import { memoryStore } from '../../../infra/local/simulation/memory-store.ts';
import type { Account, Role } from '../../../shared/case/access.ts';
import { dueFrom, dueText, inForce, paidLimit, readLimits } from '../../../shared/case/limits.ts';
import { endLimit, moveLimit, setLimit } from '../../../shared/completion/set-limit.ts';
import { done } from '../../province.ts';

const account = (role: Role): Account => ({ id: role, name: role, email: `${role}@x.example`, role, units: [] });
const leader = account('finance-leader');
const telegram = { kind: 'telegram', number: '201/CĐ-TTg', on: '2025-10-08', issuer: 'Thủ tướng Chính phủ', paper: '' };
const order = { subject: 'report', wording: 'Báo cáo tuần', on: '2025-10-12', hour: '12:00', document: telegram };

/** A store of its own, on a day of the campaign. */
function office(now = '2025-10-08T03:00:00Z') {
  const ports = { store: memoryStore(), now: () => now };
  const limit = async (id: string, upTo?: string) =>
    (await readLimits(ports.store, upTo)).find((one) => one.id === id) ?? expect.fail(`no limit ${id}`);
  return { ports, limit };
}

describe('the limits of the campaign', () => {
  test('are there before anybody records one, each with its document and how sure we are of it', async () => {
    const limits = await readLimits(memoryStore());
    expect(limits.map((limit) => [limit.id, dueText(inForce(limit).due).vi, inForce(limit).sure])).toEqual([
      ['paid', '10/10/2025', 'C-1'],
      ['decided', '31/08/2025', 'C-3'],
      ['home-affairs-data', '08/09/2025', 'C-1'],
      ['steering-report', '16:00 ngày 14/10/2025', 'C-1'],
      ['yearly-report-154', '15/02 hằng năm', 'C-1'],
    ]);
  });

  test.each([
    ['2025-07-31T16:59:59Z', undefined],
    ['2025-07-31T17:00:00Z', '2025-08-31'],
    ['2025-09-25T16:59:59Z', '2025-08-31'],
    ['2025-09-25T17:00:00Z', '2025-10-15'],
    ['2025-09-29T17:00:00Z', '2025-10-05'],
    ['2025-10-09T17:00:00Z', '2025-10-10'],
  ])('at %s everyone was to be paid by %s', async (at, on) => {
    const paid = paidLimit(await readLimits(memoryStore(), at), at.slice(0, 10));
    expect(paid === undefined ? undefined : dueFrom(paid, '2025-10-01').on).toBe(on);
  });

  test.each([
    ['2025-02-14', '2025-02-15'],
    ['2025-02-15', '2025-02-15'],
    ['2025-02-16', '2026-02-15'],
  ])('the yearly report, seen from %s, is due on %s', async (today, on) => {
    expect(dueFrom(await office().limit('yearly-report-154'), today)).toEqual({ on });
  });
});

describe('a limit that is moved', () => {
  test('keeps what it was before, with both documents', async () => {
    const { ports, limit } = office('2025-10-12T03:00:00Z');
    const document = { ...telegram, on: '2025-10-11' };
    expect(await moveLimit('paid', { on: '2025-10-20', hour: '', document }, leader, ports)).toEqual({
      outcome: 'moved',
    });
    const { versions } = await limit('paid');
    expect(versions.map(({ due, document: { name } }) => [dueText(due).vi, name.vi])).toEqual([
      ['31/08/2025', 'Kết luận 183-KL/TW'],
      ['15/10/2025', 'Kết luận 195-KL/TW'],
      ['05/10/2025', 'Công điện của Thủ tướng ngày 30/09/2025'],
      ['10/10/2025', 'Nghị quyết 303/NQ-CP'],
      ['20/10/2025', 'Công điện 201/CĐ-TTg ngày 11/10/2025 của Thủ tướng Chính phủ'],
    ]);
    expect(versions.at(-1)?.recorded).toEqual({ at: '2025-10-12T03:00:00Z', by: 'finance-leader' });
    // A report of the hour before still says what was in force then.
    expect(inForce(await limit('paid', '2025-10-12T02:59:59Z')).due).toEqual({ on: '2025-10-10' });
  });

  test.each([
    ['2025-10-09', 'refused'],
    ['2025-10-10', 'moved'],
    ['2025-10-11', 'moved'],
  ])('a document of %s, where one of 10/10 is in force: %s', async (on, outcome) => {
    const { ports } = office('2025-10-12T03:00:00Z');
    const moved = await moveLimit('paid', { on: '2025-10-20', hour: '', document: { ...telegram, on } }, leader, ports);
    expect(moved.outcome).toBe(outcome);
  });
});

describe('a limit that is set', () => {
  test('stands with its hour, its document and its scan', async () => {
    const { ports, limit } = office();
    done(await setLimit('l1', { ...order, document: { ...telegram, paper: 'scan' } }, leader, ports));
    const set = await limit('l1');
    expect([set.what.vi, dueText(inForce(set).due).vi, inForce(set).document.paper]).toEqual([
      'Báo cáo tuần',
      '12:00 ngày 12/10/2025',
      'scan',
    ]);
  });

  test('is ended by a document, can then be neither moved nor ended, and stays in sight', async () => {
    const { ports, limit } = office();
    done(await setLimit('l1', order, leader, ports));
    done(await endLimit('l1', { reason: 'Đã gửi', document: telegram }, leader, ports));
    expect((await limit('l1')).ended).toMatchObject({ reason: 'Đã gửi', by: 'finance-leader' });
    expect((await moveLimit('l1', { on: '2025-10-20', hour: '', document: telegram }, leader, ports)).outcome).toBe(
      'refused',
    );
    expect((await endLimit('l1', { reason: 'Lại', document: telegram }, leader, ports)).outcome).toBe('refused');
  });

  test('a second day by which everyone has the money is refused while one is open: it is moved', async () => {
    const { ports } = office();
    const wish = { ...order, subject: 'paid', wording: '' };
    const again = await setLimit('l1', wish, leader, ports);
    expect(again).toMatchObject({ outcome: 'refused', why: { vi: expect.stringContaining('Hãy điều chỉnh hạn đó') } });
    const document = { ...telegram, on: '2025-10-10' };
    const later = { ...ports, now: () => '2025-10-11T00:00:00Z' };
    done(await endLimit('paid', { reason: 'Hết đợt', document }, leader, later));
    expect((await setLimit('l1', { ...wish, document }, leader, later)).outcome).toBe('set');
  });

  test.each([
    ['no such day', { on: '2025-02-30' }],
    ['no such hour', { hour: '24:00' }],
    ['no subject', { subject: 'x' }],
    ['a report without a name', { wording: ' ' }],
    ['a document without a number', { document: { ...telegram, number: ' ' } }],
    ['a document without an issuer', { document: { ...telegram, issuer: '' } }],
    ['a document of tomorrow', { document: { ...telegram, on: '2025-10-09' } }],
    ['a document of no kind', { document: { ...telegram, kind: 'x' } }],
  ])('with %s it is refused, and nothing is written', async (_what, wrong) => {
    const { ports } = office();
    expect((await setLimit('l1', { ...order, ...wrong }, leader, ports)).outcome).toBe('refused');
    expect(await readLimits(ports.store)).toHaveLength(5);
  });

  test.each([
    ['leadership', 'set'],
    ['finance-leader', 'set'],
    ['finance-officer', 'refused'],
    ['home-affairs-leader', 'refused'],
    ['inspector', 'refused'],
  ] as const)('by a %s: %s', async (role, outcome) => {
    expect((await setLimit('l1', order, account(role), office().ports)).outcome).toBe(outcome);
  });
});
