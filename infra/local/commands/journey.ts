/**
 * The whole way of a list, over HTTP with real sign-ins, from the unit's upload to the money credited. Every sum and
 * state on the pages is compared with what was computed apart from them. The demo tells it, the bench times it.
 */
import { demoAccounts } from '../accounts.ts';
import type { Role } from '../../../shared/case/access.ts';
import { formatDong, sum } from '../../../shared/dong.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { readList } from '../../../shared/intake/read-list.ts';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { plantedFaults, sampleList, samplePeople, sampleUnits } from '../samples.ts';
import { allMatches, type Page, signIn, textOf, type Visitor } from './visitor.ts';

export interface JourneyOptions {
  readonly url: string;
  readonly people: number;
  readonly seed: number;
  /** The sample list of these people, if it is made already. */
  readonly list?: Uint8Array;
  /** Told of each step as it ends. */
  tell(sentence: string): void;
}

export class JourneyFault extends Error {
  override readonly name = 'JourneyFault';
}

type Visitors = Readonly<Record<Role, Visitor>>;

const paper = { name: 'van-ban.pdf', bytes: new TextEncoder().encode('%PDF-1.4\n% made up\n%%EOF\n') };
const today = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

/** Throws JourneyFault when a sum, a state or a file is not what it must be. */
export async function journey(options: JourneyOptions): Promise<void> {
  const visitors = await signAllIn(options);
  const expected = await intake(visitors, options);
  await appraisal(visitors, options, expected.people);
  const batches = await makeBatches(visitors, options, expected);
  for (const batch of batches) await payBatch(visitors, options, batch);
  await completion(visitors, options, expected);
}

async function signAllIn({ url, tell }: JourneyOptions): Promise<Visitors> {
  const pairs: [Role, Visitor][] = [];
  for (const { account, password } of demoAccounts([]))
    pairs.push([account.role, await signIn(url, account.email, password)]);
  tell(`Đăng nhập ${pairs.length} tài khoản qua OpenID Connect.`);
  const by = new Map(pairs);
  const of = (role: Role): Visitor => by.get(role) ?? fault(`không có tài khoản ${role}`);
  return {
    'unit-clerk': of('unit-clerk'),
    'unit-chief-accountant': of('unit-chief-accountant'),
    'unit-account-holder': of('unit-account-holder'),
    'party-board-officer': of('party-board-officer'),
    'home-affairs-officer': of('home-affairs-officer'),
    'home-affairs-leader': of('home-affairs-leader'),
    'finance-officer': of('finance-officer'),
    'finance-leader': of('finance-leader'),
    leadership: of('leadership'),
    inspector: of('inspector'),
    administrator: of('administrator'),
  };
}

interface Pot {
  readonly source: string;
  readonly level: string;
  people: number;
  total: bigint;
}

interface Expected {
  readonly people: number;
  readonly total: bigint;
  readonly pots: readonly Pot[];
}

async function intake(visitors: Visitors, { people, seed, list: made, tell }: JourneyOptions): Promise<Expected> {
  const clerk = visitors['unit-clerk'];
  const template = await clerk.get('/tiep-nhan/mau.xlsx');
  demand(template.bytes[0] === 0x50 && template.bytes[1] === 0x4b, 'mẫu danh sách không phải tệp .xlsx');
  const faulty = await clerk.get('/tiep-nhan/vi-du/danh-sach-loi.xlsx');
  const faults = await clerk.afterJob(
    await clerk.post('/tiep-nhan', { file: { name: 'loi.xlsx', bytes: faulty.bytes } }),
  );
  const planted = plantedFaults.every(
    ({ sheet, cell }) => faults.html.includes(`>${sheet}</td>`) && faults.html.includes(`<td>${cell}</td>`),
  );
  demand(
    planted && textOf(faults.html).includes(`${plantedFaults.length} lỗi`),
    `danh sách lỗi phải báo đúng ${plantedFaults.length} lỗi: ${textOf(faults.html).slice(0, 400)}`,
  );
  tell(
    `Đơn vị tải lên danh sách có ${plantedFaults.length} lỗi thuộc ${new Set(plantedFaults.map(({ code }) => code)).size} loại: mọi lỗi hiện cùng lúc, theo dòng và ô.`,
  );
  const list = made ?? (await sampleList(samplePeople(people, seed), sampleUnits()));
  const uploaded = await clerk.post('/tiep-nhan', { file: { name: 'sach.xlsx', bytes: list } });
  const expected = await expectedOf(list);
  const read = await clerk.afterJob(uploaded);
  demand(textOf(read.html).includes(`Gửi ${people} người`), `danh sách sạch phải đọc được ${people} người`);
  const submitted = await clerk.afterJob(await clerk.post(`${read.url}/gui`, {}));
  demand(textOf(submitted.html).includes(`Đã gửi ${people} người`), 'không gửi được danh sách sạch');
  tell(`Đơn vị gửi ${people} người; hệ thống tính ${formatDong(expected.total)} đồng.`);
  const twice = await clerk.afterJob(await clerk.post('/tiep-nhan', { file: { name: 'sach-2.xlsx', bytes: list } }));
  const isTheSame = twice.url.split('?')[0] === submitted.url.split('?')[0];
  demand(isTheSame && !twice.html.includes('/gui"'), 'gửi lại cùng tệp phải mở lại danh sách cũ, không gửi thêm được');
  tell('Gửi lại cùng danh sách: không ai được nhận hồ sơ thứ hai.');
  return expected;
}

