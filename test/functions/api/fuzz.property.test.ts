/**
 * Whatever is sent to whichever address: an answer that the document names, in its shape, and never a fault of ours. The calls are
 * those of the document's own examples, each with something of it changed.
 */
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { examples } from '../../../functions/api/examples.ts';
import { problemDetails, problemType } from '../../../functions/api/problem.ts';
import type { ApiRoute } from '../../../functions/api/route.ts';
import { apiRoutes } from '../../../functions/api/routes.ts';
import { isJson } from '../../../functions/api/worded.ts';
import { apiScopes } from '../../../shared/case/api-client.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import type { Order } from '../../../shared/case/order.ts';
import { type Api, openApi, peopleToSend, type Sent } from '../../api-server.ts';
import { openProvince, type Province } from '../../province.ts';

const runs = 500;

let province: Province;
let api: Api;
let token = '';
let order: Order | undefined;
let people: Awaited<ReturnType<typeof peopleToSend>> = [];

beforeAll(async () => {
  province = await openProvince({ people: 4 });
  [order] = await province.sentBatch('b1');
  api = await openApi(province);
  token = (await api.client(apiScopes)).token;
  people = await peopleToSend(1, 99);
});
afterAll(async () => {
  await api.close();
  await province.close();
  expect(province.faults).toEqual([]);
});

/** Texts that broke something somewhere: ends of ranges, marks nobody sees, halves of characters, words of JavaScript. */
const odd = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '1e400',
    '\0',
    '\u202e',
    '\ud800',
    '__proto__',
    'null',
    '../..',
    '%00',
    "'--",
    '=1+1',
  ),
  fc.string({ unit: 'binary', maxLength: 400 }),
);
/** In place of any field: of every type, and at the ends of what a type holds. */
const oddJson: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  [],
  [[]],
  {},
  { __proto__: null, x: 1 },
  '',
  '\0',
  '\u202e',
  '9'.repeat(400),
];

/** Takes which of the fields, counted from the outermost, is changed to what. */
function changed(json: unknown, at: number, to: unknown): unknown {
  let left = at;
  const walk = (value: unknown): unknown => {
    if (left === 0) {
      left -= 1;
      return to;
    }
    left -= 1;
    if (Array.isArray(value)) return value.map(walk);
    return isJson(value) ? Object.fromEntries(Object.entries(value).map(([key, of]) => [key, walk(of)])) : value;
  };
  return walk(json);
}

/** A message that the route takes as it is. */
function messageFor({ operationId }: ApiRoute): unknown {
  if (operationId === 'submitList') return { submit: 'good-rows', people };
  if (operationId === 'assessFacts') return examples.FactsRequest;
  const line = { reference: order?.reference, amount: order?.amount, outcome: 'credited', on: '2025-10-03' };
  return { count: 1, total: order?.amount, lines: [line] };
}

const pathValue = fc.oneof(fc.constant(undefined), fc.constant(undefined), odd);
const queryPart = fc.tuple(fc.constantFrom('limit', 'after', 'status', 'reading', 'readings', 'x', '__proto__'), odd);
const body = fc.oneof(
  fc.constant(undefined),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
  fc.json({ maxDepth: 5 }),
);
const types = fc.oneof(
  { weight: 6, arbitrary: fc.constant('application/json') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('application/x-ndjson', 'application/xml', 'text/plain', 'application/json;x'),
  },
);

function idFor({ path }: ApiRoute): string {
  if (path.includes('/cases/')) return order === undefined ? '' : caseIdOf(order.part);
  return path.includes('/payments/:') ? (order?.reference ?? '') : 'b1';
}

const byRoute = fc.record({
  route: fc.constantFrom(...apiRoutes),
  id: pathValue,
  query: fc.array(queryPart, { maxLength: 2 }),
  of: body,
  type: types,
  key: fc.oneof(fc.constant('k'), fc.string({ unit: 'grapheme-ascii', maxLength: 250 })),
});

/** In both languages a whole sentence. */
function checkProblem({ status, headers, json }: Sent): void {
  expect(status).toBeLessThan(500);
  if (status < 400) return;
  const told = problemDetails.parse(json);
  expect([headers.get('content-type'), told.status]).toEqual([problemType, status]);
  expect(told.detail).toMatch(/^\p{Lu}.*\.$/su);
  expect(told.detail_en).toMatch(/^\p{Lu}.*\.$/su);
}

test('a message with any field of it changed to anything gets an answer that the document names', {
  timeout: 120_000,
}, async () => {
  for (const route of apiRoutes.filter(({ method }) => method === 'post')) {
    const message = messageFor(route);
    const path = route.path.replace(/:\w+/, 'b1');
    const wholeOne = await api.call(path, { token, json: message, headers: { 'idempotency-key': 'whole' } });
    expect([route.operationId, wholeOne.status < 300]).toEqual([route.operationId, true]);
    for (let at = 0; ; at += 1) {
      if (JSON.stringify(changed(message, at, 'changed')) === JSON.stringify(message)) break;
      await Promise.all(
        oddJson.map(async (to, index) => {
          const headers = { 'idempotency-key': `${at}-${index}` };
          checkProblem(await api.call(path, { token, json: changed(message, at, to), headers }));
        }),
      );
    }
  }
  await api.work();
  // Whatever was taken came to an end, and reads as the document says.
  for (const kind of ['submission', 'result'] as const) {
    const { rows } = await province.store.page({ kind, limit: 1000 });
    expect(rows.length).toBeGreaterThan(0);
    for (const { stream } of rows) {
      const id = stream.slice(stream.indexOf('/') + 1);
      const { status, json } = await api.call(`/api/v1/${kind === 'submission' ? 'lists' : 'results'}/${id}`, {
        token,
      });
      expect(status).toBe(200);
      expect(json).not.toMatchObject({ status: 'received' });
    }
  }
});

test('any address with any query, key, type and body gets one too', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(byRoute, async ({ route, id, query, of, type, key }) => {
      const named = encodeURIComponent((id ?? idFor(route)).toWellFormed());
      const path = `${route.path.replace(/:\w+/, named === '' ? 'x' : named)}?${new URLSearchParams(query).toString()}`;
      const sent = await api.call(path, {
        token,
        method: route.method.toUpperCase(),
        ...(route.method === 'get' ? {} : { body: of ?? JSON.stringify(messageFor(route)) }),
        headers: { 'content-type': type, 'idempotency-key': key.trim() },
      });
      checkProblem(sent);
    }),
    { numRuns: runs, seed: 42, endOnFailure: true },
  );
});
