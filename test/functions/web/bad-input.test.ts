/** What people bring by mistake or by malice: each gets a clear sentence in Vietnamese, and nothing has changed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSheets } from '../../../functions/papers/sheet-writer.ts';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { allMatches, type Page, signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import type { Role } from '../../../shared/case/access.ts';
import type { Order } from '../../../shared/case/order.ts';
import { outcomeWords } from '../../../shared/disbursement/result-classes.ts';
import { formatDong, sum } from '../../../shared/dong.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'bad-input-'));
const dataDirectory = join(folder, 'data');
const visitors = new Map<string, Visitor>();
let server: RunningServer;
let store: SqliteStore;
let orders: readonly Order[] = [];
let code = '';
let codeOfAnother = '';

beforeAll(async () => {
  const made = await openProvince({ people: 12, folder });
  orders = await made.sentBatch('b1');
  await made.freeze('b2', { level: 'commune' });
  code = (await made.batch('b1')).code;
  codeOfAnother = (await made.batch('b2')).code;
  await made.close();
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'bad input' });
  store = openSqliteStore(join(dataDirectory, 'histories.sqlite'));
  for (const { account, password } of demoAccounts([])) {
    visitors.set(account.role, await signIn(server.url, account.email, password));
  }
});

afterAll(async () => {
  await server.stop();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function as(role: Role): Visitor {
  return visitors.get(role) ?? expect.fail(`nobody is signed in as ${role}`);
}

/** Entries of cases, parts, orders, slips, batches and estimates: not of the list that could not be read. */
function written(): number {
  return store
    .entriesAfter(0, 1_000_000)
    .filter(({ stream, by, kind }) => by !== 'system' && kind !== 'read' && !stream.startsWith('list/')).length;
}

/** The same, once the workflow has done what the test before left to it. */
async function writtenAtRest(): Promise<number> {
  for (;;) {
    const before = written();
    await new Promise((resolve) => setTimeout(resolve, 250));
    if (written() === before) return before;
  }
}

/** The sentence in the box of problems. */
function problemOf({ html }: Page): string {
  return textOf(/role="alert"[^>]*>([\s\S]*?)<\/div>/.exec(html)?.[1] ?? '');
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const bomb = () =>
  zipSync({ 'xl/workbook.xml': bytesOf('<workbook/>'), 'xl/worksheets/sheet1.xml': new Uint8Array(60 * 1024 * 1024) });

describe('a list that is no list', () => {
  const uploads: readonly (readonly [string, () => Uint8Array, RegExp])[] = [
    ['a text', () => bytesOf('Họ và tên;Số tiền'), /không phải là bảng tính Excel/],
    ['an empty file', () => new Uint8Array(), /Chưa chọn tệp/],
    ['an old .xls', () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), /\.xls/],
    ['an archive without a workbook', () => zipSync({ 'thu.txt': bytesOf('x') }), /không phải là bảng tính Excel/],
    ['a bomb', bomb, /dung lượng bất thường/],
    ['of just over 40 MB', () => new Uint8Array(40 * 1024 * 1024 + 1), /lớn hơn 40 MB/],
  ];

  test.each(uploads)('%s', async (_what, make, sentence) => {
    const before = await writtenAtRest();
    const clerk = as('unit-clerk');
    await clerk.get('/tiep-nhan');
    const page = await clerk.afterJob(await clerk.post('/tiep-nhan', { file: { name: 'ds.xlsx', bytes: make() } }));
    expect([page.status, problemOf(page)]).toEqual([422, expect.stringMatching(sentence)]);
    expect(written()).toBe(before);
  });

  test('a workbook without the table of people', async () => {
    const before = await writtenAtRest();
    const clerk = as('unit-clerk');
    await clerk.get('/tiep-nhan');
    const other = await writeSheets([
      { name: 'Khác', columns: [{ heading: 'Cột', width: 9, kind: 'text' }], rows: [['x']] },
    ]);
    const page = await clerk.afterJob(await clerk.post('/tiep-nhan', { file: { name: 'ds.xlsx', bytes: other } }));
    expect(page.status).toBe(422);
    expect(problemOf(page)).toMatch(/\p{Lu}.{20,}\./u);
    expect(written()).toBe(before);
  });

  test('far over 40 MB is turned away at the door, with a sentence', async () => {
    const before = await writtenAtRest();
    const clerk = as('unit-clerk');
    await clerk.get('/tiep-nhan');
    const page = await clerk.post('/tiep-nhan', { file: { name: 'ds.xlsx', bytes: new Uint8Array(42 * 1024 * 1024) } });
    expect([page.status, page.html]).toEqual([413, expect.stringMatching(/lớn hơn 40 MB.*Chưa có gì được ghi nhận/)]);
    expect(written()).toBe(before);
  });
});

