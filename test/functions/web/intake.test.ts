/** A unit's list over HTTP: any file, every fault at once, the file marked, what confirming would do, a corrected list. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { type Page, signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { faultyList, plantedFaults, sampleList, samplePeople, sampleUnits } from '../../../infra/local/samples.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import { lastOfKind } from '../../../shared/case/history.ts';
import { peopleSheet, personColumns, type PersonKey } from '../../../shared/intake/list-columns.ts';
import { cellAddress } from '../../../shared/case/sheet.ts';
import { stateMandate } from '../../mandate.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'intake-'));
const visitors = new Map<string, Visitor>();
let server: RunningServer;
let store: SqliteStore;

beforeAll(async () => {
  // The sample's people of this province are of another seed than those that the tests upload.
  const made = await openProvince({ people: 4, folder });
  await made.close();
  const dataDirectory = join(folder, 'data');
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'intake' });
  store = openSqliteStore(join(dataDirectory, 'histories.sqlite'));
  for (const { account, password } of demoAccounts([])) {
    visitors.set(account.role, await signIn(server.url, account.email, password));
  }
  await stateMandate(as('inspector'));
});

afterAll(async () => {
  await server.stop();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const as = (role: string): Visitor => visitors.get(role) ?? expect.fail(`nobody is signed in as ${role}`);

async function upload(bytes: Uint8Array, name = 'ds.xlsx'): Promise<Page> {
  await as('unit-clerk').get('/tiep-nhan');
  return as('unit-clerk').afterJob(await as('unit-clerk').post('/tiep-nhan', { file: { name, bytes } }));
}

/** Presses a button of the list's page. */
async function press(page: Page, act: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
  const path = page.url.split('?')[0] ?? '';
  return as('unit-clerk').afterJob(await as('unit-clerk').post(`${path}/${act}`, fields));
}

/** Made-up people whose ids and accounts are their own, whatever other lists there are. */
function peopleOf(count: number, seed: number): ReturnType<typeof samplePeople> {
  return samplePeople(count, seed).map((person, index) => {
    const own = String(seed * 100 + index).padStart(6, '0');
    return {
      ...person,
      citizenId: `${person.citizenId.slice(0, 6)}${own}`,
      account: { ...person.account, number: `770000${own}` },
    };
  });
}

const people = peopleOf(6, 4711);
const list = async () => sampleList(people, sampleUnits());
const firstPerson = 4;
const at = (key: PersonKey, index: number) =>
  cellAddress({ column: personColumns.findIndex((column) => column.key === key) + 1, row: firstPerson + index });

/** The list with other values in some cells of the people's sheet. */
async function listWith(changes: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const workbook = new Workbook();
  await workbook.xlsx.load(await list());
  const sheet = workbook.getWorksheet(peopleSheet) ?? expect.fail();
  for (const [cell, value] of Object.entries(changes)) sheet.getCell(cell).value = value;
  return new Uint8Array(await workbook.xlsx.writeBuffer({ validate: false }));
}

async function csvOf(bytes: Uint8Array): Promise<string> {
  const read = await readSheets(bytes);
  if (read.outcome === 'refused') return expect.fail(read.why.vi);
  const lines = read.sheets.slice(0, 2).flatMap(({ rows }) =>
    rows.map(({ cells }) => {
      const last = cells.at(-1)?.column ?? 0;
      const texts = Array.from({ length: last }, (_, index) => cells.find(({ column }) => column === index + 1)?.text);
      return texts.map((text) => (text ?? '').replaceAll(';', ',')).join(';');
    }),
  );
  return lines.join('\r\n');
}

