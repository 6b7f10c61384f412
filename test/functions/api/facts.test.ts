/** The facts door over HTTP, by contract facts-v1, and the guard before every route. */
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localDateOf } from '../../../shared/calendar.ts';
import { revokeClient, confirmClient, proposeClient } from '../../../shared/case/api-client-acts.ts';
import { historyClients } from '../../../functions/api/clients.ts';
import { newToken } from '../../../functions/web/api-token.ts';
import { poolToken } from '../../../shared/case/api-client.ts';
import { memoryRate } from '../../../functions/api/rate.ts';
import { readsOf } from '../../../shared/completion/reads.ts';
import { type Api, openApi } from '../../api-server.ts';
import { done, openProvince, type Province } from '../../province.ts';

let province: Province;
let api: Api;
let token = '';

beforeAll(async () => {
  province = await openProvince({ people: 2 });
  api = await openApi(province);
  token = (await api.client(['facts:assess'])).token;
});
afterAll(async () => {
  await api.close();
  await province.close();
  expect(province.faults).toEqual([]);
});

/** The request printed in the contract: Mr M of Official Letter 1814. */
const mrM = {
  id: 'M',
  person: { sex: 'male', birth: '1985-05-12', citizenId: '040085000011', fullName: 'Nguyễn Văn Mẫu' },
  subject: 'civil-servant',
  leaving: {
    cause: 'reorganised',
    on: '2025-06-01',
    decidedOn: '2025-05-20',
    decisionNumber: '12/QĐ-SNV',
    reorganisedOn: '2025-03-01',
    voluntary: true,
  },
  pay: { kind: 'coefficient', grade: '3.66', allowances: [{ name: 'civil-service', percent: '25' }] },
  service: [{ from: '2010-06', to: '2025-05', employer: 'state' }],
};

describe('facts', () => {
  test('are answered as the contract prints it, to the đồng', async () => {
    const { status, json } = await api.call('/api/v1/facts', { token, json: mrM });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      id: 'M',
      outcome: 'entitled',
      regime: '178/9',
      total: '786854250',
      lines: [
        { line: 'severance-months', amount: '513864000' },
        { line: 'service-years', amount: '240873750' },
        { line: 'job-search', amount: '32116500' },
      ],
      figures: {
        monthlySalary: '10705500',
        retirementMonth: '2047-06',
        annex: 'I',
        monthsEarly: 264,
        serviceMonths: 180,
      },
    });
  });

  test('as lines get the very bytes that the command `assess` prints', async () => {
    const nobody = { id: 7, person: { sex: 'female' } };
    const wrong = { id: null, pay: { kind: 'coefficient', grade: 4.65 }, unheard: true };
    const lines = `${JSON.stringify(mrM)}\n${JSON.stringify(nobody)}\nno json\n${JSON.stringify(wrong)}\n\n`;
    const sent = await api.call('/api/v1/facts', {
      token,
      body: lines,
      headers: { 'content-type': 'application/x-ndjson; charset=utf-8' },
    });
    const command = ['node_modules/tsx/dist/cli.mjs', 'infra/local/commands/assess.ts'];
    const { stdout } = spawnSync(process.execPath, command, { input: lines, encoding: 'utf8' });
    expect(sent.status).toBe(200);
    expect(sent.text).toBe(stdout);
  });

  test('that do not fit are a problem with every fault by its path', async () => {
    const { status, json, headers } = await api.call('/api/v1/facts', { token, json: { ...mrM, wage: '1', id: 'x' } });
    expect(status).toBe(422);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(json).toMatchObject({ id: 'x', outcome: 'invalid', faults: [{ path: 'wage', message: 'unknown key' }] });
  });

  test('that are wrong all over are told by their first thousand faults, no key of them at length', async () => {
    const keys = Array.from({ length: 5000 }, (_, at) => [`${at}${'x'.repeat(at === 0 ? 100_000 : 1)}`, 1]);
    const { status, json, text } = await api.call('/api/v1/facts', { token, json: Object.fromEntries(keys) });
    expect([status, json]).toMatchObject([422, { faultCount: 5000, faults: { length: 1000 } }]);
    expect(text.length).toBeLessThan(100_000);
    const lines = await api.call('/api/v1/facts', {
      token,
      body: JSON.stringify(Object.fromEntries(keys)),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(JSON.parse(lines.text)).toMatchObject({ faultCount: 5000, faults: { length: 1000 } });
  });

  test('follow the readings that are asked for, and no others', async () => {
    expect((await api.call('/api/v1/facts?reading=X3%3Dflat-5', { token, json: mrM })).status).toBe(200);
    expect((await api.call('/api/v1/facts?readings=recorded', { token, json: mrM })).status).toBe(200);
    for (const query of [
      'reading=X3%3Dnothing',
      'reading=ZZ',
      'readings=all',
      'raeding=X3%3Dflat-5',
      'reading=X3%3Dflat-5&reading=X3%3D15-year-line',
    ]) {
      const { status, json } = await api.call(`/api/v1/facts?${query}`, { token, json: mrM });
      expect(status).toBe(400);
      expect(json).toMatchObject({ type: 'urn:chi-tra:problem:bad-query' });
    }
  });

  test('are not kept: that the client asked is, and nothing of the person', async () => {
    const { id, token: fresh } = await api.client(['facts:assess']);
    const before = [...province.home.store.held().entries].length;
    await api.call('/api/v1/facts', { token: fresh, json: mrM });
    const days = [province.still.now().slice(0, 10)];
    const reads = await readsOf(province.store, { days, account: `api:${id}` });
    expect(reads).toMatchObject([{ what: 'assessment', path: '/api/v1/facts', by: `api:${id}` }]);
    const kept = [...province.home.store.held().entries].slice(before);
    expect(JSON.stringify(kept)).not.toMatch(/Nguyễn Văn Mẫu|040085000011|1985-05-12/);
  });
});