describe('a link of a mail', () => {
  /** The links of the mails to this address, newest first. */
  async function linksTo(mail: string, count: number): Promise<readonly string[]> {
    for (let looks = 0; looks < 400; looks += 1) {
      const mailbox = await as('inspector').get('/hop-thu');
      const mails = mailbox.html.split('<article').filter((text) => text.includes(mail));
      const links = mails.flatMap((text) => allMatches(text, /href="(\/lien-ket\/[\w-]+)"/));
      if (links.length >= count) return links;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return expect.fail(`no mail came to ${mail}`);
  }

  test.each(['x', 'A'.repeat(43), '%00', '..%2f..%2f'])('that nobody wrote (%s) opens nothing', async (token) => {
    const page = await as('home-affairs-leader').get(`/lien-ket/${token}`);
    expect([page.status, problemOf(page)]).toEqual([409, expect.stringMatching(/Liên kết không đúng/)]);
  });

  test('opens the batch for whoever it was sent to, decides nothing, and opens nothing for another', async () => {
    const [link = ''] = await linksTo('lanhdao.noivu', 1);
    // The first look at a version is noted, so that a later version shows what changed.
    await as('home-affairs-leader').get('/dot/b2');
    const before = await writtenAtRest();
    expect((await as('home-affairs-leader').get(link)).url).toBe('/dot/b2');
    for (const role of ['finance-leader', 'unit-clerk', 'administrator', 'leadership'] as const) {
      const page = await as(role).get(link);
      expect([role, page.status, problemOf(page)]).toEqual([role, 409, expect.stringMatching(/gửi cho người khác/)]);
    }
    expect(written()).toBe(before);
  });

  test('of an older version, and one that is used, say so', async () => {
    const [old = ''] = await linksTo('lanhdao.noivu', 1);
    const officer = as('finance-officer');
    await officer.get('/dot/b2');
    await officer.afterJob(await officer.post('/dot/b2/chot-lai', { reason: 'Rà soát lại' }));
    const fresh = (await linksTo('lanhdao.noivu', 2)).find((link) => link !== old) ?? '';
    const leader = as('home-affairs-leader');
    const stale = await leader.get(old);
    expect([stale.status, problemOf(stale)]).toEqual([409, expect.stringMatching(/phiên bản cũ/)]);
    const page = await leader.get(fresh);
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.html)?.[1] ?? '';
    const seen = { step: hidden('step'), version: hidden('version'), contentHash: hidden('contentHash') };
    const wrong = await leader.post('/dot/b2/xac-nhan', { ...seen, version: '1', outcome: 'confirmed' });
    expect([wrong.status, problemOf(wrong)]).toEqual([
      422,
      expect.stringMatching(/phiên bản 2.*Chưa có gì được ghi nhận/),
    ]);
    await leader.post('/dot/b2/xac-nhan', { ...seen, outcome: 'confirmed' });
    const used = await leader.get(fresh);
    expect([used.status, problemOf(used)]).toEqual([409, expect.stringMatching(/đã dùng xong/)]);
  });
});

test('the page of a batch that is being paid says where every đồng of the decision is, or that it does not agree', async () => {
  const total = formatDong(sum(orders.map(({ amount }) => BigInt(amount))));
  const page = await as('finance-officer').get('/dot/b1');
  expect(textOf(page.html)).toContain(
    `${orders.length} người, ${total} đồng = đang thanh toán ${orders.length} người, ${total} đồng. Khớp từng đồng.`,
  );
  const { rows } = await store.page({ kind: 'part', batch: 'b1', limit: 1 });
  const [row] = rows;
  if (row === undefined) expect.fail('the batch has nobody');
  const entries = await store.read(row.stream);
  const last = entries.at(-1) ?? expect.fail('no entry');
  const same = { kind: last.kind, at: last.at, by: last.by, data: JSON.parse(last.data) };
  const { stream, ...told } = row;
  const wrong = { ...told, summary: { ...told.summary, total: String(BigInt(String(told.summary['total'])) + 1n) } };
  await store.commit([{ stream, readAt: entries.length, entries: [same], row: wrong }]);
  const off = textOf((await as('finance-officer').get('/dot/b1')).html);
  expect(off).toMatch(/Lệch 0 người, [−-]1 đồng so với quyết định/);
  expect(off).not.toContain('Khớp từng đồng');
  await store.commit([{ stream, readAt: entries.length + 1, entries: [same], row: told }]);
});

