/** Cases, batches, payments and results over HTTP: who may read what, and that results are recorded once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { documentedPath } from '../../../functions/api/document.ts';
import { apiRoutes } from '../../../functions/api/routes.ts';
import { type ApiScope, apiScopes } from '../../../shared/case/api-client.ts';
import { type Order, readOrder } from '../../../shared/case/order.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { readsOf } from '../../../shared/completion/reads.ts';
import { sum } from '../../../shared/dong.ts';
import { type Api, openApi } from '../../api-server.ts';
import { openProvince, type Province } from '../../province.ts';

let province: Province;
let api: Api;
let orders: readonly Order[] = [];
let reader = '';
let bank = '';

beforeAll(async () => {
  province = await openProvince({ people: 12 });
  orders = await province.sentBatch('b1');
  api = await openApi(province);
  reader = (await api.client(['cases:read', 'batches:read'])).token;
  bank = (await api.client(['results:write'])).token;
});
afterAll(async () => {
  await api.close();
  await province.close();
  expect(province.faults).toEqual([]);
});

const order = (at: number): Order => orders[at] ?? expect.fail(`there is no order ${at}`);

function message(of: readonly Order[], outcome = 'credited', more: Record<string, unknown> = {}) {
  const lines = of.map(({ reference, amount }) => ({ reference, amount, outcome, on: '2025-10-03', ...more }));
  return { count: lines.length, total: sum(of.map(({ amount }) => BigInt(amount))).toString(), lines };
}

async function results(json: unknown, token = bank) {
  const sent = await api.call('/api/v1/batches/b1/results', { token, json });
  await api.work();
  return sent;
}

const accepted = z.object({ href: z.string(), job: z.string() });

describe('every route', () => {
  /** Written by hand: a change of the table fails it. */
  const scopeOf: Readonly<Record<string, ApiScope | 'any'>> = {
    'post /api/v1/facts': 'facts:assess',
    'post /api/v1/lists': 'lists:submit',
    'get /api/v1/lists/{id}': 'lists:submit',
    'get /api/v1/cases/{id}': 'cases:read',
    'get /api/v1/batches/{id}': 'batches:read',
    'get /api/v1/batches/{id}/payments': 'batches:read',
    'get /api/v1/payments/{reference}': 'batches:read',
    'post /api/v1/batches/{id}/results': 'results:write',
    'get /api/v1/results/{id}': 'results:write',
    'get /api/v1/jobs/{id}': 'any',
    'get /api/v1/client': 'any',
  };

  test('is answered in its scope alone, with 403 in every other and 401 without a token', async () => {
    expect(apiRoutes.map(({ method, path }) => `${method} ${documentedPath(path)}`)).toEqual(Object.keys(scopeOf));
    for (const scope of apiScopes) {
      const { token } = await api.client([scope]);
      for (const [route, needed] of Object.entries(scopeOf)) {
        const [method = '', path = ''] = route.split(' ');
        const ask = { method: method.toUpperCase(), ...(method === 'post' ? { json: {} } : {}) };
        const { status } = await api.call(path.replaceAll(/\{\w+\}/g, 'none'), { ...ask, token });
        const isLetIn = needed === 'any' || needed === scope;
        expect([scope, route, status === 403]).toEqual([scope, route, !isLetIn]);
        expect((await api.call(path.replaceAll(/\{\w+\}/g, 'none'), ask)).status).toBe(401);
      }
    }
  });
});

