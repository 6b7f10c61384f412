/** The registers over HTTP: downloaded, changed, checked, confirmed; who keeps which; what an account sees of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSheets } from '../../../functions/papers/sheet-writer.ts';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { allMatches, type Page, signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { sampleUnits } from '../../../infra/local/samples.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import { readReorganisations, type Reorganisation, reorganisationStream } from '../../../shared/case/reorganisation.ts';
import { cellAddress } from '../../../shared/case/sheet.ts';
import { lacksOf, readUnits, type Unit, unitStream } from '../../../shared/case/unit.ts';
import { sha256 } from '../../../shared/hash.ts';
import { readRegister, type RegisterReading } from '../../../shared/intake/read-register.ts';
import { type UnitColumn, unitColumns, unitsSheet } from '../../../shared/intake/register-columns.ts';
import { registerSheets } from '../../../shared/intake/register-sheets.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'units-'));
const visitors = new Map<string, Visitor>();
const [first = expect.fail(), second = expect.fail(), third = expect.fail()] = sampleUnits();
let server: RunningServer;
let store: SqliteStore;

beforeAll(async () => {
  const made = await openProvince({ people: 1, folder });
  const clerk = { id: 'clerk-of-one', name: 'Một Đơn Vị', email: 'mot@x.example', role: 'unit-clerk' } as const;
  await made.home.accounts.add({ ...clerk, units: [second.code] }, 'a long password');
  await made.close();
  const dataDirectory = join(folder, 'data');
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'units' });
  store = openSqliteStore(join(dataDirectory, 'histories.sqlite'));
  for (const { account, password } of demoAccounts([])) {
    visitors.set(account.role, await signIn(server.url, account.email, password));
  }
  visitors.set(clerk.id, await signIn(server.url, clerk.email, 'a long password'));
});

afterAll(async () => {
  await server.stop();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const as = (who: string): Visitor => visitors.get(who) ?? expect.fail(`nobody is signed in as ${who}`);
const finance = () => as('finance-officer');
const homeAffairs = () => as('home-affairs-officer');

async function upload(who: Visitor, bytes: Uint8Array, name = 'so-dang-ky.xlsx'): Promise<Page> {
  await who.get('/don-vi');
  return who.afterJob(await who.post('/don-vi', { file: { name, bytes } }));
}

/** Presses the button of a dry run, for the changes that the page showed. */
async function confirm(who: Visitor, { url, html }: Page): Promise<Page> {
  const [seen = expect.fail('nothing to confirm')] = allMatches(html, /name="seen" value="(\w+)"/);
  return who.post(url, { seen });
}

const download = async (who: Visitor): Promise<Uint8Array> => (await who.get('/don-vi/so-dang-ky.xlsx')).bytes;

async function readingOf(bytes: Uint8Array): Promise<RegisterReading> {
  const read = await readSheets(bytes);
  if (read.outcome === 'refused') return expect.fail(read.why.vi);
  const reading = readRegister(read.sheets, new Map());
  return 'outcome' in reading ? expect.fail(reading.why.vi) : reading;
}

/** Under the title and the heading. */
const firstRow = 3;

/** The downloaded register with other values in the row of a unit. */
async function withUnit({ code }: Unit, changes: Readonly<Partial<Record<UnitColumn, string>>>): Promise<Uint8Array> {
  const bytes = await download(finance());
  const workbook = new Workbook();
  await workbook.xlsx.load(bytes);
  const sheet = workbook.getWorksheet(unitsSheet) ?? expect.fail();
  const row = firstRow + (await readingOf(bytes)).units.findIndex((unit) => unit.code === code);
  for (const [index, { key }] of unitColumns.entries()) {
    const value = changes[key];
    if (value !== undefined) sheet.getCell(cellAddress({ column: index + 1, row })).value = value;
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer({ validate: false }));
}

const fileOf = async (units: readonly Unit[], documents: readonly Reorganisation[]) =>
  writeSheets(registerSheets(units, documents));