/** Computed from the file apart from the server. */
async function expectedOf(list: Uint8Array): Promise<Expected> {
  const units = sampleUnits();
  const sheets = await readSheets(list);
  if (sheets.outcome === 'refused') return fault(sheets.why.vi);
  const reading = readList(sheets.sheets, { units, mayUse: () => true, today: today() });
  if ('outcome' in reading) return fault(reading.why.vi);
  const pots: Pot[] = [];
  for (const person of reading.people) {
    const unit = units.find(({ code }) => code === person.payingUnit) ?? fault('đơn vị lạ');
    const assessed = assess(person.facts);
    if (assessed.outcome !== 'entitled') return fault(`người mẫu ở dòng ${person.row} không được hưởng`);
    const pot = pots.find(({ source, level }) => source === unit.source && level === unit.level) ?? {
      source: unit.source,
      level: unit.level,
      people: 0,
      total: 0n,
    };
    if (pot.people === 0) pots.push(pot);
    pot.people += 1;
    pot.total += BigInt(assessed.total);
  }
  return { people: reading.people.length, total: sum(pots.map(({ total }) => total)), pots };
}

/** The Party Organisation Board passes its block on, then Home Affairs appraises everyone. */
async function appraisal(visitors: Visitors, { tell }: JourneyOptions, people: number): Promise<void> {
  const board = await appraiseAll(visitors['party-board-officer'], 'with-party-board');
  if (board.many + board.one > 0) {
    tell(`Ban Tổ chức Tỉnh ủy thẩm định ${board.many + board.one} hồ sơ khối Đảng và chuyển Sở Nội vụ.`);
  }
  const { many, one } = await appraiseAll(visitors['home-affairs-officer'], 'assessed');
  demand(many + one === people, `thẩm định ${many} + ${one} hồ sơ, phải là ${people}`);
  tell(
    `Sở Nội vụ thẩm định ${many} hồ sơ không có điểm cần xem cùng lúc, ${one} hồ sơ có điểm cần xem theo từng trang.`,
  );
}

/** Those with nothing to look at at once, the others page by page. */
async function appraiseAll(officer: Visitor, status: string): Promise<{ readonly many: number; readonly one: number }> {
  await officer.get('/tinh-che-do');
  const counted = /name="counted" value="(\w+)"/.exec((await officer.get('/tinh-che-do')).html)?.[1] ?? '';
  const done = await officer.afterJob(await officer.post('/tinh-che-do/tham-dinh', { chosen: 'unmarked', counted }));
  const many = Number(/Đã thẩm định (\d+) hồ sơ/.exec(textOf(done.html))?.[1] ?? '0');
  let one = 0;
  for (let pages = 0; pages < 100; pages += 1) {
    const page = await officer.get(`/tinh-che-do?trang-thai=${status}`);
    const parts = allMatches(page.html, /name="part" value="([^"]+)"/);
    if (parts.length === 0) break;
    const looked = /href="\/ho-so\/([^"]+)"/.exec(page.html)?.[1] ?? '';
    demand((await officer.get(`/ho-so/${looked}`)).status === 200, 'không mở được hồ sơ');
    const seen = [...page.html.matchAll(/name="(seen-[^"]+)" value="(\w+)"/g)].map(
      ([, name = '', hash = '']) => [name, hash] as const,
    );
    await officer.afterJob(
      await officer.post('/tinh-che-do/tham-dinh', { chosen: 'ticked', part: parts, ...Object.fromEntries(seen) }),
    );
    one += parts.length;
  }
  return { many, one };
}