describe('a case', () => {
  test('says where its money stands; a name only in the scope of names, the citizen id masked', async () => {
    const caseId = caseIdOf(order(0).part);
    const { json, text } = await api.call(`/api/v1/cases/${caseId}`, { token: reader });
    expect(json).toMatchObject({
      id: caseId,
      assessment: { outcome: 'entitled' },
      parts: [{ status: 'sent', amount: order(0).amount, batch: 'b1', payment: order(0).reference }],
    });
    expect(text).not.toContain('person');
    const { token } = await api.client(['cases:read', 'persons:read']);
    const named = await api.call(`/api/v1/cases/${caseId}`, { token });
    expect(named.json).toMatchObject({ person: { citizenId: expect.stringMatching(/^\d{3}\*{6}\d{3}$/) } });
  });

  test('is written down as read, by the client and not by a person', async () => {
    const caseId = caseIdOf(order(1).part);
    const { id, token } = await api.client(['cases:read']);
    await api.call(`/api/v1/cases/${caseId}`, { token });
    await api.call('/api/v1/cases/unheard-of', { token });
    const days = [province.still.now().slice(0, 10)];
    expect(await readsOf(province.store, { days, of: caseId })).toMatchObject([{ what: 'person', by: `api:${id}` }]);
    expect(await readsOf(province.store, { days, of: 'unheard-of' })).toEqual([]);
  });

  test('of a unit that the client does not work for is not there', async () => {
    const one = order(0);
    const other = orders.find(({ unit }) => unit !== one.unit) ?? expect.fail('the orders are of one unit');
    const { token } = await api.client(['cases:read', 'batches:read'], [one.unit]);
    const status = async (path: string) => (await api.call(path, { token })).status;
    expect(await status(`/api/v1/cases/${caseIdOf(one.part)}`)).toBe(200);
    expect(await status(`/api/v1/cases/${caseIdOf(other.part)}`)).toBe(404);
    expect(await status(`/api/v1/payments/${one.reference}`)).toBe(200);
    expect(await status(`/api/v1/payments/${other.reference}`)).toBe(404);
    const own = orders.filter(({ unit }) => unit === one.unit);
    const { json } = await api.call('/api/v1/batches/b1/payments', { token });
    const shown = z.object({ payments: z.array(z.object({ reference: z.string() })) }).parse(json).payments;
    expect(new Set(shown.map(({ reference }) => reference))).toEqual(new Set(own.map(({ reference }) => reference)));
    const total = sum(own.map(({ amount }) => BigInt(amount))).toString();
    expect((await api.call('/api/v1/batches/b1', { token })).json).toMatchObject({
      units: [one.unit],
      entitled: { people: own.length, total },
      agrees: true,
    });
  });

  test('of the Party block is not there before its board has passed it on', async () => {
    const party = await openProvince({ people: 4, partyPeople: 1 });
    const beside = await openApi(party);
    const { token } = await beside.client(['cases:read']);
    const path = `/api/v1/cases/${caseIdOf(await party.partyMember())}`;
    expect((await beside.call(path, { token })).status).toBe(404);
    await party.appraiseAll(party.account('party-board-officer'));
    expect((await beside.call(path, { token })).status).toBe(200);
    await beside.close();
    await party.close();
  });
});

describe('a batch', () => {
  test('has its zero-sum line as strings of digits, and pages of payments', async () => {
    const { json } = await api.call('/api/v1/batches/b1', { token: reader });
    const total = sum(orders.map(({ amount }) => BigInt(amount))).toString();
    expect(json).toMatchObject({
      id: 'b1',
      status: 'paying',
      decision: { number: 'b1/QĐ-UBND', on: '2025-10-01' },
      entitled: { people: orders.length, total },
      standing: { 'in-flight': { people: orders.length, total }, credited: { people: 0, total: '0' } },
      agrees: true,
    });
    const page = z.object({ payments: z.array(z.object({ reference: z.string() })), next: z.string().optional() });
    const found: string[] = [];
    let after = '';
    do {
      const answer = await api.call(`/api/v1/batches/b1/payments?status=sent&limit=3${after}`, { token: reader });
      const { payments, next } = page.parse(answer.json);
      expect(payments.length).toBeLessThanOrEqual(3);
      found.push(...payments.map(({ reference }) => reference));
      after = next === undefined ? '' : `&after=${encodeURIComponent(next)}`;
    } while (after !== '');
    expect(found.toSorted()).toEqual(orders.map(({ reference }) => reference).toSorted());
  });

  test('shows a client that is bound to units their payments page by page, and no place among those of others', async () => {
    const [one = '', two = '', other = ''] = [...new Set(orders.map(({ unit }) => unit))];
    const { token } = await api.client(['batches:read'], [two, one]);
    const page = z.object({
      payments: z.array(z.object({ reference: z.string(), unit: z.string() })),
      next: z.string().optional(),
    });
    const ownReferences = orders.filter(({ unit }) => unit === one || unit === two).map(({ reference }) => reference);
    for (const limit of [1, 2, 3, 200]) {
      const found: string[] = [];
      let after = '';
      do {
        const answer = await api.call(`/api/v1/batches/b1/payments?limit=${limit}${after}`, { token });
        const { payments, next } = page.parse(answer.json);
        found.push(...payments.map(({ reference }) => reference));
        for (const { reference, unit } of orders)
          if (unit !== one && unit !== two) expect(next ?? '').not.toContain(reference);
        after = next === undefined ? '' : `&after=${encodeURIComponent(next)}`;
      } while (after !== '');
      expect(found.toSorted()).toEqual(ownReferences.toSorted());
    }
    // A place that somebody made up, or that another client was given, is no place.
    for (const after of [`${other}~`, `${other}~order/x`, `order/${order(0).reference}`, `${one}~x`, `${one}~~`]) {
      expect((await api.call(`/api/v1/batches/b1/payments?after=${after}`, { token })).status).toBe(400);
    }
  });

  test('in which a bound client has nobody is not there, and neither are its payments', async () => {
    const units = await readUnits(province.store);
    const elsewhere =
      [...units.keys()].find((code) => orders.every(({ unit }) => unit !== code)) ?? expect.fail('none');
    const { token } = await api.client(['batches:read'], [elsewhere]);
    expect((await api.call('/api/v1/batches/b1', { token })).status).toBe(404);
    expect((await api.call('/api/v1/batches/b1/payments', { token })).status).toBe(404);
  });

  test('that nobody made, and pages that nobody can make, are told so', async () => {
    const status = async (path: string) => (await api.call(path, { token: reader })).status;
    expect(await status('/api/v1/batches/none')).toBe(404);
    expect(await status('/api/v1/batches/none/payments')).toBe(404);
    expect(await status('/api/v1/payments/CT0000000000-1')).toBe(404);
    for (const query of ['limit=0', 'limit=201', 'limit=x', 'status=lost', 'after=']) {
      expect(await status(`/api/v1/batches/b1/payments?${query}`)).toBe(400);
    }
    // What would be read otherwise than it was meant shows nothing, rather than another page or every payment.
    for (const query of ['limit=1e2', 'limit=0x10', 'limit=%205', 'limit=1&limit=2', 'status=sent&status=credited']) {
      expect([query, await status(`/api/v1/batches/b1/payments?${query}`)]).toEqual([query, 400]);
    }
    for (const query of ['stauts=sent', '__proto__=1', 'after=x', 'after=%00', 'after=case/x', 'after=1094107~']) {
      expect([query, await status(`/api/v1/batches/b1/payments?${query}`)]).toEqual([query, 400]);
    }
    expect(await status('/api/v1/batches/..%2Fcase/payments')).toBe(404);
  });
});