describe('a body', () => {
  test('that is no JSON, no JSON type, no UTF-8 or too long is refused as what it is', async () => {
    const send = async (body: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
      (await api.call('/api/v1/facts', { token, body, headers: { 'content-type': type } })).status;
    expect(await send('{"id":')).toBe(400);
    expect(await send('')).toBe(400);
    expect(await send(new Uint8Array([0x22, 0xff, 0x22]))).toBe(400);
    expect(await send('<facts/>', 'text/xml')).toBe(415);
    expect(await send('id=1', 'application/x-www-form-urlencoded')).toBe(415);
    expect(await send(`"${'x'.repeat(1_000_001)}"`)).toBe(413);
    expect(await send('{}\n'.repeat(201), 'application/x-ndjson')).toBe(413);
    expect(await send('[1]')).toBe(422);
    expect(await send('{"__proto__":{"outcome":"entitled"}}')).toBe(422);
    expect(await send(`{"id":${'['.repeat(400_000)}${']'.repeat(400_000)}}`)).toBe(400);
  });
});

describe('a token', () => {
  test('counts once another administrator has confirmed it, until it is revoked', async () => {
    const given = { name: 'Kho bạc', scopes: ['facts:assess'], units: [], token: 'x'.repeat(43) };
    const wish = { ...given, expiresOn: localDateOf(province.still.now()) };
    const one = { id: 'demo-administrator' };
    const proposed = done(await proposeClient(wish, one, province.still));
    const id = 'id' in proposed ? proposed.id : '';
    const asks = async () => (await api.call('/api/v1/facts', { token: wish.token, json: mrM })).status;
    expect(await asks()).toBe(401);
    expect(await confirmClient(id, one, province.still)).toMatchObject({ outcome: 'refused' });
    expect(await asks()).toBe(401);
    done(await confirmClient(id, { id: 'demo-administrator-2' }, province.still));
    expect(await asks()).toBe(200);
    expect(await revokeClient(id, ' ', one, province.still)).toMatchObject({ outcome: 'refused' });
    done(await revokeClient(id, 'Hết hợp đồng', one, province.still));
    expect(await asks()).toBe(401);
    expect(await confirmClient(id, { id: 'demo-administrator-2' }, province.still)).toMatchObject({
      outcome: 'refused',
    });
  });

  test('of a client of a user pool is the pool’s own: its id is entered once, and lets nobody in by itself', async () => {
    const given = { name: 'Kế toán', scopes: ['facts:assess'], units: [], token: newToken(), poolClient: '7abc123def' };
    const wish = { ...given, expiresOn: localDateOf(province.still.now()) };
    const one = { id: 'demo-administrator' };
    const proposed = done(await proposeClient(wish, one, province.still));
    done(await confirmClient('id' in proposed ? proposed.id : '', { id: 'demo-administrator-2' }, province.still));
    expect(await historyClients(province.still).clientOf(poolToken('7abc123def'))).toMatchObject({ name: 'Kế toán' });
    expect((await api.call('/api/v1/client', { token: wish.token })).status).toBe(401);
    expect((await api.call('/api/v1/client', { token: poolToken('7abc123def') })).status).toBe(401);
    expect(await proposeClient(wish, one, province.still)).toMatchObject({ outcome: 'refused' });
    expect(await proposeClient({ ...wish, poolClient: 'a b' }, one, province.still)).toMatchObject({
      outcome: 'refused',
    });
  });

  test('is nowhere in the histories, only its SHA-256', async () => {
    const { token: fresh } = await api.client(['facts:assess']);
    expect(JSON.stringify([...province.home.store.held().entries])).not.toContain(fresh);
  });

  test('that is missing, malformed, unknown or of yesterday is not let in', async () => {
    const statuses = [];
    for (const authorization of [
      '',
      'Bearer',
      'Basic YTpi',
      `Bearer ${'y'.repeat(43)}`,
      `Bearer ${'z'.repeat(5000)}`,
    ]) {
      const { status, headers } = await api.call('/api/v1/client', { headers: { authorization } });
      statuses.push(status);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
    const late = await openApi({ ...province, still: { ...province.still, now: () => '2030-01-01T00:00:00.000Z' } });
    expect((await late.call('/api/v1/client', { token })).status).toBe(401);
    await late.close();
  });

  test('that calls too often waits, and no other does', async () => {
    let at = 0;
    const limited = await openApi(province, { rate: memoryRate(() => at, 3) });
    const other = (await limited.client(['facts:assess'])).token;
    const ask = async (by: string) => limited.call('/api/v1/client', { token: by });
    expect([(await ask(token)).status, (await ask(token)).status, (await ask(token)).status]).toEqual([200, 200, 200]);
    at = 59_000;
    const { status, headers } = await ask(token);
    expect([status, headers.get('retry-after')]).toEqual([429, '1']);
    expect((await ask(other)).status).toBe(200);
    at = 60_000;
    expect((await ask(token)).status).toBe(200);
    await limited.close();
  });
});