const registered = async (code: string) => (await readUnits(store)).get(code);
const written = async () => [(await store.read(unitStream)).length, (await store.read(reorganisationStream)).length];
/** The sentence in the box of problems. */
const problemOf = ({ html }: Page) => textOf(/role="alert"[^>]*>([\s\S]*?)<\/div>/.exec(html)?.[1] ?? '');

const document: Reorganisation = {
  number: '777/NQ-HĐND',
  on: '2025-02-20',
  effectiveOn: '2025-03-01',
  title: 'Sắp xếp các cơ quan chuyên môn',
  bodies: ['Sở Xây dựng cũ', 'Sở Giao thông cũ'],
};

describe('the register of units, from its download to its change', () => {
  test('is downloaded as it is registered, and uploaded unchanged changes nothing', async () => {
    const { units, documents, faults } = await readingOf(await download(finance()));
    expect([units, faults]).toEqual([[...(await readUnits(store)).values()], []]);
    expect(documents).toEqual(await readReorganisations(store));
    const page = await upload(finance(), await download(finance()));
    expect([page.status, textOf(page.html)]).toEqual([
      200,
      expect.stringMatching(/0 dòng sẽ được ghi; 0 chỗ có lỗi.*\d+ dòng chưa có mã.*Không có gì để ghi/),
    ]);
    expect(textOf(page.html)).toMatch(new RegExp(`0 mới, 0 thay đổi, ${units.length} giữ nguyên`));
    expect(page.html).not.toMatch(/name="seen"/);
  });

  test('is checked first: the page tells each change, and nothing is recorded', async () => {
    const before = await written();
    const page = await upload(finance(), await withUnit(first, { treasuryAccount: '', hasChiefAccountant: 'Không' }));
    expect(page.url).toMatch(/^\/don-vi\/kiem-tra\/[0-9a-f]{64}$/);
    expect(textOf(page.html)).toMatch(
      new RegExp(
        `1 dòng sẽ được ghi.*0 mới, 1 thay đổi.*${first.code} ${first.name}: ` +
          `Tài khoản tại Kho bạc ${first.treasuryAccount} → \\(trống\\); Có kế toán trưởng Có → Không; .*Ghi 1 dòng vào sổ`,
      ),
    );
    expect([await written(), await registered(first.code)]).toEqual([before, first]);
  });

  test('is changed on confirmation by whoever confirms, and the page shows what a unit lacks', async () => {
    const [before = 0] = await written();
    const lacking = [...(await readUnits(store)).values()].filter((unit) => lacksOf(unit).length > 0).length;
    const page = await upload(finance(), await withUnit(first, { treasuryAccount: '', hasChiefAccountant: 'Không' }));
    const done = await confirm(finance(), page);
    expect([done.status, textOf(done.html)]).toEqual([
      200,
      expect.stringMatching(
        new RegExp(
          `Đã ghi 1 đơn vị và 0 văn bản sắp xếp\\..*; ${lacking + 1} đơn vị chưa đủ điều kiện chi trả qua Kho bạc`,
        ),
      ),
    ]);
    const entries = await store.read(unitStream);
    expect([entries.length, entries.at(-1)?.by]).toEqual([before + 1, 'demo-finance-officer']);
    expect(await registered(first.code)).toEqual({ ...first, treasuryAccount: '', hasChiefAccountant: false });
    const only = await finance().get('/don-vi?xem=thieu');
    expect(textOf(only.html)).toMatch(
      new RegExp(`${first.code} ${first.name} .*! chưa có tài khoản tại Kho bạc ! chưa có kế toán trưởng`),
    );
    expect([only.html.includes(first.code), only.html.includes(second.code)]).toEqual([true, false]);
  });

  test('is changed once by a page that is confirmed twice', async () => {
    const page = await upload(finance(), await withUnit(third, { chapter: '806' }));
    await confirm(finance(), page);
    const before = await written();
    const again = await confirm(finance(), page);
    expect([again.status, problemOf(again)]).toEqual([422, expect.stringMatching(/đã thay đổi.*Chưa có gì được ghi/)]);
    expect(textOf(again.html)).toMatch(/0 dòng sẽ được ghi.*Không có gì để ghi/);
    expect(await written()).toEqual(before);
  });

  test('takes a commune whose code has come, and says how many are left', async () => {
    const left = async () =>
      Number(/(\d+) trên 130 xã, phường/.exec(textOf((await finance().get('/don-vi')).html))?.[1]);
    const before = await left();
    const cuaLo: Unit = { ...third, code: '1099001', name: 'UBND phường Cửa Lò', level: 'commune', chapter: '805' };
    const done = await confirm(finance(), await upload(finance(), await fileOf([cuaLo], [])));
    expect(textOf(done.html)).toMatch(/Đã ghi 1 đơn vị/);
    expect([await left(), await registered('1099001')]).toEqual([before - 1, cuaLo]);
    expect(textOf(done.html)).toMatch(
      /1099001 UBND phường Cửa Lò Xã, phường · Nhà nước .*Phường Nghi Hải, .*… \(\+1\)/,
    );
  });

  test('with faulty rows: all are told with their cells, and the clean ones can be recorded', async () => {
    const [before = 0] = await written();
    const faulty: Unit = { ...first, code: '10990', chapter: '1' };
    const clean: Unit = { ...second, code: '1099002', name: 'Trung tâm Thử nghiệm', kind: 'other' };
    const page = await upload(finance(), await fileOf([faulty, clean], []));
    expect(textOf(page.html)).toMatch(
      /1 dòng sẽ được ghi; 2 chỗ có lỗi, dòng có lỗi không được ghi.*Cần sửa.*Đơn vị\. Dòng 3, ô A3: "10990" không phải là mã ĐVQHNS.*Dòng 3, ô G3: "1" không phải là mã chương.*1 mới, 0 thay đổi, 0 giữ nguyên.*\+ mới 1099002 Trung tâm Thử nghiệm/,
    );
    await confirm(finance(), page);
    expect([await registered('1099002'), (await store.read(unitStream)).length]).toEqual([clean, before + 1]);
  });
});