describe('one list, from its first upload to its correction', () => {
  test('is checked without anything being stored, and says what confirming would do', async () => {
    const before = store.entriesAfter(0, 1_000_000).filter(({ stream }) => stream.startsWith('case/')).length;
    const page = await upload(await listWith({ [at('grade', 5)]: '46,5' }));
    expect(textOf(page.html)).toMatch(/Đọc 6 dòng: 5 người không có lỗi, 1 lỗi ở 1 dòng/);
    expect(textOf(page.html)).toMatch(/5 hồ sơ mới được lập.*1 dòng có lỗi chưa được gửi.*Gửi 5 người để Sở Nội vụ/);
    const after = store.entriesAfter(0, 1_000_000).filter(({ stream }) => stream.startsWith('case/')).length;
    expect(after).toBe(before);
    const done = await press(page, 'gui');
    expect(textOf(done.html)).toMatch(/Đã gửi 5 người để Sở Nội vụ thẩm định/);
  });

  test('each fact of a case names the cell it was read from', async () => {
    const { rows } = await store.page({ kind: 'case', limit: 1000 });
    const listId = (await as('unit-clerk').get('/tiep-nhan')).html.match(/href="\/tiep-nhan\/([\w-]{36})"/)?.[1] ?? '';
    const made = rows.filter(({ summary }) => summary['list'] === listId);
    expect(made).toHaveLength(5);
    for (const { stream } of made) {
      const first = (await store.read(stream))[0] ?? expect.fail(stream);
      const { row, periodRows } = JSON.parse(first.data);
      const page = await as('unit-clerk').get(`/ho-so/${stream.slice('case/'.length)}`);
      const words = textOf(page.html);
      expect(words).toMatch(new RegExp(`Ngày sinh .* E${row}, D${row} Đối tượng .* F${row} Nơi công tác .* I${row} `));
      expect(words).toMatch(
        new RegExp(`Tài khoản .* Y${row}, Z${row}, AA${row} .*Nguồn gốc danh sách, sheet «Danh sách», dòng ${row} `),
      );
      expect(page.html).toContain(`href="/tiep-nhan/${listId}"`);
      expect(periodRows.length).toBeGreaterThan(0);
      for (const { row: period } of periodRows) expect(words).toContain(`Quá trình công tác, ${period}`);
    }
  });

  test('the same file again is the same list', async () => {
    const bytes = await listWith({ [at('grade', 5)]: '46,5' });
    const [one, other] = [await upload(bytes), await upload(bytes)];
    expect(one.url).toBe(other.url);
    expect(textOf(other.html)).toMatch(/Tệp này đã được tải lên trước đó/);
  });

  test('corrected, it makes the case that was missing, changes what differs and leaves the rest', async () => {
    const page = await upload(
      await listWith({ [at('leaveOn', 0)]: '02/08/2025', [at('accountNumber', 1)]: '999999999' }),
    );
    const words = textOf(page.html);
    expect(words).toMatch(
      /1 hồ sơ mới được lập.*1 hồ sơ đã có được sửa.*1 hồ sơ khác phải sửa trên trang hồ sơ.*3 người giữ nguyên/,
    );
    expect(words).toMatch(/ngày nghỉ sửa theo danh sách này.*tài khoản giữ nguyên; sửa trên trang hồ sơ/);
    const done = await press(page, 'gui');
    expect(textOf(done.html)).toMatch(
      /Đã gửi 1 người.*Đã sửa 1 hồ sơ.*3 người không thay đổi.*1 dòng khác.*\(dòng 5\)/,
    );
    const corrected = store
      .entriesAfter(0, 1_000_000)
      .filter(({ stream, kind }) => stream.startsWith('case/') && kind === 'facts-corrected');
    expect(corrected.map(({ data }) => JSON.parse(data).facts.leaving.on)).toEqual(['2025-08-02']);
    const history = await store.read(corrected[0]?.stream ?? '');
    expect(lastOfKind(history, 'assessed')?.seq).toBeGreaterThan(corrected[0]?.seq ?? 99);
  });

  test('sent a third time as .csv, it changes nothing more', async () => {
    const csv = await csvOf(await listWith({ [at('leaveOn', 0)]: '02/08/2025' }));
    const page = await upload(new TextEncoder().encode(`\uFEFF${csv}`), 'ds.csv');
    expect(textOf(page.html)).toMatch(/Đọc 6 dòng: 6 người không có lỗi.*0 hồ sơ mới.*6 người giữ nguyên/);
    expect(page.html).not.toMatch(/<button[^>]*>\s*Gửi/);
  });

  test('people of another unit’s case are not told about, and not taken', async () => {
    const elsewhere = samplePeople(4, 7);
    const page = await upload(
      await sampleList(
        elsewhere.map((one) => ({ ...one, payingUnit: sampleUnits()[0]?.code ?? '' })),
        sampleUnits(),
      ),
    );
    expect(textOf(page.html)).not.toMatch(/4 hồ sơ mới/);
  });
});