describe('results', () => {
  test('are recorded line by line through the reconciliation, each once however often they are sent', async () => {
    const two = message(orders.slice(0, 2));
    const sent = await results(two);
    expect(sent.status).toBe(202);
    const { href, job } = accepted.parse(sent.json);
    expect((await api.call(`/api/v1/jobs/${job}`, { token: bank })).json).toMatchObject({ status: 'done' });
    const told = await api.call(href, { token: bank });
    expect(told.json).toMatchObject({ batch: 'b1', status: 'closed', counts: { matched: { lines: 2 } }, others: [] });
    const entries = (await readOrder(province.store, order(0).reference))?.entries;
    expect(entries?.at(-1)?.by).toMatch(/^api:/);
    const again = await results(two);
    expect([again.status, again.json]).toEqual([200, told.json]);
    expect((await readOrder(province.store, order(0).reference))?.entries).toEqual(entries);
    expect((await api.call(`/api/v1/payments/${order(0).reference}`, { token: reader })).json).toMatchObject({
      status: 'credited',
      iso20022: { status: 'ACCC' },
    });
  });

  test('in marks that nobody sees, or in a sheet that is called XML, are not taken', async () => {
    const [line] = message(orders.slice(0, 1)).lines;
    for (const odd of [{ reference: 'CT1\u0000' }, { reference: '\u202e1TC' }, { reason: 'a\u0007' }]) {
      const sent = await results({ count: 1, total: order(0).amount, lines: [{ ...line, ...odd }] });
      expect(sent).toMatchObject({ status: 422, json: { faults: [{ path: `lines.0.${Object.keys(odd)[0]}` }] } });
    }
    for (const body of ['', 'PK\u0003\u0004', 'reference,amount', '{}']) {
      const ask = { token: bank, body, headers: { 'content-type': 'application/xml' } };
      expect((await api.call('/api/v1/batches/b1/results', ask)).status).toBe(422);
    }
  });

  test('sent twice at once are recorded once', async () => {
    const third = message(orders.slice(2, 3));
    const both = await Promise.all([results(third), results(third)]);
    await api.work();
    expect(both.map(({ status }) => status).every((status) => status === 202 || status === 200)).toBe(true);
    const settled = (await readOrder(province.store, order(2).reference))?.entries.filter(
      ({ kind }) => kind === 'settled',
    );
    expect(settled?.length).toBe(1);
  });

  test('of a payment that came back tell the code of the reason, never the sender’s words', async () => {
    await results(message(orders.slice(3, 4), 'returned', { reason: 'Tai khoan cua NGUYEN VAN A da dong' }));
    const { json, text } = await api.call(`/api/v1/payments/${order(3).reference}`, { token: reader });
    expect(json).toMatchObject({ status: 'returned', iso20022: { status: 'RJCT', reason: 'AC04' } });
    expect(text).not.toMatch(/NGUYEN/);
  });

  test('that are cut, short, unknown or of somebody else are told line by line and pay nobody', async () => {
    const cut = { ...message(orders.slice(4, 6)), count: 3 };
    const job = accepted.parse((await results(cut)).json).job;
    expect((await api.call(`/api/v1/jobs/${job}`, { token: bank })).json).toMatchObject({
      problem: { vi: expect.stringMatching(/^Chưa có gì được ghi nhận/) },
    });
    const odd = { ...order(4), amount: '1' };
    const sent = await results(message([odd, { ...order(5), reference: 'CT0000000000-1' }]));
    const { href } = accepted.parse(sent.json);
    expect((await api.call(href, { token: bank })).json).toMatchObject({
      counts: { short: { lines: 1, total: '1' }, unknown: { lines: 1 } },
    });
    expect((await readOrder(province.store, order(4).reference))?.status).toBe('sent');
    const other = await api.client(['results:write']);
    expect((await api.call(href, { token: other.token })).status).toBe(404);
    expect((await results(message(orders.slice(0, 2)), other.token)).status).toBe(409);
  });

  test('in an ISO 20022 message are read as from a file', async () => {
    const xml = '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><x/></Document>';
    const sent = await api.call('/api/v1/batches/b1/results', {
      token: bank,
      body: xml,
      headers: { 'content-type': 'application/xml' },
    });
    expect(sent.status).toBe(202);
    await api.work();
    const { job } = accepted.parse(sent.json);
    const { json } = await api.call(`/api/v1/jobs/${job}`, { token: bank });
    expect(json).toMatchObject({ status: 'done', problem: { vi: expect.any(String) } });
  });

  test('with any field missing or wrong are refused by the path of that field', async () => {
    const whole = message(orders.slice(7, 8));
    const [line] = whole.lines;
    if (line === undefined) throw new Error('there is no order');
    const faultsOf = async (json: unknown) => {
      const { status, json: told } = await api.call('/api/v1/batches/b1/results', { token: bank, json });
      const { faults } = z.object({ faults: z.array(z.object({ path: z.string() })) }).parse(told);
      return [status, [...new Set(faults.map(({ path }) => path))]];
    };
    for (const name of ['count', 'total', 'lines'] as const) {
      const { [name]: _left, ...rest } = whole;
      expect(await faultsOf(rest)).toEqual([422, [name]]);
      expect(await faultsOf({ ...whole, [name]: -1.5 })).toEqual([422, [name]]);
    }
    for (const name of ['reference', 'amount', 'outcome', 'on'] as const) {
      const { [name]: _left, ...rest } = line;
      expect(await faultsOf({ ...whole, lines: [rest] })).toEqual([422, [`lines.0.${name}`]]);
      for (const wrong of ['', 5, null, '2025-13-45 ']) {
        if (name === 'reference' && wrong === '2025-13-45 ') continue;
        expect(await faultsOf({ ...whole, lines: [{ ...line, [name]: wrong }] })).toEqual([422, [`lines.0.${name}`]]);
      }
    }
    expect(await faultsOf({ ...whole, lines: [] })).toEqual([422, ['lines']]);
    expect(await faultsOf({ ...whole, lines: [{ ...line, on: '2025-02-30' }] })).toEqual([422, ['lines.0.on']]);
  });

  test('of no batch, of one not decided, of a client of units, or with money as a number are refused', async () => {
    const wish = message(orders.slice(6, 7));
    const send = async (path: string, json: unknown, token = bank) => (await api.call(path, { token, json })).status;
    expect(await send('/api/v1/batches/none/results', wish)).toBe(404);
    await province.freeze('b2', { level: 'commune' });
    expect(await send('/api/v1/batches/b2/results', wish)).toBe(409);
    const bound = await api.client(['results:write'], [order(6).unit]);
    expect(await send('/api/v1/batches/b1/results', wish, bound.token)).toBe(403);
    const line = { ...wish.lines[0], amount: Number(order(6).amount) };
    expect(await send('/api/v1/batches/b1/results', { ...wish, lines: [line] })).toBe(422);
    expect(await send('/api/v1/batches/b1/results', { ...wish, total: '1e9' })).toBe(422);
    expect(await send('/api/v1/batches/b1/results', { ...wish, more: 1 })).toBe(422);
    expect((await readOrder(province.store, order(6).reference))?.status).toBe('sent');
  });
});
