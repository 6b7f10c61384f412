/** Result files over HTTP: brought in, a sender's columns told once, told line by line, answered; and the unit's evidence. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { allMatches, type Page, signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import type { Role } from '../../../shared/case/access.ts';
import type { Order } from '../../../shared/case/order.ts';
import { sum } from '../../../shared/dong.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'results-'));
const visitors = new Map<string, Visitor>();
let server: RunningServer;
let orders: readonly Order[] = [];

beforeAll(async () => {
  const made = await openProvince({ people: 12, folder });
  orders = await made.sentBatch('b1');
  await made.close();
  const dataDirectory = join(folder, 'data');
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'results' });
  for (const { account, password } of demoAccounts([])) {
    visitors.set(account.role, await signIn(server.url, account.email, password));
  }
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function as(role: Role): Visitor {
  return visitors.get(role) ?? expect.fail(`nobody is signed in as ${role}`);
}

/** The bank's own sheet as .csv: other headings, other words, no figures above. */
function csvOf(lines: readonly Order[], word = 'Thành công'): Uint8Array {
  const rows = lines.map(({ reference, amount }, at) => `${at + 1};${reference};${amount};03/10/2025;${word}`);
  return new TextEncoder().encode(['STT;Nội dung GD;Ghi có;Ngày GD;Trạng thái', ...rows].join('\n'));
}

async function bring(bytes: Uint8Array, fields: Record<string, string> = {}): Promise<Page> {
  const officer = as('finance-officer');
  await officer.get('/chi-tra');
  return officer.afterJob(await officer.post('/chi-tra/ket-qua', { ...fields, file: { name: 'kq.csv', bytes } }));
}

const sender = 'Agribank Nghệ An';
const figures = (lines: readonly Order[]) => {
  return { count: String(lines.length), total: sum(lines.map(({ amount }) => BigInt(amount))).toString() };
};

describe('a bank’s own sheet', () => {
  test('asks once what its columns and words mean, and is then told line by line', async () => {
    const officer = as('finance-officer');
    const some = orders.slice(0, 2);
    const asked = await bring(csvOf(some), { sender, ...figures(some) });
    expect(textOf(asked.html)).toContain('Cột “Nội dung GD” là');
    const columns = { 'column-1': 'reference', 'column-2': 'amount', 'column-3': 'on' };
    const wrong = await officer.post(asked.url, { sender, ...columns });
    expect(textOf(wrong.html)).toContain('Cần chỉ ra cột mã khoản chi');
    const words = await officer.afterJob(await officer.post(asked.url, { sender, ...columns, 'column-4': 'outcome' }));
    expect(textOf(words.html)).toContain('Cột kết quả ghi “Thành công” nghĩa là');
    const done = await officer.afterJob(await officer.post(words.url, { sender, 'word-0': 'credited' }));
    expect(textOf(done.html)).toContain('Đã ghi 2 kết quả; 0 dòng khác');
    const next = orders.slice(2, 3);
    const known = await bring(csvOf(next), { sender, ...figures(next) });
    expect(textOf(known.html)).toContain('Đã ghi 1 kết quả');
  });

  test('without the figures of its covering page is refused', async () => {
    const page = await bring(csvOf(orders.slice(3, 4)), { sender });
    expect(textOf(page.html)).toContain('Hãy ghi số khoản và tổng số tiền theo trang bìa');
  });

  test('is answered with every line in its order, and stands in the list of imports', async () => {
    const officer = as('finance-officer');
    const some = [...orders.slice(0, 1), ...orders.slice(4, 5)];
    const done = await bring(csvOf(some), { sender, ...figures(some) });
    expect(textOf(done.html)).toMatch(/Đã biết từ trước/);
    const [link = ''] = allMatches(done.html, /href="(\/chi-tra\/ket-qua\/\w+\/phan-hoi\.xlsx)"/);
    const answer = await officer.get(link);
    const sheets = await readSheets(answer.bytes);
    const texts = sheets.outcome === 'refused' ? [] : (sheets.sheets[0]?.rows ?? []).flatMap(({ cells }) => cells);
    const found = texts.map(({ text }) => text).filter((text) => text.startsWith('CT'));
    expect(found).toEqual(some.map(({ reference }) => reference));
    const list = textOf((await officer.get('/chi-tra')).html);
    expect(list).toContain('Các tệp đã nhập');
    expect(list).toContain(sender);
  });

  test('that nobody brought has no page', async () => {
    for (const path of ['/chi-tra/ket-qua/x', '/chi-tra/ket-qua/x/phan-hoi.xlsx', '/chi-tra/cot/x']) {
      expect([path, (await as('finance-officer').get(path)).status]).toEqual([path, 404]);
    }
  });
});

test('the account holder confirms with a scan, and the slip’s people are credited', async () => {
  const holder = as('unit-account-holder');
  const left = orders.slice(5);
  const slip = `/chung-tu/${left[0]?.slip ?? ''}`;
  const page = await holder.get(slip);
  expect(textOf(page.html)).toContain('Xác nhận người hưởng đã nhận tiền');
  const fields = { number: 'BC-7', on: '2025-10-04', reference: left[0]?.reference ?? '' };
  const none = await holder.post(`${slip}/bao-co`, fields);
  expect([none.status, textOf(none.html)]).toEqual([422, expect.stringContaining('Hãy chọn bản quét')]);
  const evidence = { name: 'sao-ke.pdf', bytes: new TextEncoder().encode('%PDF-1.4 sao ke') };
  const done = await holder.afterJob(await holder.post(`${slip}/bao-co`, { ...fields, evidence }));
  expect(textOf(done.html)).toContain('Đã ghi 1 người đã nhận tiền');
});
