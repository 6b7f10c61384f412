/** Payments made elsewhere through their page: the file, the dry run, the second person, and who may not. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { writeSheets } from '../../../functions/papers/sheet-writer.ts';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { type Page, signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore, openToVerify, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import type { Role } from '../../../shared/case/access.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { caseIdOf, readPart } from '../../../shared/case/part.ts';
import { verifyHistories } from '../../../shared/case/verify.ts';
import { earlierColumns } from '../../../shared/disbursement/read-earlier.ts';
import { stateMandate } from '../../mandate.ts';
import { openProvince } from '../../province.ts';

const here = '/chi-tra/da-chi-noi-khac';
const folder = mkdtempSync(join(tmpdir(), 'paid-elsewhere-'));
const dataDirectory = join(folder, 'data');
const visitors = new Map<string, Visitor>();
const paper = { name: 'chung-tu.pdf', bytes: new TextEncoder().encode('%PDF-1.7 made up') };
const people: { part: string; citizenId: string; name: string; owed: string }[] = [];
let server: RunningServer;
let store: SqliteStore;
let file: Uint8Array;

beforeAll(async () => {
  const made = await openProvince({ people: 12, folder });
  for (const { stream, summary } of (await made.rows()).slice(0, 4)) {
    const part = stream.slice('part/'.length);
    const of = (await readCase(made.store, caseIdOf(part))) ?? expect.fail(part);
    const { citizenId, fullName: name } = await identityOf(made.still.vault, of);
    people.push({ part, citizenId, name, owed: String(summary['total']) });
  }
  await made.close();
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'paid elsewhere' });
  store = openSqliteStore(join(dataDirectory, 'histories.sqlite'));
  const roles = ['finance-officer', 'finance-leader', 'unit-chief-accountant', 'inspector'];
  for (const { account, password } of demoAccounts([]).filter((one) => roles.includes(one.account.role))) {
    visitors.set(account.role, await signIn(server.url, account.email, password));
  }
  await stateMandate(as('inspector'));
  file = await listOf(people.map(({ citizenId, name, owed }) => [citizenId, name, BigInt(owed)]));
}, 60_000);

afterAll(async () => {
  await server.stop();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function as(role: Role): Visitor {
  return visitors.get(role) ?? expect.fail(`nobody is signed in as ${role}`);
}

/** The first of them is right; of the second the sum is one đồng short; the third has another name; the fourth is right. */
async function listOf(rows: readonly (readonly [string, string, bigint])[]): Promise<Uint8Array> {
  const columns = Object.values(earlierColumns).map(({ heading, width, kind }) => ({ heading, width, kind }));
  const said = rows.map(([citizenId, name, owed], index) => {
    const [amount, who] = [index === 1 ? owed - 1n : owed, index === 2 ? 'Người Khác' : name];
    return [citizenId, '', who, amount, '2025-09-20', `UNC-${index + 1}`, '1094107'];
  });
  return writeSheets([{ name: 'Da chi', title: ['DANH SÁCH'], columns, rows: said }]);
}

async function brings(role: Role, fields: Record<string, { name: string; bytes: Uint8Array }>): Promise<Page> {
  await as(role).get(here);
  return as(role).afterJob(await as(role).post(here, fields));
}

const statusOf = async (part: string) => (await readPart(store, part))?.status;

