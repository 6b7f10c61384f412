/** The page of a slip: files are taken by a form, once, and the page says who took which. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import type { Role } from '../../../shared/case/access.ts';
import { stateMandate } from '../../mandate.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'slip-page-'));
let server: RunningServer;
let slip = '';
const visitors = new Map<Role, Visitor>();

beforeAll(async () => {
  const made = await openProvince({ people: 8, folder });
  await made.decidedBatch('b1');
  const [order] = await made.order('b1');
  slip = `/chung-tu/${order?.slip ?? ''}`;
  await made.close();
  server = await startServer({
    port: 0,
    dataDirectory: join(folder, 'data'),
    keyDirectory: join(folder, 'keys'),
    seed: 'slip',
  });
  for (const role of ['unit-clerk', 'finance-officer', 'inspector'] as const) {
    const known = demoAccounts([]).find(({ account }) => account.role === role) ?? expect.fail(role);
    visitors.set(role, await signIn(server.url, known.account.email, known.password));
  }
  await stateMandate(as('inspector'));
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function as(role: Role): Visitor {
  return visitors.get(role) ?? expect.fail(`${role} is not signed in`);
}

describe('a file of a slip', () => {
  test('is handed over once; then the page asks for a reason, and tells who took it and why again', async () => {
    await as('unit-clerk').get(slip);
    const first = await as('unit-clerk').post(`${slip}/tep`, { file: 'form-09.xlsx' });
    expect([first.status, (await readSheets(first.bytes)).outcome]).toEqual([200, 'sheets']);
    const refused = await as('unit-clerk').post(`${slip}/tep`, { file: 'form-09.xlsx', reason: ' ' });
    expect(refused.status).toBe(422);
    expect(textOf(refused.html)).toContain('Tệp này đã được lấy một lần.');
    await as('finance-officer').get(slip);
    const again = await as('finance-officer').post(`${slip}/tep`, { file: 'form-09.xlsx', reason: 'Máy in kẹt giấy' });
    expect(Buffer.from(again.bytes).equals(Buffer.from(first.bytes))).toBe(true);
    const told = textOf((await as('inspector').get(slip)).html);
    expect(told).toContain('Máy in kẹt giấy');
    expect(told).toContain('lần đầu');
  });

  test.each([
    ['form-09.pdf', '%PDF-'],
    ['pain-001.xml', '<?xml'],
    ['bank-VCB-1', 'PK'],
    ['bank-ICB-1', '\u00D0\u00CF\u0011\u00E0'],
  ])('%s begins as its kind does', async (file, start) => {
    await as('unit-clerk').get(slip);
    const { status, bytes } = await as('unit-clerk').post(`${slip}/tep`, { file });
    expect([status, Buffer.from(bytes).toString('latin1', 0, start.length)]).toEqual([200, start]);
  });

  test('is offered to nobody who may not take it, and a link alone takes none', async () => {
    expect((await as('inspector').get(slip)).html).not.toContain(`${slip}/tep`);
    expect((await as('unit-clerk').get(slip)).html).toContain(`${slip}/tep`);
    expect((await as('unit-clerk').get(`${slip}/tep`)).status).toBe(404);
    expect((await as('unit-clerk').get(`${slip}/mau-09.xlsx`)).status).toBe(404);
  });

  test('that is not the slip’s is refused with what to do', async () => {
    await as('unit-clerk').get(slip);
    const { status, html } = await as('unit-clerk').post(`${slip}/tep`, { file: 'bank-VCB-99' });
    expect([status, textOf(html).includes('Chứng từ này không có tệp đó. Hãy chọn lại.')]).toEqual([422, true]);
  });
});