describe('one person, on a page', () => {
  const unit = sampleUnits()[0]?.code ?? '';
  const typed = {
    fullName: 'Nguyễn Thị Gõ',
    citizenId: '040170888888',
    sex: 'Nữ',
    birth: '12/05/1970',
    subject: 'công chức',
    payingUnit: unit,
    employer: 'Phòng Tổ chức',
    cause: 'sắp xếp tổ chức bộ máy',
    decisionNumber: '88/QĐ-SNV',
    decidedOn: '20/06/2025',
    leaveOn: '1/7/2025',
    reorganisedOn: '01/03/2025',
    grade: '4,65',
    bank: 'Agribank',
    accountNumber: '771234567890',
    holder: 'NGUYEN THI GO',
    'giai-doan-0-from': '06/1995',
    'giai-doan-0-to': '06/2025',
    'giai-doan-0-employer': 'nhà nước',
  };
  let caseId = '';

  test('typed with faults is told each under its field, keeps what was typed, and stores nothing', async () => {
    const clerk = as('unit-clerk');
    await clerk.get('/tiep-nhan/nhap');
    const before = store.entriesAfter(0, 1_000_000).length;
    const page = await clerk.post('/tiep-nhan/nhap', { ...typed, birth: '31/02/1970', 'giai-doan-0-from': '33.6' });
    expect([page.status, textOf(page.html)]).toEqual([
      422,
      expect.stringMatching(
        /Còn 2 chỗ cần sửa.*Không có ngày "31\/02\/1970" trên lịch.*"33.6" không phải là khoảng thời gian/,
      ),
    ]);
    expect(page.html).toMatch(/name="fullName" value="Nguyễn Thị Gõ"/);
    expect(page.html).toMatch(/name="birth" value="31\/02\/1970"[^>]*aria-invalid="true"/);
    expect(page.html).toMatch(/name="giai-doan-0-from" value="33.6"/);
    expect(store.entriesAfter(0, 1_000_000).length).toBe(before);
  });

  test('typed well becomes a list of one, confirmed like any other', async () => {
    const clerk = as('unit-clerk');
    await clerk.get('/tiep-nhan/nhap');
    const page = await clerk.afterJob(await clerk.post('/tiep-nhan/nhap', typed));
    expect(textOf(page.html)).toMatch(/Đọc 1 dòng: 1 người không có lỗi.*1 hồ sơ mới được lập/);
    const done = await press(page, 'gui');
    expect(textOf(done.html)).toMatch(/Đã gửi 1 người/);
    const { rows } = await store.page({ kind: 'case', limit: 1000 });
    caseId = rows.find(({ summary }) => summary['list'] === page.url.split('/')[2])?.stream.slice('case/'.length) ?? '';
    const facts = JSON.parse((await store.read(`case/${caseId}`))[0]?.data ?? '{}').facts;
    expect([facts.person.birth, facts.leaving.on, facts.service[0].from]).toEqual([
      '1970-05-12',
      '2025-07-01',
      '1995-06',
    ]);
  });

  test('is corrected there with a reason and a paper; name and account are not asked', async () => {
    const clerk = as('unit-clerk');
    const path = `/ho-so/${caseId}/sua-tren-trang`;
    const form = await clerk.get(path);
    expect(form.html).toMatch(/name="leaveOn" value="01\/07\/2025"/);
    expect(form.html).toMatch(/name="giai-doan-0-from" value="06\/1995"/);
    expect(form.html).not.toMatch(/name="(fullName|citizenId|accountNumber)"/);
    const changed = { ...typed, leaveOn: '01/08/2025', 'giai-doan-0-to': '07/2025', reason: 'Quyết định đính chính' };
    const without = await clerk.post(path, changed);
    expect([without.status, textOf(without.html)]).toEqual([422, expect.stringMatching(/đính kèm giấy tờ/)]);
    const paper = { name: 'qd.pdf', bytes: new TextEncoder().encode('%PDF-1.4 qd') };
    const done = await clerk.afterJob(
      await clerk.post(path, { ...changed, fullName: 'Kẻ Khác', accountNumber: '999999999', paper }),
    );
    expect(textOf(done.html)).toMatch(/Đã ghi và tính lại/);
    const corrected = lastOfKind(await store.read(`case/${caseId}`), 'facts-corrected');
    const { facts, reason } = JSON.parse(corrected?.data ?? '{}');
    expect([facts.leaving.on, facts.service[0].to, reason]).toEqual(['2025-08-01', '2025-07', 'Quyết định đính chính']);
    expect(textOf((await clerk.get(`/ho-so/${caseId}`)).html)).toMatch(/Nguyễn Thị Gõ.*dữ kiện được sửa ngày/);
  });

  test('has a dossier: what is missing is told, a paper is known by its content and kept once', async () => {
    const clerk = as('unit-clerk');
    const path = `/ho-so/${caseId}`;
    const words = async () => textOf((await clerk.get(path)).html);
    expect(await words()).toMatch(/Có 0 trên 8 loại giấy tờ; còn thiếu: Đơn đề nghị, có chữ ký; Biên bản/);
    const attach = async (kind: string, bytes: Uint8Array, stampedOn = '') =>
      clerk.post(`${path}/giay-to`, { kind, stampedOn, file: { name: 'quet.pdf', bytes } });
    const pdf = (text: string) => new TextEncoder().encode(`%PDF-1.4 ${text}`);
    const refusals = [
      [await attach('application', new TextEncoder().encode('MZ')), /Chỉ nhận tệp PDF, JPEG hoặc PNG/],
      [await attach('application', new Uint8Array(10 * 1024 * 1024 + 1).fill(0x25)), /Chỉ nhận tệp PDF/],
      [await attach('application', pdf('x'.repeat(10 * 1024 * 1024))), /lớn hơn 10 MB/],
      [await attach('insurance-printout', pdf('bhxh')), /Hãy ghi ngày xác nhận/],
      [await attach('insurance-printout', pdf('bhxh'), '2025-01-15'), /xác nhận ngày 15\/01\/2025, quá 3 tháng/],
      [await attach('insurance-printout', pdf('bhxh'), '2199-01-01'), /chưa đến/],
      [await attach('không có', pdf('x')), /Hãy chọn loại giấy tờ/],
    ] as const;
    for (const [page, sentence] of refusals)
      expect([page.status, textOf(page.html)]).toEqual([422, expect.stringMatching(sentence)]);
    expect(await words()).toMatch(/Có 0 trên 8/);
    await attach('application', pdf('đơn'));
    const twice = await attach('application', pdf('đơn'));
    expect(textOf(twice.html)).toMatch(/Có 1 trên 8 loại giấy tờ; còn thiếu: Biên bản/);
    await attach('insurance-printout', pdf('bhxh'), new Date().toISOString().slice(0, 10));
    expect(await words()).toMatch(/Có 2 trên 8/);
    const attached = (await store.read(`case/${caseId}`)).filter(({ kind }) => kind === 'paper-attached');
    expect(attached).toHaveLength(2);
    const { file } = JSON.parse(attached[0]?.data ?? '{}');
    for (const role of ['unit-clerk', 'home-affairs-officer', 'inspector']) {
      const paper = await as(role).get(`${path}/giay-to/${file}`);
      expect([role, new TextDecoder().decode(paper.bytes)]).toEqual([role, '%PDF-1.4 đơn']);
    }
    expect((await clerk.get(`${path}/giay-to/${'0'.repeat(64)}`)).status).toBe(422);
    await clerk.get(path);
    const back = await clerk.post(`${path}/giay-to/bo`, { kind: 'application', file });
    expect(textOf(back.html)).toMatch(/Có 1 trên 8/);
    expect((await clerk.get(`${path}/giay-to/${file}`)).status).toBe(422);
  });

  test('of another unit cannot be opened for correction', async () => {
    expect((await as('unit-clerk').get('/ho-so/khong-co/sua-tren-trang')).status).toBe(404);
  });
});

