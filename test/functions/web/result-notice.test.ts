/** The notice of result through its pages: seen and printed by those who may, checked by whoever has the paper. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { allMatches, type Page, signIn, textOf, type Visitor, visitor } from '../../../infra/local/commands/visitor.ts';
import { outsideUnit } from '../../../infra/local/samples.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore, openToVerify, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import type { Role } from '../../../shared/case/access.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { noticeStream } from '../../../shared/completion/issue-notice.ts';
import { verifyHistories } from '../../../shared/case/verify.ts';
import { formatDong } from '../../../shared/dong.ts';
import { stateMandate } from '../../mandate.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'result-notice-'));
const dataDirectory = join(folder, 'data');
const keyDirectory = join(folder, 'keys');
const visitors = new Map<string, Visitor>();
const checkPage = '/kiem-tra/thong-bao';
const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;
let server: RunningServer;
let store: SqliteStore;
let sent = '';
let amount = '';
let examined = '';
let withBoard = '';
let unit = '';
let unitPeople = 0;

beforeAll(async () => {
  const made = await openProvince({ people: 12, partyPeople: 2, folder });
  withBoard = caseIdOf(await made.partyMember());
  const [order] = await made.sentBatch('b1');
  sent = caseIdOf(order?.part ?? '');
  amount = formatDong(BigInt(order?.amount ?? 0));
  unit = order?.unit ?? '';
  const rows = await made.rows();
  unitPeople = rows.filter((row) => row.unit === unit).length;
  examined = caseIdOf(rows.find(({ status }) => status === 'appraised')?.stream.slice('part/'.length) ?? '');
  const stranger = {
    id: 'stranger',
    name: 'Người lạ',
    email: 'la@x.example',
    role: 'unit-clerk',
    units: [outsideUnit.code],
  } as const;
  await made.home.accounts.add(stranger, 'a long password');
  await made.close();
  server = await startServer({ port: 0, dataDirectory, keyDirectory, seed: 'result notice' });
  store = openSqliteStore(join(dataDirectory, 'histories.sqlite'));
  for (const { account, password } of demoAccounts([])) {
    if (account.isDeputy === true || visitors.has(account.role)) continue;
    visitors.set(account.role, await signIn(server.url, account.email, password));
  }
  visitors.set('stranger', await signIn(server.url, 'la@x.example', 'a long password'));
  await stateMandate(as('inspector'));
}, 120_000);

afterAll(async () => {
  await server.stop();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function as(who: Role | 'stranger'): Visitor {
  return visitors.get(who) ?? expect.fail(`nobody is signed in as ${who}`);
}

const noticeOf = (caseId: string) => `/ho-so/${caseId}/thong-bao`;

async function sealOf(caseId: string): Promise<string> {
  const { html } = await as('unit-clerk').get(noticeOf(caseId));
  return allMatches(html, /(CT1:[^<]+)</)[0] ?? expect.fail('no seal on the page');
}

function pdfText({ bytes }: Page): string {
  return execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', '-', '-'], { input: bytes, encoding: 'utf8' });
}

describe('the notice of a person', () => {
  test('is reached from the case, and says the sum, the lines, where it stands', async () => {
    expect((await as('unit-clerk').get(`/ho-so/${sent}`)).html).toContain(`href="${noticeOf(sent)}"`);
    const text = textOf((await as('unit-clerk').get(noticeOf(sent))).html);
    expect(text).toContain(`Ông/bà được hưởng ${amount} đồng theo Quyết định số b1/QĐ-UBND`);
    expect(text).toContain('Cơ quan đang giữ: Kho bạc Nhà nước');
    expect(text).toContain('Chưa có ngày dự kiến nhận tiền');
    expect(text).toMatch(/Nghị định 178\/2024\/NĐ-CP, Điều \d+/);
  });

  test('tells no sum before the decision, to anybody', async () => {
    for (const role of ['unit-clerk', 'home-affairs-leader', 'finance-officer', 'inspector'] as const) {
      const { html } = await as(role).get(noticeOf(examined));
      expect(textOf(html)).toContain('chưa nêu số tiền');
      expect(textOf(html)).not.toMatch(/\d{1,3}(\.\d{3}){2,}/);
    }
  });

  test('of another unit, or with the Party board still, is not there', async () => {
    for (const caseId of [sent, 'no-such-case']) expect((await as('stranger').get(noticeOf(caseId))).status).toBe(404);
    expect((await as('stranger').post(noticeOf(sent), {})).status).toBe(404);
    expect((await as('finance-officer').get(noticeOf(withBoard))).status).toBe(404);
    expect((await as('party-board-officer').get(noticeOf(withBoard))).status).toBe(200);
    expect((await as('party-board-officer').get(noticeOf(sent))).status).toBe(404);
    expect((await as('leadership').get(noticeOf(sent))).status).toBe(403);
  });

  test('has no English on the Vietnamese page, and no Vietnamese sentence on the English one', async () => {
    await as('inspector').get('/ngon-ngu/en');
    const text = textOf((await as('inspector').get(noticeOf(sent))).html);
    expect(text).toContain(`${amount} đồng are yours by Decision b1/QĐ-UBND`);
    expect(text).not.toContain('Khiếu nại');
    await as('inspector').get('/ngon-ngu/vi');
    expect(textOf((await as('inspector').get(noticeOf(sent))).html)).not.toMatch(/\b(the|and|with)\b/);
  });

  test('is made into paper by whoever may hand it out, which is written down; an inspector only looks', async () => {
    const before = (await store.read(noticeStream(sent))).length;
    const paper = await as('unit-clerk').post(noticeOf(sent), {});
    expect(new TextDecoder().decode(paper.bytes.slice(0, 5))).toBe('%PDF-');
    if (hasPoppler) expect(pdfText(paper)).toContain(`${amount} đồng`);
    const entries = await store.read(noticeStream(sent));
    expect(entries).toHaveLength(before + 1);
    expect(entries.at(-1)).toMatchObject({ kind: 'given-out', by: 'demo-unit-clerk' });
    const history = textOf((await as('inspector').get(`/ho-so/${sent}`)).html);
    expect(history).toContain('Đưa thông báo kết quả cho người hưởng Hồ Thị Mai Lan');
    expect(JSON.parse(entries.at(-1)?.data ?? '')).toEqual({
      asOf: expect.any(String),
      content: expect.stringMatching(/^[0-9A-Z]{20}$/),
      state: 'sent',
    });
    await as('inspector').get(noticeOf(sent));
    expect((await as('inspector').post(noticeOf(sent), {})).status).toBe(403);
    expect((await as('inspector').get(noticeOf(sent))).html).not.toContain('Lập bản in');
    expect(await store.read(noticeStream(sent))).toHaveLength(before + 1);
  });
});

describe('the notices of a unit', () => {
  test('are one file, a page a person, for whoever made it alone', async () => {
    const clerk = as('unit-clerk');
    await clerk.get('/thong-bao');
    const page = await clerk.afterJob(await clerk.post('/thong-bao', { unit }));
    expect(page.url).toBe(`/thong-bao?don-vi=${unit}`);
    const link = allMatches(page.html, /href="(\/thong-bao\/[^"]+)"/)[0] ?? expect.fail('no file');
    const file = await clerk.get(link);
    if (hasPoppler) {
      const pages = pdfText(file).split('\f').slice(0, -1);
      expect(pages).toHaveLength(unitPeople);
      expect(pages.every((one) => one.includes('THÔNG BÁO KẾT QUẢ GIẢI QUYẾT CHẾ ĐỘ'))).toBe(true);
      expect(pages.filter((one) => one.includes(amount))).toHaveLength(1);
    }
    for (const other of ['unit-chief-accountant', 'finance-officer', 'stranger'] as const) {
      expect((await as(other).get(link)).status).toBe(404);
    }
    expect((await as('inspector').get(link)).status).toBe(403);
    expect(readdirSync(join(dataDirectory, 'files'), { recursive: true }).join()).not.toContain('.pdf');
  });

  test('of another unit cannot be made', async () => {
    await as('stranger').get('/thong-bao');
    const page = await as('stranger').post('/thong-bao', { unit });
    expect(page.status).toBe(422);
    expect(textOf(page.html)).toContain('Hãy chọn một đơn vị trong danh sách.');
  });

  test('name where to ask once the office has told it', async () => {
    const clerk = as('unit-clerk');
    await clerk.get('/thong-bao');
    const place = { office: unit, place: 'Văn phòng, tầng 1', telephone: '0238 000 0000' };
    expect(textOf((await clerk.post('/thong-bao/lien-he', place)).html)).toContain('Văn phòng, tầng 1, 0238 000 0000');
    expect(textOf((await clerk.get(noticeOf(sent))).html)).toContain('Văn phòng, tầng 1, điện thoại 0238 000 0000');
    const wrong = await clerk.post('/thong-bao/lien-he', { ...place, place: ' ' });
    expect([wrong.status, textOf(wrong.html).includes('Hãy ghi phòng hoặc địa chỉ')]).toEqual([422, true]);
  });
});

describe('whoever has only the paper', () => {
  test('checks its QR without signing in, and sees no more than the QR holds', async () => {
    const stranger = visitor(server.url);
    const form = await stranger.get(checkPage);
    expect([form.status, form.url]).toEqual([200, checkPage]);
    const page = await stranger.post(checkPage, { ma: await sealOf(sent) });
    const text = textOf(page.html);
    expect(page.status).toBe(200);
    expect(text).toContain('Mã QR là thật');
    expect(text).toContain(`${amount} đồng`);
    expect(text).toContain('Đã gửi Kho bạc');
    const shown = textOf((await as('unit-clerk').get(noticeOf(sent))).html);
    const fullName = /Ông\/bà (.*?) –/.exec(shown)?.[1] ?? expect.fail();
    expect(text).not.toContain(fullName);
    expect(page.html).not.toContain('/ho-so/');
  });

  test('is told of an altered paper, of another key, of what is no QR', async () => {
    const stranger = visitor(server.url);
    const seal = await sealOf(sent);
    const said: readonly (readonly [string, RegExp])[] = [
      [seal.replace(':SENT:', ':CREDITED:'), /Chữ ký không khớp/],
      [seal.replace(/^CT1:\w{8}/, 'CT1:00000000'), /Không có khóa ký 00000000 của tỉnh/],
      ['https://chi-tra.example/kiem-tra', /không phải là chữ đầy đủ/],
      ['', /không phải là chữ đầy đủ/],
      ['<script>alert(1)</script>', /không phải là chữ đầy đủ/],
    ];
    for (const [ma, words] of said) {
      const page = await stranger.post(checkPage, { ma });
      expect([page.status, words.test(textOf(page.html))]).toEqual([422, true]);
      expect(page.html).not.toContain('<script>');
    }
    expect((await stranger.post(checkPage, { ma: 'A'.repeat(30_000) })).status).toBe(413);
  });

  test('may take the public key along, and nothing else', async () => {
    const stranger = visitor(server.url);
    const link = allMatches((await stranger.get(checkPage)).html, /href="(\/kiem-tra\/khoa\/[^"]+)"/)[0] ?? '';
    expect((await stranger.get(link)).html).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    for (const other of ['../master.key', 'x.pem', '..%2F..%2Fmaster.key']) {
      const page = await stranger.get(`/kiem-tra/khoa/${other}`);
      expect(page.html).not.toContain('BEGIN');
      expect(page.html).not.toMatch(/^[A-Za-z0-9+/=\s]{40,60}$/);
    }
  });

  test('waits when too many ask at once', async () => {
    const statuses = new Set<number>();
    for (let tries = 0; tries < 650 && !statuses.has(429); tries += 1) {
      const response = await fetch(`${server.url}${checkPage}`, {
        method: 'POST',
        body: new URLSearchParams({ ma: 'x' }),
      });
      statuses.add(response.status);
      await response.text();
    }
    expect(statuses).toEqual(new Set([422, 429]));
  }, 60_000);
});

test('the folder verifies', () => {
  const held = openToVerify(join(dataDirectory, 'histories.sqlite'));
  expect(verifyHistories(held.held()).problems).toEqual([]);
  held.close();
});
