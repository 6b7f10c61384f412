/** Approval through its pages: links that do nothing, delegation, what changed, taking back, ending, returning, the further level. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allDemoAccounts } from '../../../infra/local/accounts.ts';
import { allMatches, type Page, signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import { linkClaim } from '../../../shared/approval/request.ts';
import { addDays, localDateOf } from '../../../shared/calendar.ts';
import { readBatch } from '../../../shared/case/batch.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { sha256 } from '../../../shared/hash.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'approval-'));
const dataDirectory = join(folder, 'data');
const visitors = new Map<string, Visitor>();
const scan = { name: 'van-ban.pdf', bytes: new TextEncoder().encode('%PDF-1.7 made up') };
let server: RunningServer;
let store: SqliteStore;
let someone = '';

beforeAll(async () => {
  const made = await openProvince({ people: 24, folder });
  someone = caseIdOf(await made.somebody());
  for (const { account, password, secret } of allDemoAccounts([])) {
    await made.home.accounts.add(account, password, secret);
  }
  await made.close();
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'approval' });
  store = openSqliteStore(join(dataDirectory, 'histories.sqlite'));
}, 120_000);

afterAll(async () => {
  await server.stop();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** By the first part of the demonstration's mail. */
async function as(mail: string): Promise<Visitor> {
  const { account, password } =
    allDemoAccounts([]).find(({ account: { email } }) => email.startsWith(`${mail}@`)) ?? expect.fail(mail);
  const known = visitors.get(mail) ?? (await signIn(server.url, account.email, password));
  visitors.set(mail, known);
  return known;
}

const officer = 'chuyenvien.noivu';
const leader = 'lanhdao.noivu';
const finance = 'chuyenvien.taichinh';
const money = 'lanhdao.taichinh';
const province = 'lanhdao.ubnd';

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let looks = 0; looks < 600; looks += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return expect.fail('what was waited for did not come');
}

/** The form of the batch's page once its reader may decide. */
async function decidable(who: Visitor, batch: string): Promise<Page> {
  return until(async () => {
    const page = await who.get(`/dot/${batch}`);
    return page.html.includes(`action="/dot/${batch}/xac-nhan"`) ? page : undefined;
  });
}

function seenOn(page: Page) {
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.html)?.[1] ?? '';
  const names = ['step', 'version', 'contentHash', 'reopenings'] as const;
  return Object.fromEntries(names.map((name) => [name, hidden(name)]));
}

async function confirms(mail: string, batch: string, more: Record<string, string> = {}): Promise<Page> {
  const who = await as(mail);
  const page = await decidable(who, batch);
  return who.post(`/dot/${batch}/xac-nhan`, { ...seenOn(page), outcome: 'confirmed', ...more });
}

async function appraiseWhatWaits(): Promise<void> {
  const who = await as(officer);
  for (;;) {
    const page = await who.get('/tinh-che-do?trang-thai=assessed');
    const parts = allMatches(page.html, /name="seen-([\w.-]+)"/);
    if (parts.length === 0) return;
    const seen = parts.map((part) => [
      `seen-${part}`,
      new RegExp(`name="seen-${part.replaceAll('.', '\\.')}" value="([^"]+)"`).exec(page.html)?.[1] ?? '',
    ]);
    const posted = await who.post('/tinh-che-do/tham-dinh', {
      chosen: 'ticked',
      part: parts,
      ...Object.fromEntries(seen),
    });
    await who.afterJob(posted);
  }
}

/** Freezes everything appraised of the province's own level. */
async function freezes(): Promise<string> {
  const who = await as(finance);
  await who.get('/dot');
  const page = await who.afterJob(await who.post('/dot', { source: 'wage-reform', level: 'provincial' }));
  return /^\/dot\/([\w-]+)/.exec(page.url)?.[1] ?? expect.fail(textOf(page.html));
}

async function linkTo(mail: string): Promise<string> {
  const who = await as('thanhtra');
  return until(async () => {
    const mails = (await who.get('/hop-thu')).html.split('<article').filter((text) => text.includes(`${mail}@`));
    return allMatches(mails.join(''), /href="(\/lien-ket\/[\w-]+)"/)[0];
  });
}