describe('what two lists have alike', () => {
  const first = peopleOf(3, 555);
  const second = peopleOf(3, 556).map((person, index) => {
    const like = first[index];
    if (like === undefined) return person;
    // The same account under another holder; the same person under another id; nothing alike.
    if (index === 0)
      return { ...person, account: { ...person.account, bank: like.account.bank, number: like.account.number } };
    const { fullName, birth, decisionNumber } = like;
    return index === 1
      ? { ...person, fullName, birth, decisionNumber, account: { ...person.account, holder: fullName } }
      : person;
  });

  async function casesOf(listed: typeof first): Promise<readonly string[]> {
    const page = await upload(await sampleList(listed, sampleUnits()));
    await press(page, 'gui');
    const listId = page.url.split('/')[2] ?? '';
    const { rows } = await store.page({ kind: 'case', limit: 1000 });
    const made = rows
      .filter(({ summary }) => summary['list'] === listId)
      .map(({ stream }) => stream.slice('case/'.length));
    const numbered = await Promise.all(
      made.map(async (id) => [JSON.parse((await store.read(`case/${id}`))[0]?.data ?? '{}').row, id] as const),
    );
    return numbered.toSorted(([one], [other]) => one - other).map(([, id]) => id);
  }

  test('is marked on the later case, named to those who decide on it, and to the unit never', async () => {
    const [before, after] = [await casesOf(first), await casesOf(second)];
    expect([before.length, after.length]).toEqual([3, 3]);
    const seen = async (role: string, id = '') => {
      const page = await as(role).get(`/ho-so/${id}`);
      return [
        /Cần kiểm tra (tài khoản|nhân thân)/.exec(textOf(page.html))?.[1],
        before.find((one) => one !== id && page.html.includes(one)),
      ];
    };
    expect(await seen('finance-officer', after[0])).toEqual(['tài khoản', before[0]]);
    expect(await seen('home-affairs-officer', after[0])).toEqual(['tài khoản', undefined]);
    expect(await seen('unit-clerk', after[0])).toEqual(['tài khoản', undefined]);
    expect(await seen('home-affairs-leader', after[1])).toEqual(['nhân thân', before[1]]);
    expect(await seen('finance-leader', after[1])).toEqual(['nhân thân', undefined]);
    expect(await seen('unit-clerk', after[1])).toEqual(['nhân thân', undefined]);
    expect(await seen('finance-officer', after[2])).toEqual([undefined, undefined]);
    expect(await seen('finance-officer', before[0])).toEqual([undefined, undefined]);
    const parts = await store.page({ kind: 'part', limit: 1000 });
    const marks = parts.rows
      .filter(({ summary }) => after.includes(String(summary['caseId'])))
      .map(({ summary }) => summary['marks']);
    const checks = marks.flat().filter((mark) => String(mark).startsWith('check-'));
    expect(new Set(checks)).toEqual(new Set(['check-account', 'check-person']));
    expect(checks).toHaveLength(2);
  });
});