describe('Finance keeps the units, Home Affairs the documents', () => {
  const changed: Unit = { ...second, chapter: '807' };

  test('the Home Affairs officer registers a document; a unit changed in the same file is left', async () => {
    const [units, documents = 0] = await written();
    const page = await upload(homeAffairs(), await fileOf([changed], [document]));
    const words = textOf(page.html);
    expect(words).toMatch(
      /1 dòng sẽ được ghi.*Văn bản sắp xếp 1 mới, 0 thay đổi, 0 giữ nguyên.*777\/NQ-HĐND: Sắp xếp các/,
    );
    expect(words).not.toMatch(/Mã chương|thay đổi 1/);
    const done = await confirm(homeAffairs(), page);
    expect(textOf(done.html)).toMatch(
      /Đã ghi 0 đơn vị và 1 văn bản sắp xếp\..*777\/NQ-HĐND 20\/02\/2025 01\/03\/2025 Sắp xếp các cơ quan chuyên môn Sở Xây dựng cũ, Sở Giao thông cũ/,
    );
    expect(await written()).toEqual([units, documents + 1]);
    expect([await registered(second.code), (await readReorganisations(store)).at(-1)]).toEqual([second, document]);
  });

  test('the Finance officer changes the unit; a document changed in the same file is left', async () => {
    const [units = 0, documents] = await written();
    const page = await upload(finance(), await fileOf([changed], [{ ...document, title: 'Khác' }]));
    expect(textOf(page.html)).toMatch(/1 dòng sẽ được ghi.*Mã chương \d+ → 807;/);
    expect(textOf(page.html)).not.toMatch(/Khác/);
    expect(textOf((await confirm(finance(), page)).html)).toMatch(/Đã ghi 1 đơn vị và 0 văn bản/);
    expect(await written()).toEqual([units + 1, documents]);
  });

  test('a document that is changed tells its fields', async () => {
    const page = await upload(
      homeAffairs(),
      await fileOf([], [{ ...document, title: 'Hợp nhất các sở', bodies: ['Sở A', 'Sở B'] }]),
    );
    expect(textOf(page.html)).toMatch(
      /Trích yếu Sắp xếp các cơ quan chuyên môn → Hợp nhất các sở; Cơ quan được sắp xếp Sở Xây dựng cũ; Sở Giao thông cũ → Sở A; Sở B;/,
    );
  });

  test('others see the registers, and have no form to change them', async () => {
    for (const who of ['finance-leader', 'home-affairs-leader', 'inspector']) {
      const page = await as(who).get('/don-vi');
      expect([who, page.status, page.html.includes(first.name), page.html.includes('type="file"')]).toEqual([
        who,
        200,
        true,
        false,
      ]);
      const refused = await as(who).post('/don-vi', { file: { name: 'x.xlsx', bytes: await fileOf([changed], []) } });
      expect([who, refused.status]).toEqual([who, 403]);
    }
  });

  test('each of the two has the form, with the sheet that is theirs to change', async () => {
    expect(textOf((await finance().get('/don-vi')).html)).toMatch(/sửa sheet Đơn vị rồi tải lên/);
    expect(textOf((await homeAffairs().get('/don-vi')).html)).toMatch(/sửa sheet Văn bản sắp xếp rồi tải lên/);
  });
});

