/** Letters through their page: printed all in one file, downloaded by the unit alone, marked when handed over. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { type Page, signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { outsideUnit } from '../../../infra/local/samples.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openToVerify } from '../../../infra/local/sqlite-store.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import { verifyHistories } from '../../../shared/case/verify.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { stateMandate } from '../../mandate.ts';
import { openProvince } from '../../province.ts';

const here = '/hoan-thanh/thu-bao';
const folder = mkdtempSync(join(tmpdir(), 'letters-'));
const dataDirectory = join(folder, 'data');
const visitors = new Map<string, Visitor>();
let server: RunningServer;
let unit = '';
let file = '';

beforeAll(async () => {
  const made = await openProvince({ people: 8, folder });
  const orders = await made.sentBatch('b1');
  unit = orders[0]?.unit ?? '';
  const [first] = orders.filter((order) => order.unit === unit);
  const said = { reference: first?.reference ?? '', outcome: 'returned', on: '2025-10-03', file: 'result' } as const;
  await settle([said], 'demo-finance-officer', made.still);
  const stranger = { id: 'stranger', name: 'Người lạ', email: 'stranger@x.example', role: 'unit-clerk' } as const;
  await made.home.accounts.add({ ...stranger, units: [outsideUnit.code] }, 'a long password');
  await made.close();
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'letters' });
  const needed = ['unit-clerk', 'home-affairs-officer', 'inspector', 'party-board-officer'];
  for (const { account, password } of demoAccounts([]).filter((one) => needed.includes(one.account.role)))
    visitors.set(account.role, await signIn(server.url, account.email, password));
  visitors.set('stranger', await signIn(server.url, stranger.email, 'a long password'));
  await stateMandate(as('inspector'));
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function as(who: string): Visitor {
  return visitors.get(who) ?? expect.fail(`nobody is signed in as ${who}`);
}

/** Waits for the job that the page started. */
async function done(who: string, page: Page): Promise<Page> {
  let now = page;
  for (let tries = 0; now.url.startsWith('/viec/') && tries < 200; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    now = await as(who).get(now.url);
  }
  return now;
}

describe('the letters of a unit', () => {
  test('wait until they are printed, with what happened to each', async () => {
    const page = textOf((await as('unit-clerk').get(`${here}?don-vi=${unit}`)).html);
    expect(page).toMatch(/\d+ thư chờ giao: (\d+) chưa in, 0 đã in/);
    expect(page).toContain('Ngân hàng chuyển trả: 1');
    expect(page).toContain('số tài khoản đầy đủ');
  });

  test('are printed into one file, a page each, and can be downloaded by the unit alone', async () => {
    await as('unit-clerk').get(`${here}?don-vi=${unit}`);
    const page = await done('unit-clerk', await as('unit-clerk').post(here, { unit }));
    expect(textOf(page.html)).toContain('0 chưa in');
    file = /href="(\/hoan-thanh\/thu-bao\/[^"]+)"/.exec(page.html)?.[1] ?? '';
    const got = await as('unit-clerk').get(file);
    expect(got.status).toBe(200);
    expect((await as('stranger').get(file)).status).toBe(422);
    expect((await as('inspector').get(file)).status).toBe(403);
    expect((await as('unit-clerk').get(`${here}/${unit}/${'0'.repeat(64)}`)).status).toBe(422);
  });

  test('are read by the departments and the inspector, printed by nobody but the unit', async () => {
    for (const role of ['home-affairs-officer', 'inspector']) {
      const { html } = await as(role).get(`${here}?don-vi=${unit}`);
      expect(textOf(html)).toContain('đã in');
      expect(html).not.toContain('In lại');
    }
    expect(textOf((await as('party-board-officer').get(`${here}?don-vi=${unit}`)).html)).toContain('Hãy chọn đơn vị');
    await as('stranger').get(here);
    expect((await as('stranger').post(here, { unit })).status).toBe(422);
    expect((await as('stranger').get(`${here}?don-vi=${unit}`)).html).not.toContain('/ho-so/');
  });

  test('are marked when they are handed over', async () => {
    const { html } = await as('unit-clerk').get(`${here}?don-vi=${unit}`);
    const values = [...html.matchAll(/name="letter" value="([^"]+)"/g)].map((match) => match[1] ?? '');
    const fields = { unit, letter: values[0] ?? '', 'handed-on': localDateOf(new Date().toISOString()) };
    await as('stranger').get(here);
    expect((await as('stranger').post(`${here}/da-giao`, fields)).status).toBe(422);
    await as('unit-clerk').get(here);
    const page = await as('unit-clerk').post(`${here}/da-giao`, fields);
    expect(textOf(page.html)).toContain(`${values.length - 1} thư chờ giao`);
    expect((await as('unit-clerk').post(`${here}/da-giao`, { ...fields, letter: '' })).status).toBe(422);
  });

  test('leave a folder that verifies', () => {
    const held = openToVerify(join(dataDirectory, 'histories.sqlite'));
    expect(verifyHistories(held.held()).problems).toEqual([]);
    held.close();
  });
});