describe('the letter of submission and the cut-off', () => {
  const scan = { name: 'to-trinh.pdf', bytes: new TextEncoder().encode('%PDF-1.4 tờ trình') };
  let page: Page;

  test('the letter is held against its list, every difference with its number', async () => {
    page = await upload(await sampleList(peopleOf(3, 701), sampleUnits()));
    const path = `${page.url}/to-trinh`;
    const letter = { number: '12/TTr-SQH', on: '2025-08-20', count: '5', total: '1.000.000 đồng', scan };
    const record = async (changes: Readonly<Record<string, string>>) =>
      as('unit-clerk').post(path, { ...letter, ...changes });
    for (const [changes, sentence] of [
      [{ number: '' }, /Hãy ghi số, ký hiệu và ngày/],
      [{ on: '2199-01-01' }, /không được ở sau hôm nay/],
      [{ count: '0' }, /Hãy ghi số người/],
      [{ total: 'một tỷ' }, /Hãy ghi tổng số tiền bằng số/],
    ] as const) {
      const refused = await record(changes);
      expect([refused.status, textOf(refused.html)]).toEqual([422, expect.stringMatching(sentence)]);
    }
    expect((await record({})).status).toBe(200);
    const words = textOf((await as('unit-clerk').get(page.url)).html);
    expect(words).toMatch(/Tờ trình 12\/TTr-SQH ngày 20\/08\/2025 ghi 5 người, 1\.000\.000 đồng/);
    expect(words).toMatch(/Danh sách có 3 dòng, ít hơn 2 so với tờ trình/);
    expect(words).toMatch(/Hệ thống tính [\d.]+ đồng cho 3 người được hưởng trong số đó; chênh lệch \+[\d.]+ đồng/);
  });

  test('the cut-off is set by a letter, and a list that comes after it waits for the next round', async () => {
    const leader = as('home-affairs-leader');
    await leader.get('/tiep-nhan');
    const set = async (day: string) => leader.post('/tiep-nhan/han-gui', { day, number: '35/SNV', on: '2025-08-01' });
    for (const day of ['0', '29', 'cuối tháng']) {
      expect(textOf((await set(day)).html)).toMatch(/một ngày từ 1 đến 28/);
    }
    // A day that has passed this month, or has not come: whichever day the test runs on.
    const today = Number(new Date(Date.now() + 7 * 3_600_000).toISOString().slice(8, 10));
    const isAfter = today > 1;
    expect(textOf((await set(isAfter ? '1' : '28')).html)).toMatch(
      /Hạn gửi của kỳ này: hết ngày .*theo 35\/SNV ngày 01\/08\/2025/,
    );
    const done = await press(page, 'gui');
    if (isAfter) expect(textOf(done.html)).toMatch(/gửi sau hạn của tháng nên được xét ở kỳ tháng \d\d\/\d{4}/);
    else expect(textOf(done.html)).not.toMatch(/gửi sau hạn/);
    const { rows } = await store.page({ kind: 'part', limit: 1000 });
    const marked = rows.filter(({ summary }) => JSON.stringify(summary['marks']).includes('round-'));
    expect(marked).toHaveLength(isAfter ? 3 : 0);
  });
});