describe('what an account sees of the units', () => {
  const shown = ({ html }: Page) => allMatches(html, /<td>(\d{7})<\/td>/);

  test('a clerk those of the account alone, on the page and in the file, and every document', async () => {
    const page = await as('clerk-of-one').get('/don-vi');
    expect([page.status, shown(page), page.html.includes('type="file"')]).toEqual([200, [second.code], false]);
    expect(textOf(page.html)).toMatch(/1 đơn vị đã đăng ký; 0 đơn vị chưa đủ.*1678\/NQ-UBTVQH15.*777\/NQ-HĐND/);
    expect(textOf(page.html)).not.toMatch(/trên 130 xã/);
    const { units, documents } = await readingOf(await download(as('clerk-of-one')));
    expect([units.map(({ code }) => code), documents]).toEqual([[second.code], await readReorganisations(store)]);
  });

  test('the Party board those of its block', async () => {
    const ofParty = sampleUnits().filter(({ block }) => block === 'party');
    expect(shown(await as('party-board-officer').get('/don-vi'))).toEqual(ofParty.map(({ code }) => code).toSorted());
  });

  test('the departments all of them, by code', async () => {
    const codes = [...(await readUnits(store)).keys()].toSorted();
    expect(shown(await homeAffairs().get('/don-vi'))).toEqual(codes);
  });
});

describe('what is no register', () => {
  const bytesOf = (text: string) => new TextEncoder().encode(text);

  test('an empty form is told so', async () => {
    await finance().get('/don-vi');
    const page = await finance().post('/don-vi', { file: { name: 'x.xlsx', bytes: new Uint8Array() } });
    expect([page.status, problemOf(page)]).toEqual([422, expect.stringMatching(/Chưa chọn tệp/)]);
  });

  test.each<[string, () => Promise<Uint8Array>, RegExp]>([
    ['a text', async () => bytesOf('Mã;Tên'), /không phải là bảng tính Excel/],
    [
      'a workbook without either table',
      async () => writeSheets([{ name: 'Khác', columns: [{ heading: 'Cột', width: 9, kind: 'text' }], rows: [['x']] }]),
      /Không tìm thấy bảng «Đơn vị» hay «Văn bản sắp xếp»\. Hãy tải sổ đăng ký về/,
    ],
  ])('%s is refused with a sentence', async (_what, make, sentence) => {
    const before = await written();
    const page = await upload(finance(), await make());
    expect(problemOf(page)).toMatch(sentence);
    expect(page.html).toContain('href="/don-vi"');
    expect(await written()).toEqual(before);
  });

  test('an address that is none, of no file, or of another file is a clear problem', async () => {
    const before = await written();
    const file = await fileOf([{ ...second, chapter: '809' }], []);
    const checked = await upload(finance(), file);
    const json = bytesOf(JSON.stringify({ units: [{ code: '1' }], documents: [], faults: [], notices: [] }));
    await upload(finance(), json, 'x.csv');
    for (const hash of ['x', '0'.repeat(64), sha256(file), sha256(json), checked.url.slice(-64).toUpperCase()]) {
      const path = `/don-vi/kiem-tra/${hash}`;
      for (const page of [await finance().get(path), await finance().post(path, { count: '1' })]) {
        expect([hash, page.status, problemOf(page)]).toEqual([
          hash,
          422,
          expect.stringMatching(/Không tìm thấy tệp đã kiểm tra\. Hãy tải lên lại\./),
        ]);
      }
    }
    expect(await written()).toEqual(before);
  });

  test('a count that the page did not show confirms nothing', async () => {
    const page = await upload(finance(), await fileOf([{ ...second, chapter: '809' }], []));
    const before = await written();
    for (const count of ['', '0', '2', 'một']) {
      const refused = await finance().post(page.url, { count });
      expect([count, refused.status]).toEqual([count, 422]);
    }
    expect(await written()).toEqual(before);
  });
});

