/** The API of a province over real HTTP, with clients that two administrators have made. */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { v7 } from 'uuid';
import { expect } from 'vitest';
import * as z from 'zod';
import { apiApp } from '../functions/api/app.ts';
import { historyClients } from '../functions/api/clients.ts';
import { apiDocument, documentedPath } from '../functions/api/document.ts';
import type { ApiPorts, RateLimit } from '../functions/api/ports.ts';
import { apiRoutes } from '../functions/api/routes.ts';
import { newToken } from '../functions/web/api-token.ts';
import { readSheets } from '../functions/papers/sheet.ts';
import { refusals } from '../functions/home/refusals.ts';
import { jobs } from '../functions/home/jobs.ts';
import { runJobs } from '../functions/home/run-jobs.ts';
import { sampleList, samplePeople, sampleUnits } from '../infra/local/samples.ts';
import { localDateOf } from '../shared/calendar.ts';
import type { ApiScope } from '../shared/case/api-client.ts';
import { confirmClient, proposeClient } from '../shared/case/api-client-acts.ts';
import { readList } from '../shared/intake/read-list.ts';
import { done, type Province } from './province.ts';

export interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export interface Ask {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** Calls without a limit, where the limit is not what is tested. */
const unlimited: RateLimit = { take: () => undefined };

export async function openApi(
  province: Province,
  { rate = unlimited, jobs: given, refusals: log }: Partial<ApiPorts> = {},
) {
  const { home, still } = province;
  const ports: ApiPorts = {
    ...still,
    jobs:
      given ??
      jobs(
        home.scratch.port,
        () => v7(),
        () => {},
      ),
    clients: historyClients(still),
    rate,
    refusals: log ?? refusals(home.scratch.port, still.now),
    report: (error) => province.faults.push(error),
  };
  const server = createServer(getRequestListener(apiApp(ports).fetch));
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const url = `http://127.0.0.1:${port}`;

  async function client(scopes: readonly ApiScope[], units: readonly string[] = []) {
    const token = newToken();
    const wish = { name: 'Hệ thống thử', scopes, units, expiresOn: localDateOf(still.now()), token };
    const proposed = done(await proposeClient(wish, { id: 'demo-administrator' }, still));
    const id = 'id' in proposed ? proposed.id : '';
    done(await confirmClient(id, { id: 'demo-administrator-2' }, still));
    return { id, token };
  }

  /** One call; every answer is held against the published document. */
  async function call(path: string, { method, token, headers = {}, json, body }: Ask = {}): Promise<Sent> {
    const content = json === undefined ? body : JSON.stringify(json);
    const asked = method ?? (content === undefined ? 'GET' : 'POST');
    const response = await fetch(new URL(path, url), {
      method: asked,
      headers: {
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const isJson = text !== '' && type.includes('json') && !type.includes('ndjson');
    const parsed: unknown = isJson ? JSON.parse(text) : undefined;
    checkAgainstDocument(asked, path, response.status, type, text);
    return { status: response.status, headers: response.headers, text, json: parsed };
  }

  return {
    url,
    ports,
    client,
    call,
    /** Runs what was accepted. */
    work: async () => runJobs(home.scratch.port, still, (error) => province.faults.push(error)),
    close: async () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export type Api = Awaited<ReturnType<typeof openApi>>;

const response = z.object({ content: z.record(z.string(), z.object({ schema: z.looseObject({}) })) });
const documented = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ responses: z.record(z.string(), response) }))),
  components: z.object({ schemas: z.record(z.string(), z.looseObject({})) }),
});
const document = documented.parse(apiDocument('exact'));
const validators = new Map<string, z.ZodType>();

/** Fails where the answer has a status, a type or a shape that the document does not name. */
function checkAgainstDocument(method: string, path: string, status: number, type: string, text: string): void {
  const route = apiRoutes.find(
    (one) => one.method === method.toLowerCase() && patternOf(one.path).test(path.split('?')[0] ?? ''),
  );
  if (route === undefined) return;
  const of = document.paths[documentedPath(route.path)]?.[route.method]?.responses[String(status)];
  const schema = of?.content[type]?.schema['$ref'];
  if (typeof schema !== 'string') expect.fail(`${route.path} answers ${status} ${type}, which is not documented`);
  const name = schema.slice('#/components/schemas/'.length);
  const lines = type.includes('ndjson') ? text.split('\n').filter((line) => line !== '') : [text];
  for (const line of lines) {
    const fits = validatorOf(name).safeParse(JSON.parse(line));
    if (!fits.success) expect.fail(`${route.path} ${status} is no ${name}: ${z.prettifyError(fits.error)}\n${line}`);
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`);
}

/** Read back from the document itself, not from the schema that it was made of. */
export function validatorOf(name: string): z.ZodType {
  const known = validators.get(name);
  if (known !== undefined) return known;
  const schema = document.components.schemas[name] ?? expect.fail(`the document has no ${name}`);
  const made = z.fromJSONSchema(schema);
  validators.set(name, made);
  return made;
}

/** People as another system would send them; those of one seed are others than those of another. */
export async function peopleToSend(count: number, seed: number) {
  const units = sampleUnits();
  const sheets = await readSheets(await sampleList(samplePeople(count, seed), units));
  if (sheets.outcome === 'refused') throw new Error(sheets.why.en);
  const reading = readList(sheets.sheets, { units, mayUse: () => true, today: '2025-08-20' });
  if ('outcome' in reading) throw new Error(reading.why.en);
  return reading.people.map(({ fullName, citizenId, account, payingUnit, employer, facts }, index) => {
    return { id: `nv-${index + 1}`, fullName, citizenId, account, payingUnit, employer, facts };
  });
}
