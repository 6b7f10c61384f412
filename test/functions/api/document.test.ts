/** The published document: what is checked in is what the code makes, and it names every route and no other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { apiApp } from '../../../functions/api/app.ts';
import { apiDocument, documentedPath, documentText } from '../../../functions/api/document.ts';
import { apiRoutes } from '../../../functions/api/routes.ts';
import { webhookEvents } from '../../../shared/case/webhook.ts';
import { openApi, validatorOf } from '../../api-server.ts';
import { provinces } from '../../province.ts';

const openProvince = provinces();
const paths = z.record(z.string(), z.record(z.string(), z.unknown())).parse(apiDocument()['paths']);

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

  test('lets no number carry money', () => {
    const money = /"(amount|total|declaredTotal|averagePay60Months)": \{\s+"type": "(\w+)"/g;
    const types = [...documentText().matchAll(money)].map(([, , type]) => type);
    expect(types.length).toBeGreaterThan(15);
    expect(new Set(types)).toEqual(new Set(['string']));
  });
});