interface MadeBatch {
  readonly id: string;
  readonly people: number;
  readonly total: bigint;
}

async function makeBatches(
  visitors: Visitors,
  { tell }: JourneyOptions,
  expected: Expected,
): Promise<readonly MadeBatch[]> {
  const officer = visitors['finance-officer'];
  const made: MadeBatch[] = [];
  for (const { source, level, people, total } of expected.pots) {
    await officer.get('/dot');
    const page = await officer.afterJob(await officer.post('/dot', { source, level }));
    const id =
      /^\/dot\/([\w-]+)$/.exec(page.url)?.[1] ?? fault(`không lập được đợt: ${textOf(page.html).slice(0, 200)}`);
    demand(
      textOf(page.html).includes(`${people} người, ${formatDong(total)} đồng`),
      `đợt phải có ${people} người, ${formatDong(total)} đồng`,
    );
    made.push({ id, people, total });
    tell(`Sở Tài chính chốt danh sách ${people} người, ${formatDong(total)} đồng.`);
  }
  return made;
}

async function payBatch(visitors: Visitors, options: JourneyOptions, batch: MadeBatch): Promise<void> {
  const confirmed = await confirmations(visitors, options, batch);
  await provincial(visitors, options, confirmed);
  await estimates(visitors, options);
  await signSlips(visitors, options);
  await results(visitors, options, batch);
  await mend(visitors, options, batch);
}

async function confirmations(visitors: Visitors, { tell }: JourneyOptions, batch: MadeBatch): Promise<MadeBatch> {
  const people = await openFromMail(visitors['home-affairs-leader'], batch, 'lanhdao.noivu');
  const part = allMatches(people.html, /name="out" value="([^"]+)"/)[0] ?? fault('trang xác nhận không có danh sách');
  const takes = batch.people > 1;
  const sumOut = takes ? amountOf(people, part) : 0n;
  const without = { people: batch.people - (takes ? 1 : 0), total: batch.total - sumOut };
  const stale = await decide(visitors['home-affairs-leader'], people, batch, { version: '99' });
  demand(
    stale.status === 422 && textOf(stale.html).includes('phiên bản'),
    'quyết định trên phiên bản khác phải bị từ chối',
  );
  const first = await decide(
    visitors['home-affairs-leader'],
    people,
    batch,
    takes ? { out: part, [`reason-${part}`]: 'Thiếu bản xác nhận thời gian đóng BHXH' } : {},
  );
  demand(
    textOf(first.html).includes(`${without.people} người, ${formatDong(without.total)} đồng`),
    `sau khi đưa ra một người phải còn ${without.people} người, ${formatDong(without.total)} đồng`,
  );
  tell(
    `Lãnh đạo Sở Nội vụ mở liên kết trong thư, đưa ${takes ? 1 : 0} người ra có lý do, xác nhận ${without.people} người.`,
  );
  const money = await openFromMail(visitors['finance-leader'], batch, 'lanhdao.taichinh');
  const second = await decide(visitors['finance-leader'], money, batch, {});
  demand(second.status === 200, `lãnh đạo Sở Tài chính chưa xác nhận được: ${textOf(second.html).slice(0, 200)}`);
  tell(`Lãnh đạo Sở Tài chính xác nhận kinh phí ${formatDong(without.total)} đồng.`);
  return { id: batch.id, ...without };
}

/** The newest link to this batch in the mailbox of the addressee. */
async function openFromMail(who: Visitor, batch: MadeBatch, mail: string): Promise<Page> {
  return eventually('thư đề nghị xác nhận', async () => {
    const mailbox = await who.get('/hop-thu');
    const links = mailbox.html
      .split('<article')
      .filter((text) => text.includes(mail))
      .flatMap((text) => allMatches(text, /href="(\/lien-ket\/[\w-]+)"/));
    for (const link of links) {
      const page = await who.get(link);
      if (page.url === `/dot/${batch.id}` && page.html.includes('name="contentHash"')) return page;
    }
    return undefined;
  });
}