describe('a list with faults goes back', () => {
  test('as the unit’s own file, with every faulty cell marked and its reason beside it', async () => {
    const page = await upload(await faultyList());
    expect(textOf(page.html)).toMatch(/Kính gửi đơn vị,.*Đề nghị đơn vị sửa tất cả các lỗi/);
    const marked = await press(page, 'danh-dau');
    const file = await as('unit-clerk').get(`${marked.url}/danh-dau.xlsx`);
    const workbook = new Workbook();
    await workbook.xlsx.load(file.bytes);
    for (const { sheet, cell, row } of plantedFaults) {
      const worksheet = workbook.getWorksheet(sheet) ?? expect.fail(sheet);
      expect([cell, worksheet.getCell(cell).fill]).toEqual([
        cell,
        expect.objectContaining({ fgColor: expect.objectContaining({ argb: 'FFFFC7CE' }) }),
      ]);
      const reasons = worksheet.getRow(row).values;
      expect(JSON.stringify(reasons)).toContain(`ô ${cell}: `);
    }
    const original = await as('unit-clerk').get(`${marked.url}/tep-goc`);
    expect(Buffer.from(original.bytes).equals(Buffer.from(await faultyList()))).toBe(true);
  });

  test('and once marked can be read again: the added column changes nothing', async () => {
    const page = await upload(await faultyList());
    const file = await as('unit-clerk').get(`${page.url.split('?')[0]}/danh-dau.xlsx`);
    const again = await upload(file.bytes);
    expect(textOf(again.html)).toMatch(/không dùng đến cột \w+ «Cần sửa»/);
    const faults = (html: string) => /(\d+) lỗi ở (\d+) dòng/.exec(textOf(html))?.slice(1);
    expect(faults(again.html)).toEqual(faults(page.html));
  });
});

describe('a list with headings of the unit’s own', () => {
  const renamed = async () => {
    const workbook = new Workbook();
    await workbook.xlsx.load(await sampleList(peopleOf(3, 99), sampleUnits()));
    const sheet = workbook.getWorksheet(peopleSheet) ?? expect.fail();
    sheet.getCell(
      cellAddress({ column: personColumns.findIndex(({ key }) => key === 'accountNumber') + 1, row: 3 }),
    ).value = 'TK nhận tiền';
    return new Uint8Array(await workbook.xlsx.writeBuffer({ validate: false }));
  };

  test('asks once what they mean, reads on, and knows them the next time', async () => {
    const page = await upload(await renamed());
    expect([page.status, textOf(page.html)]).toEqual([
      422,
      expect.stringMatching(/thiếu cột «Số tài khoản».*TK nhận tiền/),
    ]);
    const nothing = await press(page, 'cot', { 'bang-0': 'people', 'tieu-de-0': 'TK nhận tiền', 'cot-0': '' });
    expect(textOf(nothing.html)).toMatch(/Chưa chọn ý nghĩa/);
    const wrong = await press(page, 'cot', { 'bang-0': 'people', 'tieu-de-0': 'TK nhận tiền', 'cot-0': 'from' });
    expect(textOf(wrong.html)).toMatch(/không nằm trong danh mục/);
    const read = await press(page, 'cot', {
      'bang-0': 'people',
      'tieu-de-0': 'TK nhận tiền',
      'cot-0': 'accountNumber',
    });
    expect(textOf(read.html)).toMatch(/Đọc 3 dòng: 3 người không có lỗi/);
    const workbook = new Workbook();
    await workbook.xlsx.load(await renamed());
    (workbook.getWorksheet(peopleSheet) ?? expect.fail()).getCell('A1').value = 'DANH SÁCH LẦN HAI';
    const next = await upload(new Uint8Array(await workbook.xlsx.writeBuffer({ validate: false })));
    expect(textOf(next.html)).toMatch(/Đọc 3 dòng: 3 người không có lỗi/);
  });
});
