/** Lists from another system: taken once a key, checked like a clerk's, submitted by the same acts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { runJob } from '../../../functions/home/run-jobs.ts';
import { Transient } from '../../../shared/case/faults.ts';
import { readListHistory } from '../../../shared/intake/list.ts';
import { readCase } from '../../../shared/case/case.ts';
import { type Api, openApi, peopleToSend, type Sent } from '../../api-server.ts';
import { openProvince, type Province } from '../../province.ts';

let province: Province;
let api: Api;
let token = '';
let clientId = '';
let people: Awaited<ReturnType<typeof peopleToSend>> = [];

beforeAll(async () => {
  province = await openProvince({ people: 2 });
  api = await openApi(province);
  ({ token, id: clientId } = await api.client(['lists:submit', 'cases:read']));
  people = await peopleToSend(12, 99);
});
afterAll(async () => {
  await api.close();
  await province.close();
  expect(province.faults).toEqual([]);
});

const withCases = z.object({
  submitted: z.object({ cases: z.array(z.object({ id: z.string(), case: z.string() })) }),
});
const accepted = z.object({ id: z.string(), href: z.string(), job: z.string() });

async function send(key: string, json: unknown, by = token): Promise<Sent> {
  return api.call('/api/v1/lists', { token: by, json, headers: { 'idempotency-key': key } });
}

async function sendAndWork(key: string, json: unknown) {
  const sent = await send(key, json);
  expect(sent.status).toBe(202);
  const { href, job } = accepted.parse(sent.json);
  await api.work();
  expect((await api.call(`/api/v1/jobs/${job}`, { token })).json).toMatchObject({ status: 'done' });
  return (await api.call(href, { token })).json;
}

async function caseCount(): Promise<number> {
  return (await province.store.page({ kind: 'case', limit: 1000 })).rows.length;
}

describe('a list that another system sends', () => {
  test('is submitted by the same acts as a clerk’s, with the facts as they were sent', async () => {
    const before = await caseCount();
    const some = people.slice(0, 4);
    const answer = await sendAndWork('k-1', { submit: 'when-clean', people: some });
    expect(answer).toMatchObject({ status: 'submitted', people: 4, faults: [], submitted: { submitted: 4, left: [] } });
    expect(await caseCount()).toBe(before + 4);
    const list = await readListHistory(province.store, z.object({ id: z.string() }).parse(answer).id);
    expect(list?.entries.map(({ kind, by }) => [kind, by])).toEqual([
      ['uploaded', `api:${clientId}`],
      ['read', 'system'],
      ['submitted', `api:${clientId}`],
    ]);
    const rows = (await province.store.page({ kind: 'case', limit: 1000 })).rows;
    const cases = await Promise.all(rows.map(({ stream }) => readCase(province.store, stream.slice('case/'.length))));
    const kept = cases.filter((one) => one?.submitted.list === list?.id).map((one) => one?.submitted.facts);
    expect(kept).toEqual(expect.arrayContaining(some.map(({ facts }) => facts)));
    expect(JSON.stringify([...province.home.store.held().entries])).not.toContain(some[0]?.citizenId);
  });

  test('names the case of each person, which the same system then reads', async () => {
    const some = people.slice(0, 4);
    const answer = await sendAndWork('k-1', { submit: 'when-clean', people: some });
    const { cases } = withCases.parse(answer).submitted;
    expect(cases.map(({ id }) => id)).toEqual(some.map(({ id }) => id));
    for (const [index, { case: caseId }] of cases.entries()) {
      expect((await readCase(province.store, caseId))?.submitted.facts).toEqual(some[index]?.facts);
      expect((await api.call(`/api/v1/cases/${caseId}`, { token })).status).toBe(200);
    }
    // The same people, sent by a system that works for another unit: that they have a case is told, which it is is not.
    const unit = people.map(({ payingUnit }) => payingUnit).find((one) => one !== some[0]?.payingUnit) ?? expect.fail();
    const bound = await api.client(['lists:submit'], [unit]);
    const moved = { submit: 'good-rows', people: [{ ...some[0], payingUnit: unit }] };
    const sent = await send('k-1', moved, bound.token);
    await api.work();
    const other = (await api.call(accepted.parse(sent.json).href, { token: bound.token })).json;
    expect(other).toMatchObject({ submitted: { submitted: 0, elsewhere: [some[0]?.id], cases: [] } });
  });

  test('sent again under its key is the list that is there, also when two come at once', async () => {
    const before = await caseCount();
    const message = { submit: 'when-clean', people: people.slice(4, 6) };
    const both = await Promise.all([send('k-2', message), send('k-2', message)]);
    await api.work();
    const again = await send('k-2', message);
    const ids = [...both, again].map(({ json }) => accepted.parse(json).id);
    expect(new Set(ids).size).toBe(1);
    expect([...both, again].map(({ status }) => status)).toEqual([202, 202, 202]);
    await api.work();
    expect(await caseCount()).toBe(before + 2);
  });

  test('under a key that was used for another body is refused; another client’s same key is another list', async () => {
    const message = { submit: 'check', people: people.slice(4, 6) };
    expect(await send('k-2', message)).toMatchObject({ status: 422, json: { type: 'urn:chi-tra:problem:key-reused' } });
    const other = await api.client(['lists:submit']);
    const sent = await send('k-2', message, other.token);
    expect(sent.status).toBe(202);
    const { href, job } = accepted.parse(sent.json);
    await api.work();
    expect((await api.call(href, { token })).status).toBe(404);
    expect((await api.call(`/api/v1/jobs/${job}`, { token })).status).toBe(404);
    expect((await api.call(href, { token: other.token })).json).toMatchObject({ status: 'checked', faults: [] });
  });

  test('with a fault tells whose and where, and is not submitted unless good rows are to go on', async () => {
    const [first, second, third] = people.slice(6, 9);
    if (first === undefined || second === undefined || third === undefined) throw new Error('the sample is too small');
    const { service, ...rest } = second.facts;
    const wrong = [
      first,
      { ...second, facts: { ...rest, service: service?.map((one) => ({ ...one, from: '2030-01', to: '2030-02' })) } },
      { ...third, citizenId: '12', account: { ...third.account, holder: 'NGUOI KHAC' } },
    ];
    const before = await caseCount();
    const answer = await sendAndWork('k-3', { submit: 'when-clean', people: wrong });
    expect(answer).toMatchObject({ status: 'checked' });
    const faults = z
      .object({ faults: z.array(z.looseObject({ id: z.string(), at: z.string(), path: z.string() })) })
      .parse(answer).faults;
    expect(new Set(faults.map(({ id }) => id))).toEqual(new Set([second.id, third.id]));
    expect(faults.filter(({ id }) => id === third.id).length).toBeGreaterThanOrEqual(2);
    // By the field that was sent, and of no cell of a sheet that nobody sent.
    expect(answer).toMatchObject({ faultCount: faults.length });
    const paths = faults.map(({ id, path }) => `${id} ${path}`);
    expect(paths).toContainEqual(
      expect.stringMatching(new RegExp(`^${second.id} facts\\.service\\.\\d+\\.(from|to)$`)),
    );
    expect(paths).toEqual(expect.arrayContaining([`${third.id} citizenId`, `${third.id} account.holder`]));
    expect(JSON.stringify(faults)).not.toMatch(/Dòng|Row|cell/);
    expect(await caseCount()).toBe(before);
    const good = await sendAndWork('k-4', { submit: 'good-rows', people: wrong });
    expect(good).toMatchObject({ status: 'submitted', submitted: { submitted: 1 } });
    expect(await caseCount()).toBe(before + 1);
  });

  test('with a fact that a list cannot hold is told so, and goes no further', async () => {
    const person = people[9];
    if (person?.facts.pay?.kind !== 'coefficient') throw new Error('the sample has nobody on a coefficient');
    const facts = { ...person.facts, pay: { ...person.facts.pay, effectiveFrom: '2024-07-01' } };
    const answer = await sendAndWork('k-5', { submit: 'good-rows', people: [{ ...person, facts }] });
    expect(answer).toMatchObject({ status: 'checked', faults: [{ id: person.id, at: 'pay' }] });
  });

  test('of people who are there already makes no second case', async () => {
    const before = await caseCount();
    const answer = await sendAndWork('k-6', { submit: 'when-clean', people: people.slice(0, 4) });
    expect(answer).toMatchObject({ status: 'submitted', submitted: { submitted: 0, same: 4 } });
    expect(await caseCount()).toBe(before);
  });

  test('of a unit that the client does not work for is a fault of each row', async () => {
    const bound = await api.client(['lists:submit'], [people[0]?.payingUnit ?? '']);
    const others = people.filter(({ payingUnit }) => payingUnit !== people[0]?.payingUnit).slice(0, 1);
    const sent = await send('k-7', { submit: 'good-rows', people: others }, bound.token);
    await api.work();
    const answer = (await api.call(accepted.parse(sent.json).href, { token: bound.token })).json;
    expect(answer).toMatchObject({ submitted: { submitted: 0 }, faults: [{ id: others[0]?.id }] });
  });

  test('whose process died before the job was started goes on when it is sent again', async () => {
    const message = { submit: 'when-clean', people: people.slice(10, 11) };
    const before = await caseCount();
    const killed = { ...api.ports.jobs, start: async () => Promise.reject(new Error('killed')) };
    const dying = await openApi({ ...province, faults: [] }, { jobs: killed });
    const headers = { 'idempotency-key': 'k-8' };
    expect((await dying.call('/api/v1/lists', { token, json: message, headers })).status).toBe(500);
    await dying.close();
    expect((await send('k-8', message)).status).toBe(202);
    await api.work();
    expect(await caseCount()).toBe(before + 1);
  });

  test('whose job failed, or was lost with its record, goes on when it is sent again', async () => {
    const message = { submit: 'when-clean', people: people.slice(11, 12) };
    const before = await caseCount();
    const scratch = province.home.scratch.port;
    const first = accepted.parse((await send('k-11', message)).json);
    const files = { ...province.still.files, get: async () => Promise.reject(new Error('gone')) };
    const faults: unknown[] = [];
    await runJob(first.job, scratch, { ...province.still, files }, (error) => faults.push(error));
    expect(faults).toHaveLength(1);
    const second = accepted.parse((await send('k-11', message)).json);
    expect([second.id, second.job === first.job]).toEqual([first.id, false]);
    await scratch.remove('job', second.job);
    const third = accepted.parse((await send('k-11', message)).json);
    await api.work();
    const answer = (await api.call(third.href, { token })).json;
    expect(answer).toMatchObject({ status: 'submitted', submitted: { submitted: 1 } });
    expect(await caseCount()).toBe(before + 1);
    await scratch.remove('job', third.job);
    expect(accepted.parse((await send('k-11', message)).json).job).toBe(third.job);
  });

  test('that met what may pass is taken by the same job, once the service is back', async () => {
    const [person] = await peopleToSend(13, 99).then((all) => all.slice(12));
    const scratch = province.home.scratch.port;
    const message = { submit: 'when-clean', people: [person] };
    const first = accepted.parse((await send('k-12', message)).json);
    const files = { ...province.still.files, get: async () => Promise.reject(new Transient('busy')) };
    await expect(runJob(first.job, scratch, { ...province.still, files }, () => {})).rejects.toThrow(Transient);
    expect(accepted.parse((await send('k-12', message)).json)).toEqual(first);
    await runJob(first.job, scratch, province.still, (error) => province.faults.push(error));
    expect((await api.call(first.href, { token })).json).toMatchObject({ status: 'submitted' });
  });

  // The counterpart of GovStack's scenarios: one a field that is missing, one a field that is wrong.
  test('with any field missing, or of another type, is refused by the path of that field', async () => {
    const [one] = people;
    if (one === undefined) throw new Error('the sample is too small');
    const whole = { submit: 'check', people: [one] };
    const faultsOf = async (json: unknown) => {
      const { status, json: told } = await send('k-10', json);
      const { faults } = z.object({ faults: z.array(z.object({ path: z.string() })) }).parse(told);
      return [status, faults.map(({ path }) => path)];
    };
    for (const name of ['submit', 'people'] as const) {
      const { [name]: _left, ...rest } = whole;
      expect(await faultsOf(rest)).toEqual([422, [name]]);
      expect(await faultsOf({ ...whole, [name]: 5 })).toEqual([422, [name]]);
    }
    const needed = ['id', 'fullName', 'citizenId', 'payingUnit', 'employer', 'account', 'facts'] as const;
    for (const name of needed) {
      const { [name]: _left, ...rest } = one;
      expect(await faultsOf({ ...whole, people: [rest] })).toEqual([422, [`people.0.${name}`]]);
      expect(await faultsOf({ ...whole, people: [{ ...one, [name]: 5 }] })).toEqual([422, [`people.0.${name}`]]);
    }
    for (const name of ['bank', 'number', 'holder'] as const) {
      const { [name]: _left, ...account } = one.account;
      expect(await faultsOf({ ...whole, people: [{ ...one, account }] })).toEqual([422, [`people.0.account.${name}`]]);
    }
  });

  test('without a key, with two of one id, with a name said twice differently, of nobody or of 501 is refused', async () => {
    const [one, two] = people;
    if (one === undefined || two === undefined) throw new Error('the sample is too small');
    const wish = { submit: 'check', people: [one] };
    expect((await api.call('/api/v1/lists', { token, json: wish })).status).toBe(400);
    expect((await send('x'.repeat(201), wish)).status).toBe(400);
    const twice = await send('k-9', { ...wish, people: [one, { ...two, id: one.id }] });
    expect(twice).toMatchObject({ status: 422, json: { faults: [{ path: 'people.1.id' }] } });
    const named = { ...one, facts: { ...one.facts, person: { ...one.facts.person, fullName: 'Tên Khác' } } };
    expect((await send('k-9', { ...wish, people: [named] })).status).toBe(422);
    expect((await send('k-9', { ...wish, people: [] })).status).toBe(422);
    const many = Array.from({ length: 501 }, (_, index) => ({ ...one, id: String(index) }));
    expect((await send('k-9', { ...wish, people: many })).status).toBe(422);
    expect((await send('k-9', { ...wish, submit: 'now' })).status).toBe(422);
    // Nothing of it was taken, so that the key is still free.
    expect((await send('k-9', wish)).status).toBe(202);
  });
});
