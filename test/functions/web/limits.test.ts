/** The page of the calendar: a limit with its document, moved by another one, its scan opened, by whoever may. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import type { Role } from '../../../shared/case/access.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'limits-'));
const page = '/hoan-thanh/lich';
let server: RunningServer;
const visitors = new Map<Role, Visitor>();
const scan = { name: 'cong-dien.pdf', bytes: new TextEncoder().encode('%PDF-1.4 telegram') };
const form = { on: '2099-10-20', hour: '16:00', kind: 'telegram', number: '201/CĐ-TTg', issuer: 'Thủ tướng' };

beforeAll(async () => {
  await (await openProvince({ people: 2, folder })).close();
  const [dataDirectory, keyDirectory] = [join(folder, 'data'), join(folder, 'keys')];
  server = await startServer({ port: 0, dataDirectory, keyDirectory, seed: 'limits' });
  for (const role of ['leadership', 'finance-leader', 'unit-clerk'] as const) {
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

describe('the calendar', () => {
  test('says of each limit by which document, how late it is, and what it was before', async () => {
    const text = textOf((await as('unit-clerk').get(page)).html);
    expect(text).toContain('Nghị quyết 303/NQ-CP (1 nguồn riêng biệt xác nhận)');
    expect(text).toMatch(/Đã qua \d+ ngày \(\d+ ngày làm việc\)/);
    expect(text).toContain('05/10/2025 , Công điện của Thủ tướng ngày 30/09/2025');
    expect(text).not.toContain('Đặt hạn mới');
  });

  test('a moved limit shows the new document with its scan, and the one before', async () => {
    const leader = as('finance-leader');
    await leader.get(`${page}/paid/dieu-chinh`);
    const moved = await leader.post(`${page}/paid/dieu-chinh`, { ...form, documentOn: '2026-01-02', paper: scan });
    const text = textOf(moved.html);
    expect(text).toContain('16:00 ngày 20/10/2099');
    expect(text).toContain('Công điện 201/CĐ-TTg ngày 02/01/2026 của Thủ tướng ( bản quét )');
    expect(text).toContain('10/10/2025 , Nghị quyết 303/NQ-CP');
    const [link = ''] = /\/hoan-thanh\/lich\/van-ban\/\w+/.exec(moved.html) ?? [];
    expect(new TextDecoder().decode((await as('unit-clerk').get(link)).bytes)).toBe('%PDF-1.4 telegram');
    expect((await as('unit-clerk').get(`${page}/van-ban/${'0'.repeat(64)}`)).html).toContain('Không có văn bản này');
  });

  test('a form with a mistake comes back with what was typed, and says what to do', async () => {
    const leader = as('leadership');
    await leader.get(page);
    const wrong = await leader.post(page, { ...form, subject: 'report', wording: '', documentOn: '2026-01-02' });
    expect(wrong.status).toBe(422);
    expect(textOf(wrong.html)).toContain('Hãy ghi rõ báo cáo nào, việc nào.');
    expect(wrong.html).toContain('value="201/CĐ-TTg"');
    const set = await leader.post(page, {
      ...form,
      subject: 'report',
      wording: 'Báo cáo quý',
      documentOn: '2026-01-02',
    });
    expect(textOf(set.html)).toContain('Báo cáo quý');
  });

  test('an ended limit stands below with its reason', async () => {
    const leader = as('leadership');
    await leader.get(`${page}/decided/ket-thuc`);
    const ended = await leader.post(`${page}/decided/ket-thuc`, {
      ...form,
      reason: 'Đã xong',
      documentOn: '2026-01-02',
    });
    expect(textOf(ended.html)).toMatch(/Hạn đã kết thúc theo dõi.*31\/08\/2025: Đã xong/);
  });
});