function amountOf(page: Page, part: string): bigint {
  const row = page.html.split('<tr').find((text) => text.includes(`value="${part}"`)) ?? '';
  const text = /class="money">([\d.]+)</.exec(row)?.[1] ?? fault('không đọc được số tiền');
  return BigInt(text.replaceAll('.', ''));
}

function decide(who: Visitor, page: Page, batch: MadeBatch, fields: Readonly<Record<string, string>>): Promise<Page> {
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.html)?.[1] ?? '';
  const given = {
    step: hidden('step'),
    version: hidden('version'),
    contentHash: hidden('contentHash'),
    outcome: 'confirmed',
  };
  return who.post(`/dot/${batch.id}/xac-nhan`, { ...given, ...fields });
}

async function provincial(
  visitors: Visitors,
  { tell }: JourneyOptions,
  { id, people, total }: MadeBatch,
): Promise<void> {
  const officer = visitors['finance-officer'];
  const page = await officer.get(`/dot/${id}`);
  const version = /name="version" value="(\d+)"/.exec(page.html)?.[1] ?? '1';
  const fields = {
    version,
    number: `${id.slice(-6)}/QĐ-UBND`,
    on: today(),
    signatory: 'Phó Chủ tịch UBND tỉnh',
    people: String(people),
    paper,
  };
  const wrong = await officer.post(`/dot/${id}/quyet-dinh`, { ...fields, total: String(total + 1n) });
  demand(
    wrong.status === 422 && textOf(wrong.html).includes('phải khớp từng đồng'),
    'quyết định lệch một đồng phải bị từ chối',
  );
  const right = await officer.post(`/dot/${id}/quyet-dinh`, { ...fields, total: formatDong(total) });
  demand(
    textOf(right.html).includes('UBND tỉnh phê duyệt'),
    `không ghi được quyết định: ${textOf(right.html).slice(0, 300)}`,
  );
  tell(
    `Ghi Quyết định ${fields.number} của UBND tỉnh: ${people} người, ${formatDong(total)} đồng; lệch một đồng thì bị từ chối.`,
  );
}

async function estimates(visitors: Visitors, { tell }: JourneyOptions): Promise<void> {
  const officer = visitors['finance-officer'];
  const page = await eventually('khoản chi được lập', async () => {
    const found = await officer.get('/chi-tra');
    const table = found.html.split('</table>')[0] ?? '';
    const isOrdered = table.includes('Chờ đơn vị lập') || table.includes('Chờ giao dự toán');
    return isOrdered && !table.includes('đang lập khoản chi') ? found : undefined;
  });
  if (!textOf(page.html).includes('Đơn vị chờ giao dự toán')) return;
  const unit = sampleUnits()[1] ?? fault('không có đơn vị mẫu');
  const given = {
    unit: unit.code,
    source: unit.source,
    amount: '500.000.000.000',
    document: '2226/QĐ-TTg',
    on: today(),
  };
  await officer.post('/chi-tra/du-toan', given);
  await settled(officer, ['Chờ giao dự toán']);
  tell(`${unit.name} chờ giao dự toán; ghi dự toán xong thì khoản chi được lập, các đơn vị khác không phải chờ.`);
}

/** Waits until no part of anyone is in these states any more. */
async function settled(officer: Visitor, states: readonly string[]): Promise<void> {
  await eventually(`hết trạng thái ${states.join(', ')}`, async () => {
    const table = (await officer.get('/chi-tra')).html.split('</table>')[0] ?? '';
    return states.every((state) => !table.includes(state)) ? true : undefined;
  });
}

/** Signs and sends slip after slip, until no order waits for its unit. */
async function signSlips(visitors: Visitors, { tell }: JourneyOptions): Promise<void> {
  const clerk = visitors['unit-clerk'];
  let signed = 0;
  await eventually('mọi chứng từ được gửi', async () => {
    const page = (await clerk.get('/chi-tra')).html;
    const rows = page.split('<tr>').filter((row) => row.includes('Chờ người lập'));
    for (const slip of rows.flatMap((row) => allMatches(row, /href="(\/chung-tu\/[\w.-]+)"/))) {
      await signSlip(visitors, slip);
      signed += 1;
    }
    return rows.length === 0 && !page.includes('Chờ đơn vị lập, ký chứng từ') ? true : undefined;
  });
  tell(`${signed} chứng từ được lập, ký bởi ba người khác nhau và gửi cùng Mẫu số 09.`);
}