describe('payments made elsewhere', () => {
  let list = '';

  test('the template is a sheet with the headings, which reads back empty', async () => {
    const { bytes } = await as('finance-officer').get(`${here}/mau.xlsx`);
    const sheets = await readSheets(bytes);
    const texts =
      sheets.outcome === 'sheets' ? sheets.sheets[0]?.rows.flatMap(({ cells }) => cells.map((one) => one.text)) : [];
    for (const { heading } of Object.values(earlierColumns)) expect(texts).toContain(heading);
  });

  test('without the scan of the documents, or with one that is no scan, nothing is brought', async () => {
    const listed = { name: 'ds.xlsx', bytes: file };
    expect((await brings('finance-officer', { file: listed })).status).toBe(422);
    const wrong = { name: 'x.pdf', bytes: new TextEncoder().encode('text') };
    expect((await brings('finance-officer', { file: listed, paper: wrong })).status).toBe(422);
    expect(textOf((await as('finance-officer').get(here)).html)).toContain('Chưa có danh sách nào');
  });

  test('a file that is no list is told, and may come again', async () => {
    const wrong = { name: 'x.csv', bytes: new TextEncoder().encode('a,b\n1,2\n') };
    for (let times = 0; times < 2; times += 1) {
      const page = await brings('finance-officer', { file: wrong, paper });
      expect(textOf(page.html)).toContain('Đây không phải là bảng tính');
    }
  });

  test('a list is checked row by row, and nothing is recorded', async () => {
    const page = await brings('finance-officer', { file: { name: 'ds.xlsx', bytes: file }, paper });
    list = page.url.slice(`${here}/`.length);
    const text = textOf(page.html).replaceAll(/\s+/g, ' ');
    for (const told of [
      'UNC-1 Sở Quy hoạch và Kiến thiết',
      'Chờ người thứ hai xác nhận',
      'thiếu 1 đồng',
      'Khác họ tên',
      'Ghi được 2',
    ]) {
      expect(text).toContain(told);
    }
    expect(await Promise.all(people.map(({ part }) => statusOf(part)))).toEqual(Array(4).fill('assessed'));
    expect(page.html).not.toContain('Xác nhận và ghi');
    expect((await as('finance-officer').post(`${here}/${list}/xac-nhan`, {})).status).toBe(422);
  });

  test('the same file again leads to the list that is open', async () => {
    const page = await brings('finance-officer', { file: { name: 'ds-2.xlsx', bytes: file }, paper });
    expect(page.url).toBe(`${here}/${list}`);
  });

  test('it waits for the Finance leader, who sees it and its documents; a unit’s accountant does not', async () => {
    expect((await as('finance-leader').get('/')).html).toContain(`${here}/${list}`);
    expect((await as('finance-leader').get(`${here}/${list}/chung-tu`)).bytes).toEqual(paper.bytes);
    expect((await as('unit-chief-accountant').get(`${here}/${list}`)).status).toBe(404);
    expect((await as('unit-chief-accountant').post(`${here}/${list}/bo`, { reason: 'x' })).status).toBe(404);
    expect((await as('inspector').get(`${here}/${list}`)).status).toBe(200);
  });

  test('a confirmation of another reading is refused', async () => {
    await as('finance-leader').get(`${here}/${list}`);
    expect((await as('finance-leader').post(`${here}/${list}/xac-nhan`, { reading: 'x' })).status).toBe(422);
  });

  test('confirmed by the leader, the two right rows are recorded, and the folder verifies', async () => {
    const page = await as('finance-leader').get(`${here}/${list}`);
    const reading = /name="reading" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const posted = await as('finance-leader').post(`${here}/${list}/xac-nhan`, { reading });
    const recorded = await as('finance-leader').afterJob(posted);
    expect(textOf(recorded.html)).toContain('Đã ghi 2 người là đã chi nơi khác');
    expect(await Promise.all(people.map(({ part }) => statusOf(part)))).toEqual([
      'paid-elsewhere',
      'assessed',
      'assessed',
      'paid-elsewhere',
    ]);
    const held = openToVerify(join(dataDirectory, 'histories.sqlite'));
    expect(verifyHistories(held.held()).problems).toEqual([]);
    held.close();
    expect(textOf((await as('finance-officer').get(`/ho-so/${caseIdOf(people[0]?.part ?? '')}`)).html)).toContain(
      'Ghi nhận đã chi ngoài hệ thống',
    );
  });

  test('the same file after that changes nothing', async () => {
    const page = await brings('finance-officer', { file: { name: 'ds.xlsx', bytes: file }, paper });
    expect(textOf(page.html)).toContain('Đã ghi từ trước 2');
    expect(page.url).not.toBe(`${here}/${list}`);
    const dropped = await as('finance-officer').post(`${page.url}/bo`, { reason: 'Đã ghi rồi' });
    expect(textOf(dropped.html)).toContain('Đã bỏ');
  });
});
