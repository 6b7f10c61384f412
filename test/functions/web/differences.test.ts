/** The page of named differences: a figure is recorded, compared by the steps chosen, and never green while something is left. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { allMatches, signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import type { Role } from '../../../shared/case/access.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'differences-'));
const page = '/hoan-thanh/doi-chieu';
const visitors = new Map<Role, Visitor>();
let server: RunningServer;

beforeAll(async () => {
  const made = await openProvince({ people: 8, folder });
  await made.close();
  const [dataDirectory, keyDirectory] = [join(folder, 'data'), join(folder, 'keys')];
  server = await startServer({ port: 0, dataDirectory, keyDirectory, seed: 'differences' });
  for (const role of ['finance-officer', 'leadership'] as const) {
    const known = demoAccounts([]).find(({ account }) => account.role === role) ?? expect.fail(role);
    visitors.set(role, await signIn(server.url, known.account.email, known.password));
  }
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function as(role: Role): Visitor {
  return visitors.get(role) ?? expect.fail(`${role} is not signed in`);
}

const figure = { statedBy: 'Báo cáo của Bộ', claims: 'Người được chi trả', on: '2020-01-01', hour: '12:00' };

describe('somebody else’s figure', () => {
  test('without an instant is refused, and what was typed stays', async () => {
    const officer = as('finance-officer');
    await officer.get(page);
    const wrong = await officer.post(page, { ...figure, on: '', people: '5' });
    expect([wrong.status, textOf(wrong.html).includes('Hãy ghi ngày và giờ của số liệu.')]).toEqual([422, true]);
    expect(wrong.html).toContain('value="Báo cáo của Bộ"');
  });

  test('is compared at once, and says how many are unexplained and what would explain them', async () => {
    const officer = as('finance-officer');
    await officer.get(page);
    const done = await officer.afterJob(await officer.post(page, { ...figure, people: '2.738', total: '9.000' }));
    expect(done.url).toMatch(/\/hoan-thanh\/doi-chieu\/[\w-]+$/);
    expect(textOf(done.html)).toContain('Chưa giải thích: +2.738 người, +9.000 đồng – cần danh sách');
    expect(textOf((await officer.get(page)).html)).toContain('Còn phần chưa giải thích');
    await officer.get(done.url);
    const again = await officer.afterJob(await officer.post(done.url, { step: ['held', 'central', 'no-such-step'] }));
    expect(textOf(again.html)).toContain('Không tính tiền từ ngân sách trung ương');
    expect(allMatches(again.html, /<input[^>]*checked[^>]*value="([\w-]+)"|value="([\w-]+)" checked/g)).toHaveLength(2);
    expect(textOf(again.html)).toContain('Chưa giải thích: +2.738 người');
  });

  test('without a difference is whole; the leadership reads it, chooses nothing and sees no case', async () => {
    const officer = as('finance-officer');
    await officer.get(page);
    const done = await officer.afterJob(await officer.post(page, { ...figure, people: '0' }));
    expect(textOf(done.html)).toContain('Mọi chênh lệch đã được gọi tên');
    const leader = await as('leadership').get(done.url);
    expect([leader.status, leader.html.includes('name="step"'), leader.html.includes('/ho-so/')]).toEqual([
      200,
      false,
      false,
    ]);
    expect((await officer.get(`${page}/no-such`)).status).toBe(404);
  });
});