async function signSlip(visitors: Visitors, slip: string): Promise<void> {
  const clerk = visitors['unit-clerk'];
  await clerk.get(slip);
  const form09 = await readSheets((await clerk.post(`${slip}/tep`, { file: 'form-09.xlsx' })).bytes);
  demand(form09.outcome === 'sheets', 'Mẫu số 09 không đọc được');
  demand(
    (await clerk.post(`${slip}/tep`, { file: 'form-09.xlsx' })).status === 422,
    'tệp đã lấy được lấy lại mà không ghi lý do',
  );
  await clerk.get(slip);
  demand(
    (await clerk.post(`${slip}/gui`, { number: '1', on: today() })).status === 422,
    'chưa đủ chữ ký mà đã ghi nhận gửi được',
  );
  await clerk.post(`${slip}/ky`, { signature: 'prepared' });
  for (const [role, signature] of [
    ['unit-chief-accountant', 'accountant-confirmed'],
    ['unit-account-holder', 'holder-confirmed'],
  ] as const) {
    await visitors[role].get(slip);
    demand(
      (await visitors[role].post(`${slip}/ky`, { signature })).status === 200,
      `${role} chưa xác nhận được chứng từ`,
    );
  }
  const sent = await clerk.post(`${slip}/gui`, { number: `DVC-${slip.slice(-8)}`, on: today() });
  demand(textOf(sent.html).includes('Đã gửi Kho bạc'), 'không ghi nhận được việc gửi');
}

async function results(visitors: Visitors, { tell }: JourneyOptions, { id }: MadeBatch): Promise<void> {
  const officer = visitors['finance-officer'];
  const file = await officer.get(`/kho-bac/${id}/ket-qua.xlsx`);
  if (file.status !== 200) return;
  await officer.get('/chi-tra');
  const imported = await officer.afterJob(
    await officer.post('/chi-tra/ket-qua', { batch: id, file: { name: 'ket-qua.xlsx', bytes: file.bytes } }),
  );
  const count =
    /Đã ghi (\d+) kết quả/.exec(textOf(imported.html))?.[1] ??
    fault(`không nhập được kết quả: ${textOf(imported.html).slice(0, 300)}`);
  const again = await officer.afterJob(
    await officer.post('/chi-tra/ket-qua', { batch: id, file: { name: 'ket-qua.xlsx', bytes: file.bytes } }),
  );
  demand(textOf(again.html).includes('đã được nhập trước đó'), 'nhập lại cùng tệp phải bị từ chối');
  tell(`Nhập kết quả của Kho bạc mô phỏng: ${count} khoản; nhập lại cùng tệp thì bị từ chối.`);
}

