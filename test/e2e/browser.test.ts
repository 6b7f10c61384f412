/**
 * The story of one batch in a real browser: each person signs in, fills the forms of their pages and presses their
 * buttons, by the words that stand there. Then every page of every role is looked at, on a desk and on a phone.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Download, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSheets } from '../../functions/papers/sheet.ts';
import { demoAccounts } from '../../infra/local/accounts.ts';
import { plantedFaults, samplePeople, sampleUnits } from '../../infra/local/samples.ts';
import { type RunningServer, startServer } from '../../infra/local/server.ts';
import { type Role, roles } from '../../shared/case/access.ts';
import { formatDong, sum } from '../../shared/dong.ts';
import { assess } from '../../shared/entitlement/assess.ts';
import { readList } from '../../shared/intake/read-list.ts';
import { atDesk, findChromium, findings, launchChromium, listen, look, picture, templateOf } from './chromium.ts';

const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;
if (!hasPoppler)
  console.warn('pdftotext (poppler-utils) is not installed: what a page looks like on paper was NOT checked');

function printedText(pdf: Uint8Array): string {
  const text = execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', '-', '-'], { input: pdf, encoding: 'utf8' });
  return text.replaceAll(/\s+/g, ' ');
}

const chromiumPath = findChromium();
const isContinuousIntegration = process.env['CI'] === 'true';

if (chromiumPath === undefined) {
  process.stderr.write(
    '\n!!! NO CHROMIUM: the whole browser suite (test/e2e/browser.test.ts) is left out: the story of a batch in a real\n' +
      '!!! browser, the console, narrow screens and accessibility are NOT tested. Install chromium or set CHROMIUM.\n\n',
  );
}

test.runIf(isContinuousIntegration)('the build machine has a Chromium', () => {
  expect(chromiumPath, 'set CHROMIUM, or install chromium').toBeDefined();
});

const waitMilliseconds = 30_000;
const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
const pdf = { name: 'van-ban.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n% made up\n%%EOF\n') };
const spreadsheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const namesOfPeople = samplePeople(120, 1).map(({ fullName }) => fullName);

interface Sum {
  readonly people: number;
  readonly total: bigint;
}

const words = ({ people, total }: Sum) => `${people} người, ${formatDong(total)} đồng`;
const less = (one: Sum, other: Sum): Sum => ({
  people: one.people - other.people,
  total: one.total - other.total,
});

describe.skipIf(chromiumPath === undefined)('one batch from the unit’s list to the money, in a browser', () => {
  const found = findings();
  const folder = mkdtempSync(join(tmpdir(), 'chi-tra-browser-'));
  const contexts = new Map<Role, BrowserContext>();
  let server: RunningServer;
  let browser: Browser;
  let brokenAt: string | undefined;

  beforeAll(async () => {
    const settings = { dataDirectory: join(folder, 'data'), keyDirectory: join(folder, 'keys'), seed: 'nghe-an' };
    server = await startServer({ port: 0, ...settings });
    browser = await launchChromium(chromiumPath ?? '');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  /** A fact of the story; the facts after one that failed cannot be told. */
  const fact = (title: string, tell: () => Promise<void>) =>
    test(title, async ({ skip }) => {
      skip(brokenAt !== undefined, `the story broke at “${brokenAt}”`);
      try {
        await tell();
      } catch (error) {
        brokenAt = title;
        for (const [role, context] of contexts) {
          for (const page of context.pages()) await picture(page, `broken-${role}`);
        }
        throw error;
      }
    });

  const accountOf = (role: Role) => demoAccounts([]).find(({ account }) => account.role === role);

  async function contextOf(role: Role): Promise<BrowserContext> {
    const known = contexts.get(role);
    if (known !== undefined) return known;
    const context = await browser.newContext({
      baseURL: server.url,
      viewport: atDesk,
      acceptDownloads: true,
      locale: 'vi-VN',
    });
    context.setDefaultTimeout(waitMilliseconds);
    listen(context, role, found);
    contexts.set(role, context);
    return context;
  }

  async function fillLogin(page: Page, role: Role): Promise<void> {
    const { account, password, secret } = accountOf(role) ?? {
      account: { email: '' },
      password: '',
      secret: undefined,
    };
    await page.getByLabel('Thư điện tử').fill(account.email);
    await page.getByLabel('Mật khẩu').fill(password);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    if (secret !== undefined) await fillCode(page);
  }

  /** As a person without a phone does: the page of a demonstration account shows the code. */
  async function fillCode(page: Page): Promise<void> {
    const field = page.getByLabel('Mã 6 chữ số');
    await see(field);
    const shown = page.locator('#demo-code');
    while ((await shown.count()) === 0) {
      // No code is taken twice; the next comes within half a minute.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await page.reload();
    }
    await field.fill(await shown.innerText());
    await press(page, 'Tiếp tục');
  }

  /** The page of this person, signed in at their first call. */
  async function as(role: Role): Promise<Page> {
    const context = await contextOf(role);
    const [open] = context.pages();
    if (open !== undefined) return open;
    const page = await context.newPage();
    await page.goto('/');
    await fillLogin(page, role);
    await see(page.getByRole('heading', { level: 1, name: 'Việc của tôi' }));
    return page;
  }

  const see = (what: Locator) => what.first().waitFor({ state: 'visible' });
  const text = (page: Page) => page.getByRole('main').innerText();
  const stage = (page: Page, name: string | RegExp) =>
    page.getByRole('navigation', { name: 'Các bước' }).getByRole('link', { name }).click();
  const goHome = (page: Page) =>
    page
      .getByRole('link', { name: /^Chi trả/ })
      .first()
      .click();
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
  const lookAt = (page: Page, name: string) => look(page, name, found);

  /** Opens the page again and again until it says so. */
  async function until<T>(page: Page, path: string, answer: () => Promise<T | undefined>, what: string): Promise<T> {
    const end = Date.now() + waitMilliseconds;
    for (;;) {
      await page.goto(path);
      const given = await answer();
      if (given !== undefined) return given;
      if (Date.now() > end) throw new Error(`after ${waitMilliseconds / 1000} s, ${path} still lacks: ${what}`);
      await page.waitForTimeout(100);
    }
  }

  async function download(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
    const [file]: [Download, void] = await Promise.all([page.waitForEvent('download'), press()]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  }

  const sheetFile = ({ name, bytes }: { name: string; bytes: Buffer }) => ({
    name,
    mimeType: spreadsheetType,
    buffer: bytes,
  });

  async function upload(clerk: Page, file: { name: string; bytes: Buffer }): Promise<void> {
    await stage(clerk, 'Tiếp nhận');
    await clerk.getByLabel('Chọn tệp danh sách đã điền').setInputFiles(sheetFile(file));
    await press(clerk, 'Tải lên để kiểm tra');
    await see(clerk.getByRole('heading', { level: 1, name: 'Kết quả kiểm tra danh sách' }));
  }

  /** Every sum of the clean list, computed from the file apart from the server; the first pot is the province’s. */
  let everyone: Sum = { people: 0, total: 0n };
  let pot: Sum = { people: 0, total: 0n };
  let unitsInPot = 0;
  let batch: Sum = { people: 0, total: 0n };
  let takenOut: Sum = { people: 0, total: 0n };
  let credited: Sum = { people: 0, total: 0n };
  let cameBack: Sum = { people: 0, total: 0n };
  let mended: Sum = { people: 0, total: 0n };
  let batchPath = '';
  let returnedPath = '';

  async function computeApart(list: Buffer): Promise<void> {
    const units = sampleUnits();
    const sheets = await readSheets(list);
    if (sheets.outcome === 'refused') throw new Error(sheets.why.vi);
    const reading = readList(sheets.sheets, { units, mayUse: () => true, today });
    if ('outcome' in reading) throw new Error(reading.why.vi);
    const sums = reading.people.map(({ payingUnit, facts }) => {
      const assessed = assess(facts);
      if (assessed.outcome !== 'entitled') throw new Error('someone in the clean list is not entitled');
      const unit = units.find(({ code }) => code === payingUnit);
      return { unit, total: BigInt(assessed.total) };
    });
    const inPot = sums.filter(({ unit }) => unit?.source === 'wage-reform' && unit.level === 'provincial');
    everyone = { people: sums.length, total: sum(sums.map(({ total }) => total)) };
    pot = { people: inPot.length, total: sum(inPot.map(({ total }) => total)) };
    unitsInPot = new Set(inPot.map(({ unit }) => unit?.code)).size;
  }

  fact('a clerk who is signed out is asked who they are, and then sees their work', async () => {
    const context = await contextOf('unit-clerk');
    const page = await context.newPage();
    await page.goto('/');
    await see(page.getByRole('heading', { name: 'Đăng nhập' }));
    await lookAt(page, 'dang-nhap');
    await fillLogin(page, 'unit-clerk');
    await see(page.getByRole('heading', { level: 1, name: 'Việc của tôi' }));
    await lookAt(page, 'clerk-empty-home');
  });

  fact(
    'the template comes down as .xlsx, and the faulty example shows every planted fault at once, by its cell',
    async () => {
      const clerk = await as('unit-clerk');
      await stage(clerk, 'Tiếp nhận');
      await lookAt(clerk, 'clerk-intake-empty');
      const template = await download(clerk, () => clerk.getByRole('link', { name: /^Tải mẫu danh sách/ }).click());
      expect(template.name).toBe('mau-danh-sach.xlsx');
      expect((await readSheets(template.bytes)).outcome).toBe('sheets');
      const faulty = await download(clerk, () => clerk.getByRole('link', { name: /lỗi khác nhau/ }).click());
      await upload(clerk, faulty);
      const rows = await clerk
        .getByRole('region', { name: 'Lỗi cần sửa' })
        .getByRole('row')
        .filter({ has: clerk.getByRole('cell') })
        .allInnerTexts();
      const cells = rows.map((row) => row.split('\t')).map(([sheet, , cell]) => `${sheet}!${cell}`);
      expect(cells.toSorted()).toEqual(plantedFaults.map(({ sheet, cell }) => `${sheet}!${cell}`).toSorted());
      await lookAt(clerk, 'clerk-faults');
    },
  );

  fact('on a slow line, an upload that breaks off stores nothing, and sent again it is read', async () => {
    // Apart from the others, for the broken line is an error in the console.
    const context = await browser.newContext({ baseURL: server.url, acceptDownloads: true, locale: 'vi-VN' });
    context.setDefaultTimeout(waitMilliseconds);
    const clerk = await context.newPage();
    await clerk.goto('/');
    await fillLogin(clerk, 'unit-clerk');
    await stage(clerk, 'Tiếp nhận');
    const listed = async () => clerk.getByRole('region', { name: 'Danh sách đã tải lên' }).getByRole('row').count();
    const before = await listed();
    const faulty = await download(clerk, () => clerk.getByRole('link', { name: /lỗi khác nhau/ }).click());
    // Another file than the one before: its archive has a comment at its end.
    const again = { name: 'lại.xlsx', bytes: Buffer.concat([faulty.bytes.subarray(0, -2), Buffer.from([1, 0, 32])]) };
    await clerk.route('**/tiep-nhan', (route) => route.abort('connectionreset'), { times: 1 });
    await clerk.getByLabel('Chọn tệp danh sách đã điền').setInputFiles(sheetFile(again));
    await Promise.all([
      clerk.waitForEvent('requestfailed', (request) => request.method() === 'POST'),
      clerk.getByRole('button', { name: 'Tải lên để kiểm tra' }).click({ noWaitAfter: true }),
    ]);
    await clerk.waitForURL(/^chrome-error:/);
    await clerk.goto('/tiep-nhan');
    expect(await listed()).toBe(before);
    const line = await context.newCDPSession(clerk);
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 400,
      downloadThroughput: 30 * 1024,
      uploadThroughput: 10 * 1024,
    });
    await upload(clerk, again);
    await see(clerk.getByText(`${plantedFaults.length} lỗi`));
    await clerk.goto('/tiep-nhan');
    expect(await listed()).toBe(before + 1);
    await context.close();
  });

  fact('the clean list of 120 is read without a fault and submitted', async () => {
    const clerk = await as('unit-clerk');
    await stage(clerk, 'Tiếp nhận');
    const clean = await download(clerk, () => clerk.getByRole('link', { name: /120 người, không lỗi/ }).click());
    await computeApart(clean.bytes);
    await upload(clerk, clean);
    expect(everyone.people).toBe(120);
    await lookAt(clerk, 'clerk-clean-list');
    await press(clerk, `Gửi ${everyone.people} người để Sở Nội vụ thẩm định`);
    await see(clerk.getByText(`Đã gửi ${everyone.people} người để Sở Nội vụ thẩm định.`));
    await lookAt(clerk, 'clerk-submitted');
  });

  fact('Home Affairs appraises at once whoever has nothing to look at, and then the ticked rest', async () => {
    const officer = await as('home-affairs-officer');
    await see(officer.getByRole('listitem').filter({ hasText: `${everyone.people} người` }));
    await officer.getByRole('link', { name: 'Hồ sơ chờ thẩm định' }).click();
    await see(officer.getByText(`${everyone.people} hồ sơ được hưởng`));
    expect(await text(officer)).toContain(formatDong(everyone.total));
    await lookAt(officer, 'home-affairs-exceptions');
    await press(officer, /^Thẩm định \d+ hồ sơ không có điểm cần xem/);
    let appraised = 0;
    for (;;) {
      const note = officer.getByText(/^Đã thẩm định \d+ hồ sơ\./);
      await see(note);
      appraised += Number(/\d+/.exec(await note.innerText())?.[0]);
      await officer.getByRole('link', { name: 'Tiếp tục' }).click();
      await see(officer.getByRole('heading', { level: 1, name: 'Tính chế độ' }));
      const ticks = await officer.getByRole('checkbox', { name: /^Chọn / }).all();
      if (ticks.length === 0) break;
      for (const tick of ticks) await tick.check();
      await press(officer, 'Thẩm định các hồ sơ đã đánh dấu');
    }
    expect(appraised).toBe(everyone.people);
  });

  fact('Finance freezes the province’s list with the computed people and sum', async () => {
    const officer = await as('finance-officer');
    await officer.getByRole('link', { name: 'Hồ sơ đã thẩm định, chờ lập đợt' }).click();
    await lookAt(officer, 'finance-pots');
    await press(officer, `Chốt danh sách ${words(pot)}`);
    await see(officer.getByRole('heading', { level: 1, name: /^Đợt chi trả / }));
    batchPath = new URL(officer.url()).pathname;
    expect(batchPath).toMatch(/^\/dot\/[\w-]+$/);
    await see(officer.getByText(words(pot), { exact: true }));
    await lookAt(officer, 'finance-batch-frozen');
  });

  /** The link in the newest mail to this person, as the mailbox page shows it. */
  function mailTo(page: Page, mail: string): Promise<string> {
    const link = page
      .getByRole('article')
      .filter({ hasText: `${mail}@` })
      .getByRole('link')
      .first();
    return until(
      page,
      '/hop-thu',
      async () => ((await link.count()) === 0 ? undefined : ((await link.getAttribute('href')) ?? undefined)),
      `a mail to ${mail}`,
    );
  }

  fact('the mailed link leads the Home Affairs leader through the sign-in to the batch', async () => {
    const context = await contextOf('home-affairs-leader');
    const leader = await as('home-affairs-leader');
    const link = await mailTo(leader, 'lanhdao.noivu');
    await press(leader, 'Đăng xuất');
    await see(leader.getByRole('button', { name: 'Đăng nhập' }));
    await leader.goto(link);
    await see(leader.getByRole('button', { name: 'Đăng nhập' }));
    await fillLogin(leader, 'home-affairs-leader');
    await see(leader.getByRole('heading', { level: 1, name: /^Đợt chi trả / }));
    expect(new URL(leader.url()).pathname).toBe(batchPath);
    expect(context.pages()).toHaveLength(1);
  });

  fact('the Home Affairs leader takes one person out with a reason and confirms the others', async () => {
    const leader = await as('home-affairs-leader');
    // The recomputation may still run when the mail is opened.
    const outBoxes = leader.getByRole('checkbox', { name: /^Đưa .+ ra$/ });
    await until(
      leader,
      batchPath,
      async () => ((await outBoxes.count()) > 0 ? true : undefined),
      'the list to decide on',
    );
    await lookAt(leader, 'leader-decides');
    const row = leader.getByRole('row').filter({ has: outBoxes }).first();
    const amount = /\d{1,3}(?:\.\d{3})+/.exec((await row.getByRole('cell').nth(1).innerText()).trim())?.[0] ?? '';
    takenOut = { people: 1, total: BigInt(amount.replaceAll('.', '')) };
    await row.getByRole('checkbox', { name: /^Đưa .+ ra$/ }).check();
    await row.getByRole('textbox').fill('Thiếu bản xác nhận thời gian đóng BHXH');
    await press(leader, `Xác nhận trên hệ thống: ${words(pot)}, trừ người được đánh dấu`);
    batch = less(pot, takenOut);
    await see(leader.getByText(words(batch), { exact: true }));
    await see(leader.getByText('Đưa ra 1 người: Thiếu bản xác nhận thời gian đóng BHXH.'));
    await lookAt(leader, 'leader-decided');
  });

  fact('a link that was sent to someone else tells the Finance leader so', async () => {
    const leader = await as('finance-leader');
    await leader.goto(await mailTo(leader, 'lanhdao.noivu'));
    await see(leader.getByRole('alert').getByText('Liên kết này được gửi cho người khác.'));
    await lookAt(leader, 'leader-link-of-another');
  });

  fact('the Finance leader confirms the money by their own link', async () => {
    const leader = await as('finance-leader');
    await leader.goto(await mailTo(leader, 'lanhdao.taichinh'));
    await see(leader.getByRole('heading', { level: 1, name: /^Đợt chi trả / }));
    await press(leader, `Xác nhận trên hệ thống: ${words(batch)}, trừ người được đánh dấu`);
    await see(leader.getByText(/Thẩm định kinh phí: Đặng Thị Hải Yến/));
  });

  fact(
    'a provincial decision with a wrong total is refused and keeps what was written; the right one is recorded',
    async () => {
      const officer = await as('finance-officer');
      await goHome(officer);
      await officer.getByRole('link', { name: 'Đợt chờ ghi quyết định của UBND tỉnh' }).click();
      const field = (label: string) => officer.getByLabel(label, { exact: true });
      const written: readonly (readonly [label: string, value: string])[] = [
        ['Số quyết định', '3456/QĐ-UBND'],
        ['Ngày quyết định', today],
        ['Người ký', 'Phó Chủ tịch UBND tỉnh'],
        ['Số người ghi trong quyết định', String(batch.people)],
        ['Tổng kinh phí ghi trong quyết định (đồng)', formatDong(batch.total + 1n)],
      ];
      for (const [label, value] of written) await field(label).fill(value);
      await field('Bản quét quyết định (PDF, ảnh)').setInputFiles(pdf);
      await press(officer, `Ghi quyết định cho ${words(batch)}`);
      await see(officer.getByRole('alert').getByText('phải khớp từng đồng'));
      for (const [label, value] of written) expect(await field(label).inputValue(), label).toBe(value);
      await lookAt(officer, 'finance-decision-refused');
      await field('Tổng kinh phí ghi trong quyết định (đồng)').fill(formatDong(batch.total));
      await field('Bản quét quyết định (PDF, ảnh)').setInputFiles(pdf);
      await press(officer, `Ghi quyết định cho ${words(batch)}`);
      await see(officer.getByText(/UBND tỉnh phê duyệt: Quyết định số 3456\/QĐ-UBND/));
    },
  );

  fact('the unit without an estimate waits until Finance records one', async () => {
    const officer = await as('finance-officer');
    const unit = sampleUnits()[1];
    const states = officer.getByRole('region', { name: 'Khoản chi theo trạng thái' });
    const shows = async (name: string) => (await states.getByText(name).count()) > 0;
    await until(
      officer,
      '/chi-tra',
      async () =>
        (await shows('Chờ giao dự toán')) && !(await shows('Đã có quyết định, đang lập khoản chi')) ? true : undefined,
      'everyone either ordered or waiting for the estimate',
    );
    await see(officer.getByRole('region', { name: 'Đơn vị chờ giao dự toán' }).getByText(unit?.name ?? '–'));
    await lookAt(officer, 'finance-estimate-missing');
    await officer.getByLabel('Đơn vị', { exact: true }).selectOption({ label: unit?.name ?? '' });
    await officer.getByLabel('Nguồn', { exact: true }).selectOption({ label: 'Nguồn cải cách tiền lương' });
    await officer.getByLabel('Số tiền (đồng)', { exact: true }).fill('500.000.000.000');
    await officer.getByLabel('Số văn bản giao dự toán').fill('2226/QĐ-TTg');
    await officer.getByLabel('Ngày văn bản').fill(today);
    await press(officer, 'Ghi dự toán');
    await until(
      officer,
      '/chi-tra',
      async () => ((await shows('Chờ giao dự toán')) || !(await shows('Chờ đơn vị lập')) ? undefined : true),
      'orders for everyone',
    );
  });

  /** Does the same on the slip of every unit, as the person’s own work list leads there. */
  async function work(role: Role, duty: string, act: (page: Page, index: number) => Promise<void>): Promise<void> {
    const page = await as(role);
    for (let done = 0; done < unitsInPot; done += 1) {
      const link = page.getByRole('link', { name: duty });
      await until(page, '/', async () => ((await link.count()) > 0 ? true : undefined), duty);
      await link.first().click();
      await see(page.getByRole('heading', { level: 1, name: 'Chứng từ chi trả của đơn vị' }));
      await act(page, done);
    }
    await goHome(page);
    expect(await page.getByRole('link', { name: duty }).count()).toBe(0);
  }

  fact('three people of each unit sign its slip, and the clerk records that it was sent', async () => {
    await work('unit-clerk', 'Chứng từ chờ đồng chí lập', async (page, index) => {
      const form09 = await download(page, () =>
        page.getByRole('button', { name: 'Tải Danh sách người hưởng (Mẫu số 09), bảng tính' }).click(),
      );
      expect((await readSheets(form09.bytes)).outcome).toBe('sheets');
      if (index === 0) await lookAt(page, 'clerk-slip');
      await press(page, /^Xác nhận với vai trò người lập/);
      await see(page.getByText('● Người lập: Hồ Thị Mai Lan'));
    });
    await work('unit-chief-accountant', 'Chứng từ chờ kế toán trưởng', async (page) => {
      await press(page, /^Xác nhận với vai trò kế toán trưởng/);
      await see(page.getByText('● Kế toán trưởng: Võ Đình Khang'));
    });
    await work('unit-account-holder', 'Chứng từ chờ chủ tài khoản', async (page) => {
      await press(page, /^Xác nhận với vai trò chủ tài khoản/);
      await see(page.getByText('● Chủ tài khoản: Phan Thị Ngọc Bích'));
    });
    await work('unit-clerk', 'Chứng từ đã đủ chữ ký', async (page, index) => {
      await page.getByLabel('Số hồ sơ dịch vụ công').fill(`DVC-${index + 1}`);
      await page.getByLabel('Ngày gửi').fill(today);
      if (index === 0) await lookAt(page, 'clerk-slip-to-send');
      await press(page, 'Ghi nhận đã gửi Kho bạc');
      await see(page.getByRole('heading', { name: 'Đã gửi Kho bạc' }));
    });
  });

  /** What the Treasury’s file says, read apart from the server: sums by its words for outcomes. */
  async function outcomesOf(file: Buffer): Promise<ReadonlyMap<string, Sum>> {
    const read = await readSheets(file);
    if (read.outcome === 'refused') throw new Error(read.why.vi);
    const sums = new Map<string, Sum>();
    for (const { cells } of read.sheets[0]?.rows ?? []) {
      const [number, , amount, outcome] = [1, 2, 3, 4].map(
        (column) => cells.find((cell) => cell.column === column)?.text,
      );
      if (!/^\d+$/.test(number ?? '') || !/^\d+$/.test(amount ?? '') || outcome === undefined) continue;
      const known = sums.get(outcome) ?? { people: 0, total: 0n };
      sums.set(outcome, { people: known.people + 1, total: known.total + BigInt(amount ?? '0') });
    }
    return sums;
  }

  fact('Finance imports the simulated Treasury’s file: what is credited and what came back', async () => {
    const officer = await as('finance-officer');
    await officer.getByRole('link', { name: 'Kho bạc mô phỏng' }).click();
    await see(officer.getByRole('heading', { level: 1, name: 'Kho bạc mô phỏng' }));
    const file = await download(officer, () => officer.getByRole('link', { name: 'Tệp kết quả mới nhất' }).click());
    const outcomes = await outcomesOf(file.bytes);
    const rows = [...outcomes.values()].reduce((count, { people }) => count + people, 0);
    await stage(officer, /^Chi trả/);
    await officer.getByLabel('Tệp kết quả (.xlsx, .xls, .csv, .xml)').setInputFiles(sheetFile(file));
    await press(officer, 'Nhập kết quả');
    await see(officer.getByText(`Đã ghi ${rows} kết quả`));
    await lookAt(officer, 'finance-import-done');
    await officer.getByRole('link', { name: 'Về trang Chi trả' }).click();
    await see(officer.getByRole('heading', { level: 1, name: 'Chi trả' }));
    const states = await officer.getByRole('region', { name: 'Khoản chi theo trạng thái' }).innerText();
    const ofState = (name: string): Sum => {
      const [, people, total] =
        states
          .split('\n')
          .map((line) => line.split('\t'))
          .find(([first]) => first?.includes(name)) ?? [];
      return { people: Number(people ?? 0), total: BigInt((total ?? '0').replaceAll('.', '')) };
    };
    credited = ofState('Đã nhận tiền');
    const refused = ofState('Kho bạc từ chối thanh toán');
    const returned = ofState('Ngân hàng chuyển trả');
    cameBack = { people: refused.people + returned.people, total: refused.total + returned.total };
    const byPeople = (one: Sum, other: Sum) => one.people - other.people || Number(one.total - other.total);
    expect([...outcomes.values()].toSorted(byPeople)).toEqual([credited, refused, returned].toSorted(byPeople));
    expect(cameBack.people).toBeGreaterThan(1);
    await lookAt(officer, 'finance-came-back');
  });

  fact(
    'a returned payment is corrected by the clerk, confirmed by the chief accountant and ordered again',
    async () => {
      const clerk = await as('unit-clerk');
      await stage(clerk, /^Chi trả/);
      const back = clerk
        .getByRole('region', { name: 'Bị từ chối, chuyển trả' })
        .getByRole('row')
        .filter({ hasText: 'Ngân hàng chuyển trả' })
        .first();
      const amount = /\d{1,3}(?:\.\d{3})+/.exec(await back.innerText())?.[0] ?? '';
      mended = { people: 1, total: BigInt(amount.replaceAll('.', '')) };
      await back.getByRole('link').click();
      await see(clerk.getByRole('heading', { name: 'Việc cần làm' }));
      returnedPath = new URL(clerk.url()).pathname;
      await lookAt(clerk, 'clerk-mends');
      await clerk.getByLabel('Số tài khoản mới').fill('7012345678');
      await clerk.getByLabel('Lý do', { exact: true }).fill('Tài khoản cũ đã đóng');
      await clerk.getByLabel('Đơn đề nghị có chữ ký (PDF, ảnh)').setInputFiles(pdf);
      await press(clerk, 'Đề nghị sửa tài khoản');
      await see(clerk.getByText('Chờ kế toán trưởng của đơn vị xác nhận.'));

      const accountant = await as('unit-chief-accountant');
      await goHome(accountant);
      await accountant.getByRole('link', { name: 'Tài khoản mới chờ người thứ hai xác nhận' }).click();
      await see(accountant.getByText('7012345678'));
      await lookAt(accountant, 'accountant-confirms-account');
      await press(accountant, 'Xác nhận tài khoản mới đúng với đơn');
      await see(accountant.getByText('Tài khoản đã sửa; chờ Sở Tài chính lập khoản chi lại.'));

      const officer = await as('finance-officer');
      await goHome(officer);
      await officer.getByRole('link', { name: 'Tài khoản đã sửa, chờ lập khoản chi lại' }).click();
      await lookAt(officer, 'finance-orders-again');
      await press(officer, 'Lập khoản chi lại vào tài khoản mới');
      await until(
        officer,
        returnedPath,
        async () => ((await officer.getByText('Chờ đơn vị lập, ký chứng từ').count()) > 0 ? true : undefined),
        'the new order',
      );
    },
  );

  fact('leadership sees how many have the money, every đồng in one place, and nobody’s name', async () => {
    const leadership = await as('leadership');
    await stage(leadership, 'Hoàn thành');
    const page = await text(leadership);
    expect(page).toContain(`${credited.people} trên ${everyone.people} người đã nhận tiền`);
    const returned = less(cameBack, mended);
    const notOrdered = less(everyone, batch);
    const inFlight = less(less(batch, credited), returned);
    const rows = [
      ['Đã nhận tiền', credited],
      ['Bị từ chối, chuyển trả', returned],
      ['Đang thanh toán', inFlight],
      ['Chưa lập khoản chi', notOrdered],
    ] as const;
    const rowOf = async (of: Page, name: string) => {
      const table = of.getByRole('region', { name: 'Mọi người, mọi đồng, mỗi bên một chỗ' });
      const cells = (await table.getByRole('row').filter({ hasText: name }).innerText()).trim().split('\t');
      return cells.slice(1).map((cell) => cell.trim());
    };
    // Sums of one or two people are told to whoever may see who they are, and to nobody else.
    const finance = await as('finance-officer');
    await finance.goto('/hoan-thanh');
    for (const [name, { people, total }] of rows) {
      expect(await rowOf(finance, name)).toEqual([String(people), formatDong(total)]);
      const [told, sumTold] = await rowOf(leadership, name);
      expect([told, people === 1 || people === 2 ? sumTold : 'ẩn']).toEqual([String(people), 'ẩn']);
    }
    expect(namesOfPeople.filter((name) => page.includes(name))).toEqual([]);
    await lookAt(leadership, 'leadership-completion');
  });

  /** Without it an inspector sees nobody's data. */
  async function stateMandate(inspector: Page): Promise<void> {
    await inspector.goto('/ngon-ngu/vi?tro-lai=/kiem-tra');
    const number = inspector.getByLabel('Số quyết định thanh tra, kiểm tra, kiểm toán');
    if ((await number.count()) === 0) return;
    await number.fill('12/QĐ-TTr');
    await inspector.getByLabel('Ngày quyết định').fill('2025-11-03');
    await inspector.getByLabel('Phạm vi kiểm tra').fill('Mọi đơn vị chi trả, năm 2025');
    await press(inspector, 'Bắt đầu kiểm tra theo quyết định này');
  }

  /** Every page this role can reach by links, one of each kind, in one language. */
  async function survey(role: Role, language: 'vi' | 'en'): Promise<readonly string[]> {
    const page = await as(role);
    if (role === 'inspector') await stateMandate(page);
    const todo = ['/'];
    const kinds = new Set(['/']);
    for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
      await page.goto(`/ngon-ngu/${language}?tro-lai=${encodeURIComponent(path)}`);
      expect(new URL(page.url()).pathname).toBe(path);
      expect(await page.evaluate<string>('document.documentElement.lang')).toBe(language);
      await lookAt(page, `${language}-${role}-${templateOf(page.url()).replaceAll(':', 'x')}`);
      // Mails to others lead where this role may not go.
      if (path === '/hop-thu') continue;
      const links = await page.evaluate<readonly string[]>(
        `[...document.querySelectorAll('a[href]:not([download])')].map((one) => new URL(one.href).pathname)`,
      );
      for (const link of links) {
        const kind = templateOf(new URL(link, server.url).href);
        if (kinds.has(kind) || /^\/(?:ngon-ngu|lien-ket|dang-nhap)\//.test(link)) continue;
        kinds.add(kind);
        todo.push(link);
      }
    }
    return [...kinds].toSorted();
  }

  test('every kind of page that a role can reach is looked at in both languages', { timeout: 480_000 }, async () => {
    const reached = new Map<Role, readonly string[]>();
    const left = [...roles];
    await Promise.all(
      Array.from({ length: 3 }, async () => {
        for (let role = left.shift(); role !== undefined; role = left.shift()) {
          const inVietnamese = await survey(role, 'vi');
          expect(await survey(role, 'en'), role).toEqual(inVietnamese);
          reached.set(role, inVietnamese);
        }
      }),
    );
    expect(reached.get('finance-officer')).toEqual(
      expect.arrayContaining([
        '/',
        '/chi-tra',
        '/chung-tu/:',
        '/diem-chua-thong-nhat',
        '/dot',
        '/dot/:',
        '/ho-so/:',
        '/hoan-thanh',
        '/kho-bac',
        '/luat',
        '/thu',
      ]),
    );
    expect(reached.get('administrator')).toEqual(expect.arrayContaining(['/tai-khoan', '/tai-khoan/:']));
    expect(reached.get('unit-clerk')).toEqual(expect.arrayContaining(['/tiep-nhan', '/tiep-nhan/:', '/tinh-che-do']));
  });

  test.skipIf(!hasPoppler)(
    'the completion page prints whole in both languages, and its chart with its table',
    async () => {
      const page = await as('leadership');
      for (const language of ['vi', 'en'] as const) {
        await page.goto(`/ngon-ngu/${language}?tro-lai=/hoan-thanh`);
        expect(await page.evaluate<number>(`document.querySelectorAll('figure svg').length`)).toBeGreaterThan(0);
        expect(await page.evaluate<number>(`document.querySelectorAll('figure:not(:has(table))').length`)).toBe(0);
        const answer = await page.locator('p.answer').innerText();
        const heads = await page.locator('figure table thead th').allTextContents();
        const printed = printedText(await page.pdf({ format: 'A4' }));
        expect(printed).toContain(answer.replaceAll(/\s+/g, ' ').slice(0, 40));
        expect(heads.length).toBe(6);
        for (const head of heads) expect(printed).toContain(head.trim());
        // What leads elsewhere stays on the screen.
        expect(printed).not.toContain(language === 'vi' ? 'Các con số của pháp luật' : 'The numbers of the law');
      }
      await page.goto('/ngon-ngu/vi?tro-lai=/hoan-thanh');
    },
  );

  test('no page wrote an error to the console', () => {
    expect(found.console).toEqual([]);
  });

  test('only the two acts that had to be refused were', () => {
    expect(found.responses).toEqual(['409 /lien-ket/:', '422 /dot/:/quyet-dinh']);
  });

  test('no page scrolls sideways, on a desk or on a phone', () => {
    expect(found.looked.length).toBeGreaterThan(100);
    expect(found.scrolls).toEqual([]);
  });

  test('axe finds nothing serious or critical on any page', () => {
    expect(found.axe).toEqual([]);
  });

  test('no English word is left on a Vietnamese page, and no gap in a sentence', () => {
    expect(found.words).toEqual([]);
  });
});