describe('a result file', () => {
  interface Spoilt {
    readonly batch?: string;
    readonly count?: number;
    readonly total?: bigint;
    readonly lines?: readonly Order[];
    readonly outcome?: string;
    readonly amount?: bigint;
  }

  function fileOf({
    batch = code,
    count,
    total,
    lines = orders,
    outcome = outcomeWords.credited,
    amount,
  }: Spoilt = {}) {
    const amounts = orders.map((order) => BigInt(order.amount));
    return writeSheets([
      {
        name: 'Ket qua',
        title: [
          `Mã đợt: ${batch}`,
          `Tổng số khoản: ${count ?? orders.length}`,
          `Tổng số tiền: ${formatDong(total ?? sum(amounts))}`,
        ],
        columns: [
          { heading: 'Mã khoản chi', width: 18, kind: 'text' },
          { heading: 'Số tiền', width: 18, kind: 'money' },
          { heading: 'Kết quả', width: 24, kind: 'text' },
          { heading: 'Ngày', width: 14, kind: 'date' },
        ],
        rows: lines.map((order) => [order.reference, amount ?? BigInt(order.amount), outcome, '2025-10-03']),
      },
    ]);
  }

  async function bring(bytes: Uint8Array, batchId = 'b1'): Promise<Page> {
    const officer = as('finance-officer');
    await officer.get('/chi-tra');
    const file = { name: 'ket-qua.xlsx', bytes };
    return officer.afterJob(await officer.post('/chi-tra/ket-qua', { batch: batchId, file }));
  }

  const spoilt: readonly (readonly [string, () => Promise<Uint8Array>, RegExp])[] = [
    ['that is a text', async () => bytesOf('CT1;đã báo có'), /không phải là bảng tính Excel/],
    ['that is a bomb', async () => bomb(), /dung lượng bất thường/],
    [
      'without its table',
      async () => writeSheets([{ name: 'A', columns: [], rows: [] }]),
      /Không tìm thấy bảng kết quả/,
    ],
    ['of another batch', async () => fileOf({ batch: codeOfAnother }), /không phải đợt/],
    ['of which a line was cut', async () => fileOf({ lines: orders.slice(1) }), /Tệp có thể bị thiếu dòng/],
    ['that states one line more', async () => fileOf({ count: orders.length + 1 }), /Tệp có thể bị thiếu dòng/],
  ];

  test.each(spoilt)('%s is refused with a sentence', async (_what, make, sentence) => {
    const before = await writtenAtRest();
    const page = await bring(await make());
    expect(problemOf(page)).toMatch(sentence);
    expect(written()).toBe(before);
  });

  test.each([
    [
      'with an outcome that is no outcome',
      async () => fileOf({ outcome: 'Đã xong' }),
      /"Đã xong" không có trong danh mục/,
    ],
    [
      'whose amounts are one đồng',
      async () => fileOf({ amount: 1n, total: BigInt(orders.length) }),
      /Thiếu tiền: Tệp ghi 1 đồng, khác số đã lập/,
    ],
  ] as const)('%s is told line by line, and nothing of it is recorded', async (_what, make, sentence) => {
    const before = await settledAtRest();
    const page = await bring(await make());
    expect([page.status, textOf(page.html)]).toEqual([200, expect.stringMatching(sentence)]);
    expect(textOf(page.html)).toContain(`Đã ghi 0 kết quả; ${orders.length} dòng khác`);
    expect(await settledAtRest()).toBe(before);
  });

  /** Entries that are not of the file itself. */
  async function settledAtRest(): Promise<number> {
    await writtenAtRest();
    return store
      .entriesAfter(0, 1_000_000)
      .filter(({ stream, by, kind }) => by !== 'system' && kind !== 'read' && !stream.startsWith('result/')).length;
  }

  test('whose end was cut off is refused', async () => {
    const before = await writtenAtRest();
    const whole = await fileOf();
    const page = await bring(whole.slice(0, Math.floor(whole.length * 0.7)));
    expect(problemOf(page)).toMatch(/không phải là bảng tính Excel|bị hỏng/);
    expect(written()).toBe(before);
  });

  test('that was not chosen is asked for', async () => {
    const officer = as('finance-officer');
    await officer.get('/chi-tra');
    const page = await officer.post('/chi-tra/ket-qua', { batch: 'b1' });
    expect([page.status, problemOf(page)]).toEqual([
      422,
      'Chưa thực hiện được Chưa chọn tệp kết quả. Hãy chọn tệp do Kho bạc hoặc ngân hàng gửi.',
    ]);
  });

  test('brought to a batch that is another one, or none, is refused', async () => {
    const before = await writtenAtRest();
    expect(problemOf(await bring(await fileOf(), 'b2'))).toMatch(/không phải đợt/);
    expect(problemOf(await bring(await fileOf(), 'b9'))).toMatch(/Không tìm thấy đợt/);
    expect(written()).toBe(before);
  });

  test('is recorded once; the second time it is refused and nothing changes', async () => {
    const file = await fileOf();
    expect(textOf((await bring(file)).html)).toContain(`Đã ghi ${orders.length} kết quả`);
    const before = await writtenAtRest();
    expect(problemOf(await bring(file))).toMatch(/đã được nhập trước đó/);
    expect(written()).toBe(before);
  });
});
