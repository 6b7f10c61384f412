/** The published document: what is checked in is what the code makes, and it names every route and no other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { apiApp } from '../../../functions/api/app.ts';
import { apiDocument, documentedPath, documentText } from '../../../functions/api/document.ts';
import { examples } from '../../../functions/api/examples.ts';
import { places, sameAs, wordsOf } from '../../../functions/api/words.ts';
import { isJson } from '../../../functions/api/worded.ts';
import { answerFacts } from '../../../shared/entitlement/facts-door.ts';
import { apiRoutes } from '../../../functions/api/routes.ts';
import { webhookEvents } from '../../../shared/case/webhook.ts';
import { openApi, validatorOf } from '../../api-server.ts';
import { provinces } from '../../province.ts';

const openProvince = provinces();
const paths = z.record(z.string(), z.record(z.string(), z.unknown())).parse(apiDocument()['paths']);

/** Every field of a schema, and whether it is described. */
function placesIn(schema: unknown, place: string): readonly { readonly place: string; readonly isSaid: boolean }[] {
  if (!isJson(schema)) return [];
  const { properties, items, oneOf, anyOf } = schema;
  const members = [oneOf, anyOf].flatMap((one): unknown[] => (Array.isArray(one) ? one : []));
  const own = Object.entries(isJson(properties) ? properties : {}).flatMap(([name, of]) => {
    const below = `${place}.${name}`;
    return [{ place: below, isSaid: isJson(of) && of['description'] !== undefined }, ...placesIn(of, below)];
  });
  return [...own, ...placesIn(items, `${place}[]`), ...members.flatMap((one) => placesIn(one, place))];
}

describe('the document', () => {
  test('that is checked in is the one the code makes; `npm run openapi` writes it', () => {
    const file = join(import.meta.dirname, '../../../functions/api/openapi.json');
    expect(readFileSync(file, 'utf8')).toBe(documentText());
  });

  test('names every route of the application, and the application serves every one that it names', async () => {
    const province = await openProvince({ people: 2 });
    const api = await openApi(province);
    const served = apiApp(api.ports)
      .routes.filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method.toLowerCase()} ${documentedPath(path)}`);
    const named = Object.entries(paths).flatMap(([path, of]) => Object.keys(of).map((method) => `${method} ${path}`));
    expect(new Set(served)).toEqual(new Set(named));
    await api.close();
  });

  test('is served without a token', async () => {
    const province = await openProvince({ people: 2 });
    const api = await openApi(province);
    const { status, text, headers } = await api.call('/api/openapi.json');
    expect([status, headers.get('content-type'), text]).toEqual([200, 'application/json', documentText()]);
    expect((await api.call('/api/v1/unheard-of')).status).toBe(404);
    for (const [method, path, allowed] of [
      ['DELETE', '/api/v1/facts', 'POST'],
      ['OPTIONS', '/api/v1/lists', 'POST'],
      ['HEAD', '/api/v1/facts', 'POST'],
      ['PUT', '/api/v1/client', 'GET, HEAD'],
      ['POST', '/api/openapi.json', 'GET, HEAD'],
    ] as const) {
      const refused = await api.call(path, { method });
      expect([method, refused.status, refused.headers.get('allow')]).toEqual([method, 405, allowed]);
    }
    expect((await api.call('/api/openapi.json', { method: 'HEAD' })).status).toBe(200);
    await api.close();
  });

  test('refers to nothing that it does not hold, and names each operation once', () => {
    const refs = [...documentText().matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '');
    expect(refs.length).toBeGreaterThan(50);
    for (const name of new Set(refs)) expect(() => validatorOf(name)).not.toThrow();
    const ids = [...documentText().matchAll(/"operationId": "([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBe(apiRoutes.length + 1 + webhookEvents.length);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('says of every field of a call what it means, and has no words for a field that is not there', () => {
    const { schemas } = z
      .object({ schemas: z.record(z.string(), z.looseObject({})) })
      .parse(apiDocument('exact')['components']);
    const found = Object.entries(schemas).flatMap(([name, of]) => placesIn(of, name));
    const silent = found.filter(({ place, isSaid }) => /^\w+Request\b/.test(place) && !isSaid);
    expect(silent.map(({ place }) => place)).toEqual([]);
    const all = new Set(found.map(({ place }) => place));
    expect(places.filter((place) => !all.has(place) && !sameAs.some(([, schema]) => place.startsWith(schema)))).toEqual(
      [],
    );
    for (const { place, isSaid } of found) expect([place, isSaid]).toEqual([place, wordsOf(place) !== undefined]);
  });

  test('has examples that are what they show', () => {
    expect(Object.keys(examples).length).toBeGreaterThan(5);
    for (const [name, example] of Object.entries(examples)) {
      expect([name, validatorOf(name).safeParse(example).error]).toEqual([name, undefined]);
    }
    const { FactsRequest: sent } = examples;
    expect(answerFacts(sent)).toMatchObject({ id: 'nv-1', outcome: 'entitled', total: '786854250' });
  });

  test('has one type for what stands in several places', () => {
    const text = documentText();
    for (const name of ['Facts', 'Payment', 'Sentence', 'Person', 'AssessedLine']) {
      expect(text).toContain(`"$ref": "#/components/schemas/${name}"`);
    }
    expect(text.match(/"holder":/g)?.length).toBe(1 + (JSON.stringify(examples).match(/"holder":/g)?.length ?? 0));
  });

  test('lets answers gain fields, and calls none', () => {
    const { schemas } = z
      .object({ schemas: z.record(z.string(), z.looseObject({})) })
      .parse(apiDocument()['components']);
    const isClosed = (name: string) => JSON.stringify(schemas[name]).includes('"additionalProperties":false');
    expect(['FactsRequest', 'ListRequest', 'ResultsRequest'].map(isClosed)).toEqual([true, true, true]);
    expect(['List', 'Case', 'Batch', 'Problem', 'WebhookMessage'].map(isClosed)).not.toContain(true);
  });

  test('lets no number carry money', () => {
    const money = /"(amount|total|declaredTotal|averagePay60Months)": \{\s+"type": "(\w+)"/g;
    const types = [...documentText().matchAll(money)].map(([, , type]) => type);
    expect(types.length).toBeGreaterThan(15);
    expect(new Set(types)).toEqual(new Set(['string']));
  });
});