/** Returned payments are corrected by the unit, confirmed by a second person, ordered again; silence is asked after. */
async function mend(visitors: Visitors, options: JourneyOptions, batch: MadeBatch): Promise<void> {
  const { 'finance-officer': officer, 'unit-clerk': clerk, 'unit-chief-accountant': accountant } = visitors;
  const { html } = await clerk.get('/chi-tra');
  const heading = html.indexOf('Bị từ chối, chuyển trả');
  const back = heading < 0 ? '' : html.slice(heading);
  const cases = [...new Set(allMatches(back, /href="(\/ho-so\/[\w-]+)"/))];
  for (const [index, path] of cases.entries()) {
    await officer.get(path);
    const early = await officer.post(`${path}/chi-lai`, {});
    demand(early.status === 422, 'chưa sửa tài khoản mà đã lập lại được khoản chi');
    const form = (await clerk.get(path)).html;
    const holder =
      /id="holder"[^>]* value="([^"]+)"/.exec(form)?.[1] ?? fault('trang sửa tài khoản không có tên chủ tài khoản');
    const number = `7${batch.id.replaceAll(/\D/g, '').slice(-5)}${String(index).padStart(4, '0')}`;
    const proposed = await clerk.post(`${path}/tai-khoan`, {
      bank: 'VCB',
      number,
      holder,
      reason: 'Tài khoản cũ đã đóng',
      paper,
    });
    demand(proposed.status === 200, `không đề nghị sửa được tài khoản: ${textOf(proposed.html).slice(0, 200)}`);
    const digest =
      /name="digest" value="(\w+)"/.exec((await accountant.get(path)).html)?.[1] ??
      fault('kế toán trưởng không thấy đề nghị');
    demand(
      (await accountant.post(`${path}/tai-khoan/xac-nhan`, { digest })).status === 200,
      'kế toán trưởng không xác nhận được tài khoản',
    );
    await officer.get(path);
    demand((await officer.post(`${path}/chi-lai`, {})).status === 200, 'Sở Tài chính không lập lại được khoản chi');
  }
  if (cases.length > 0) {
    await settled(officer, ['Bị từ chối', 'Ngân hàng chuyển trả']);
    options.tell(
      `${cases.length} khoản bị từ chối, chuyển trả: đơn vị sửa tài khoản theo đơn, người thứ hai xác nhận, Sở Tài chính lập khoản chi lại.`,
    );
    await signSlips(visitors, options);
  }
  await officer.get('/chi-tra');
  await officer.post(`/chi-tra/${batch.id}/tra-soat`, {});
  await results(visitors, options, batch);
  await eventually('đợt hoàn thành', async () => {
    const page = await officer.get('/dot');
    const row = page.html.split('<tr>').find((text) => text.includes(batch.id)) ?? '';
    return row.includes('Đã hoàn thành') ? true : undefined;
  });
  options.tell('Mọi khoản của đợt đã báo có; đợt hoàn thành.');
}

async function completion(
  visitors: Visitors,
  { tell }: JourneyOptions,
  { people, total, pots }: Expected,
): Promise<void> {
  const page = await visitors.leadership.get('/hoan-thanh');
  const text = textOf(page.html);
  const takenOut = pots.filter((pot) => pot.people > 1).length;
  demand(
    text.includes(`${people - takenOut} trên ${people} người đã nhận tiền`),
    `trang hoàn thành phải ghi ${people - takenOut} trên ${people} người: ${text.slice(0, 400)}`,
  );
  // Leadership is not told sums of very few people, nor the whole that would tell them by subtraction; Finance is.
  const isWholeTold = takenOut === 0 || takenOut >= fewestPeopleTold;
  demand(
    text.includes(formatDong(total)) === isWholeTold,
    `trang hoàn thành của lãnh đạo ${isWholeTold ? 'phải' : 'không được'} ghi tổng ${formatDong(total)} đồng`,
  );
  const { html } = await visitors['finance-officer'].get('/hoan-thanh');
  demand(textOf(html).includes(formatDong(total)), `trang hoàn thành phải ghi tổng ${formatDong(total)} đồng`);
  const table = html.split('Mọi người, mọi đồng, mỗi bên một chỗ').at(-1) ?? '';
  const rows = table.split('<tbody>')[1]?.split('</tbody>')[0]?.split('<tr>').slice(1) ?? [];
  const parts = rows.map((row) => ({
    people: Number(/class="number">(?:<a [^>]*>)?(\d+)</.exec(row)?.[1] ?? '0'),
    total: BigInt((/class="money">([\d.]+)</.exec(row)?.[1] ?? '0').replaceAll('.', '')),
  }));
  demand(sum(parts.map((part) => part.total)) === total, 'được hưởng phải bằng tổng sáu phần, đến từng đồng');
  demand(
    parts.reduce((count, part) => count + part.people, 0) === people,
    'được hưởng phải bằng tổng sáu phần, đến từng người',
  );
  tell(
    `Lãnh đạo: ${people - takenOut} trên ${people} người đã nhận tiền; được hưởng = đã nhận + bị trả lại + đang thanh toán + chưa lập + tạm dừng + không chi trả, khớp từng đồng.`,
  );
}

/** A sum of fewer people is not told to whoever may not see names. */
const fewestPeopleTold = 3;

const waitMilliseconds = 60_000;

async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + waitMilliseconds;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) return fault(`quá một phút vẫn chưa có: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function demand(holds: boolean, otherwise: string): void {
  if (!holds) fault(otherwise);
}

function fault(message: string): never {
  throw new JourneyFault(message);
}