describe('from the officer who returns a case to the province’s leadership', { timeout: 120_000 }, () => {
  let batch = '';

  test('an officer returns a case with its reasons; the unit finds it among its tasks and answers', async () => {
    const who = await as(officer);
    const path = `/ho-so/${someone}`;
    const page = await who.get(path);
    const seen = /name="seen" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const empty = await who.post(`${path}/tra-don-vi`, { seen });
    expect([empty.status, textOf(empty.html)]).toEqual([422, expect.stringContaining('ít nhất một nội dung')]);
    await who.post(`${path}/tra-don-vi`, { seen, 'wrong-decision': 'Thiếu số', 'wrong-pay': 'Thiếu phụ cấp' });
    const clerk = await as('lapbieu.donvi');
    expect(textOf((await clerk.get('/')).html)).toContain('Hồ sơ bị trả về');
    const returned = textOf((await clerk.get(path)).html);
    expect(returned).toContain('Quyết định nghỉ, ngày nghỉ : Thiếu số');
    expect(returned).toContain('Lương, phụ cấp : Thiếu phụ cấp');
    await clerk.post(`${path}/tra-loi`, { answer: 'Đã kèm quyết định' });
    expect(textOf((await (await as(officer)).get(path)).html)).toContain('Đã kèm quyết định');
  });

  test('a scanner that opens every link of a mail, with and without a session, changes nothing', async () => {
    await appraiseWhatWaits();
    batch = await freezes();
    const link = await linkTo(leader);
    const before = store.entriesAfter(0, 1_000_000).length;
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
      await fetch(new URL(link, server.url), { method, redirect: 'manual' });
    }
    await (await as(money)).get(link);
    const people = store.entriesAfter(0, 1_000_000).slice(before);
    expect(people.filter(({ by }) => by !== 'system')).toEqual([]);
    expect((await (await as(leader)).get(link)).url).toBe(`/dot/${batch}`);
  });

  test('Finance sees what each unit lacks of its estimate; Home Affairs answers for people, and does not', async () => {
    const seen = textOf((await (await as(finance)).get(`/dot/${batch}`)).html);
    expect(seen).toMatch(/Dự toán còn thiếu .* đủ /);
    const page = await (await as(leader)).get(`/dot/${batch}`);
    expect(textOf(page.html)).not.toContain('Dự toán còn thiếu');
  });

  test('a link past its limit opens nothing, and says where the batch is', async () => {
    const link = 'B'.repeat(43);
    const now = await readBatch(store, batch);
    const data = {
      step: 'people',
      version: 1,
      until: '2025-01-02',
      link: sha256(link),
      account: 'demo-home-affairs-leader',
    };
    const entry = { kind: 'asked', at: '2025-01-01T00:00:00Z', by: 'system', data };
    const stream = `batch/${batch}`;
    await store.commit([{ stream, readAt: now?.entries.length ?? 0, entries: [entry], claims: [linkClaim(link)] }]);
    const page = await (await as(leader)).get(`/lien-ket/${link}`);
    expect([page.status, textOf(page.html)]).toEqual([
      409,
      expect.stringContaining('Liên kết đã hết hạn ngày 02/01/2025'),
    ]);
  });

  test('who loses the line between click and answer and clicks again has decided once', async () => {
    const who = await as(leader);
    const form = { ...seenOn(await decidable(who, batch)), outcome: 'confirmed' };
    await who.post(`/dot/${batch}/xac-nhan`, form);
    const again = await who.post(`/dot/${batch}/xac-nhan`, form);
    expect([again.status, textOf(again.html)]).toEqual([422, expect.stringContaining('đã được xác nhận')]);
    expect((await readBatch(store, batch))?.decisions).toHaveLength(1);
  });

  test('they take it back with a reason, and the money’s confirmer is asked no more', async () => {
    const who = await as(leader);
    const page = await who.get(`/dot/${batch}`);
    expect(textOf(page.html)).toContain('Mở lại bước đã xác nhận');
    const given = { step: 'people', version: '1' };
    const without = await who.post(`/dot/${batch}/mo-lai`, { ...given, 'reopen-reason': '' });
    expect([without.status, textOf(without.html)]).toEqual([422, expect.stringContaining('Hãy ghi lý do')]);
    await who.post(`/dot/${batch}/mo-lai`, { ...given, 'reopen-reason': 'Sót văn bản' });
    expect(textOf((await decidable(who, batch)).html)).toContain('Đã được mở lại, không còn hiệu lực');
    const other = await (await as(money)).get(`/dot/${batch}`);
    expect(other.html).not.toContain(`action="/dot/${batch}/xac-nhan"`);
  });

  test('frozen anew, the page says what changed since they last looked, to the đồng', async () => {
    const who = await as(finance);
    await confirms(leader, batch, await firstTakenOut(leader, batch));
    await who.get(`/dot/${batch}`);
    await who.afterJob(await who.post(`/dot/${batch}/chot-lai`, { reason: 'Bỏ một người' }));
    const page = textOf((await decidable(await as(leader), batch)).html);
    expect(page).toContain('Thay đổi so với phiên bản 1 mà đồng chí đã xem');
    const of = await readBatch(store, batch);
    const [old, fresh] = of?.versions ?? [];
    expect(fresh?.people).toBe((old?.people ?? 0) - 1);
    const dong = (amount: string | bigint) => BigInt(amount).toLocaleString('vi-VN');
    const gone = BigInt(old?.total ?? 0) - BigInt(fresh?.total ?? 0);
    expect(page).toContain(`Phiên bản 1 ${old?.people} ${dong(old?.total ?? '0')}`);
    expect(page).toContain(`Không còn trong danh sách −1 −${dong(gone)}`);
    await confirms(leader, batch);
    const decision = (await readBatch(store, batch))?.decisions[0];
    expect(decision?.version).toBe(2);
  });

  test('a leader who is away delegates; the deputy finds the batch among their tasks and confirms', async () => {
    const who = await as(money);
    await who.get('/uy-quyen');
    const today = localDateOf(new Date().toISOString());
    const wish = { to: 'demo-finance-deputy', since: today, until: addDays(today, 3), number: '35/GUQ-STC' };
    const without = await who.post('/uy-quyen', wish);
    expect([without.status, textOf(without.html)]).toEqual([422, expect.stringContaining('đính kèm bản quét')]);
    const given = await who.post('/uy-quyen', { ...wish, paper: scan });
    expect(textOf(given.html)).toContain('Đang có hiệu lực');
    // An officer of the department who made the batch receives nothing that lets them confirm it.
    const maker = await (await as(finance)).get(`/dot/${batch}`);
    expect(maker.html).not.toContain(`action="/dot/${batch}/xac-nhan"`);
    expect(textOf((await (await as('pho.taichinh')).get('/')).html)).toContain('Đợt chờ thẩm định kinh phí');
    await confirms('pho.taichinh', batch);
    expect((await readBatch(store, batch))?.decisions.at(-1)).toMatchObject({
      step: 'money',
      by: 'demo-finance-deputy',
    });
  });

  test('the Finance officer ends the batch; everyone is free for another', async () => {
    const who = await as(finance);
    await who.get(`/dot/${batch}`);
    await who.post(`/dot/${batch}/ket-thuc`, { 'abort-reason': 'Nhầm nguồn' });
    await until(async () => ((await readBatch(store, batch))?.isReleased === true ? true : undefined));
    const page = textOf((await who.get(`/dot/${batch}`)).html);
    expect(page).toContain('Kết thúc đợt: Nhầm nguồn');
    expect(textOf((await who.get('/dot')).html)).toContain('Chốt danh sách');
  });

  test('from a stated sum the leadership looks on, without a name, before the decision may be recorded', async () => {
    const who = await as(province);
    await who.get('/dot');
    const wrong = await who.post('/dot/muc-lanh-dao-tinh', {
      fromTotal: 'năm tỷ',
      document: '1/QĐ',
      on: '2025-08-01',
      paper: scan,
    });
    expect([wrong.status, textOf(wrong.html)]).toEqual([422, expect.stringContaining('không phải là số tiền')]);
    await who.post('/dot/muc-lanh-dao-tinh', {
      fromTotal: '1.000.000',
      document: '1/QĐ',
      on: '2025-08-01',
      paper: scan,
    });
    const big = await freezes();
    await confirms(leader, big);
    await confirms(money, big);
    const page = await decidable(who, big);
    expect(page.html).not.toMatch(/\/ho-so\/|name="out"|van-ban\//);
    expect(textOf((await (await as(finance)).get(`/dot/${big}`)).html)).not.toContain('Ghi quyết định cho');
    await confirms(province, big);
    expect(textOf((await (await as(finance)).get(`/dot/${big}`)).html)).toContain('Ghi quyết định cho');
  });

  test('who prepared somebody is told on the page why they may not confirm', async () => {
    const who = await as(officer);
    const today = localDateOf(new Date().toISOString());
    await (await as(leader)).get('/uy-quyen');
    await (await as(leader)).post('/uy-quyen', {
      to: 'demo-home-affairs-officer',
      since: today,
      until: today,
      number: '9/GUQ-SNV',
      paper: scan,
    });
    await appraiseWhatWaits();
    const next = await until(async () => (await batchOfOne()) ?? undefined);
    await until(async () => {
      const page = await who.get(`/dot/${next}`);
      return textOf(page.html).includes('Đồng chí đã thẩm định hồ sơ trong danh sách này') ? true : undefined;
    });
    expect(textOf((await who.get('/')).html)).toContain('Đợt chờ xác nhận theo ủy quyền');
    const page = await who.get(`/dot/${next}`);
    expect(page.html).not.toContain(`action="/dot/${next}/xac-nhan"`);
  });
});

/** The first person of the list, taken out with a reason. */
async function firstTakenOut(mail: string, batch: string): Promise<Record<string, string>> {
  const page = await decidable(await as(mail), batch);
  const part = /name="out" value="([^"]+)"/.exec(page.html)?.[1] ?? expect.fail('nobody to take out');
  return { out: part, [`reason-${part}`]: 'Thiếu văn bản' };
}

/** A batch of the communes' level, of whoever is appraised there. */
async function batchOfOne(): Promise<string | undefined> {
  const who = await as(finance);
  await who.get('/dot');
  const page = await who.afterJob(await who.post('/dot', { source: 'wage-reform', level: 'commune' }));
  return /^\/dot\/([\w-]{10,})/.exec(page.url)?.[1];
}