describe('names with markup in them', () => {
  const mark = '<script>alert(1)</script> & "x"';
  const marked: Unit = { ...second, code: '1099003', name: `Sở ${mark}`, kind: 'other', successorOf: [`Ban ${mark}`] };
  const heldApart = ({ html }: Page) => [html.includes('<script>alert'), html.includes('&lt;script&gt;alert(1)')];

  test('stay text in the dry run, in the faults and on the page', async () => {
    const faulty = await upload(finance(), await fileOf([{ ...marked, code: mark }], []));
    expect([heldApart(faulty), textOf(faulty.html).includes('1 chỗ có lỗi')]).toEqual([[false, true], true]);
    const page = await upload(finance(), await fileOf([marked], []));
    expect(heldApart(page)).toEqual([false, true]);
    const done = await confirm(finance(), page);
    expect(heldApart(done)).toEqual([false, true]);
    expect(await registered('1099003')).toEqual(marked);
    expect((await readingOf(await download(finance()))).units).toContainEqual(marked);
    const changed = await upload(finance(), await fileOf([{ ...marked, name: `Chi cục ${mark}` }], []));
    expect(heldApart(changed)).toEqual([false, true]);
  });

  test('in the documents too', async () => {
    const of: Reorganisation = { ...document, number: `9/${mark}`, title: mark, bodies: [`Sở ${mark}`] };
    const page = await upload(homeAffairs(), await fileOf([], [of]));
    expect(heldApart(page)).toEqual([false, true]);
    expect(heldApart(await confirm(homeAffairs(), page))).toEqual([false, true]);
    expect((await readReorganisations(store)).at(-1)).toEqual(of);
  });
});

describe('what was shown is what is recorded', () => {
  test('a dry run of before another upload is refused, and nothing is overwritten', async () => {
    const mine = await upload(finance(), await withUnit(second, { chapter: '811' }));
    const other = await upload(finance(), await withUnit(second, { treasuryAccount: '9523.3.7777777' }));
    expect((await confirm(finance(), other)).status).toBe(200);
    const late = await confirm(finance(), mine);
    expect([late.status, textOf(late.html)]).toEqual([422, expect.stringContaining('Sổ đăng ký đã thay đổi')]);
    expect((await readUnits(store)).get(second.code)).toMatchObject({ treasuryAccount: '9523.3.7777777' });
    expect((await readUnits(store)).get(second.code)?.chapter).not.toBe('811');
  });

  test('a file of the same shape that no reader made opens nothing and records nothing', async () => {
    const made = { units: [{ ...first, code: 'x' }], documents: [], faults: [], notices: [] };
    const bytes = new TextEncoder().encode(JSON.stringify(made));
    await as('unit-clerk').get('/tiep-nhan');
    await as('unit-clerk').post('/tiep-nhan', { file: { name: 'danh-sach.csv', bytes } });
    const path = `/don-vi/kiem-tra/${sha256(bytes)}`;
    await finance().get('/don-vi');
    for (const page of [await finance().get(path), await finance().post(path, { seen: 'x' })]) {
      expect([page.status, textOf(page.html)]).toEqual([
        422,
        expect.stringContaining('Không tìm thấy tệp đã kiểm tra'),
      ]);
    }
    expect((await readUnits(store)).has('x')).toBe(false);
  });
});
