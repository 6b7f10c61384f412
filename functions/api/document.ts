/**
 * The published description of the API: OpenAPI 3.1, made from the same table and schemas that calls are served by.
 * `npm run openapi` writes it to `openapi.json` beside this file.
 */
import * as z from 'zod';
import { scopeNames } from '../../shared/case/api-client-acts.ts';
import { webhookEvents } from '../../shared/case/webhook.ts';
import type { Sentence } from '../../shared/vietnamese.ts';
import { problemTitles, problemType } from './problem.ts';
import { type ApiRoute, type Content, jsonType, linesType } from './route.ts';
import { apiRoutes } from './routes.ts';
import { answers, pathReference, requests, type SchemaName } from './schemas.ts';

type Json = Readonly<Record<string, unknown>>;

export function apiDocument(): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Chi trả chế độ: API cho hệ thống khác / API for other systems',
      version: '1',
      description: both(about),
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths: pathsOf(apiRoutes),
    webhooks: webhooks(),
    components: {
      schemas: {
        ...schemasOf(requests, 'input'),
        ...schemasOf(answers, 'output'),
      },
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: both(tokens) } },
    },
  };
}

let known: string | undefined;

/** As it is served and checked in. */
export function documentText(): string {
  known ??= `${JSON.stringify(apiDocument(), undefined, 2)}\n`;
  return known;
}

function schemasOf(schemas: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): Json {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { $schema: _dialect, ...of } = z.toJSONSchema(schema, { target: 'draft-2020-12', io });
      return [name, of];
    }),
  );
}

/** `/api/v1/cases/:id` → `/api/v1/cases/{id}`. */
export function documentedPath(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}');
}

function pathsOf(routes: readonly ApiRoute[]): Json {
  const paths: Record<string, Record<string, Json>> = {
    '/api/openapi.json': {
      get: {
        operationId: 'readDocument',
        summary: 'Tài liệu này / This document',
        security: [],
        responses: { 200: { description: 'OpenAPI 3.1', content: { [jsonType]: { schema: { type: 'object' } } } } },
      },
    },
  };
  for (const route of routes) {
    const path = documentedPath(route.path);
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return paths;
}

function operationOf({ operationId, summary, scope, path, query = {}, needsKey, takes, gives, fails }: ApiRoute): Json {
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: plain(pathReference),
    })),
    ...Object.entries(query).map(([name, { says, schema, example, repeats }]) => ({
      name,
      in: 'query',
      description: both(says),
      schema: repeats === undefined ? plain(schema) : { type: 'array', items: plain(schema), uniqueItems: true },
      ...(example === undefined ? {} : { example: repeats === undefined ? example : [example] }),
    })),
    ...(needsKey
      ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema: keySchema, description: both(key) }]
      : []),
  ];
  return {
    operationId,
    summary: both(summary),
    description: scope === 'any' ? both(anyScope) : `\`${scope}\`: ${both(scopeNames[scope])}`,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(takes === undefined ? {} : { requestBody: { required: true, content: contentsOf(takes) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(gives).map(([status, content]) => [
          status,
          { description: both(status === '202' ? accepted : done), content: givenContent(content, takes) },
        ]),
      ),
      ...Object.fromEntries(
        [...new Set([401, 403, 429, 500, 503, ...fails])]
          .toSorted((one, other) => one - other)
          .map((status) => [status, problemResponse(status, operationId)]),
      ),
    },
  };
}

/** Whoever sends lines gets lines. */
function givenContent(content: Content, takes: ApiRoute['takes']): Json {
  const whole = { [jsonType]: { schema: schemaOf(content) } };
  return takes?.[linesType] === undefined ? whole : { ...whole, [linesType]: { schema: ref('FactsAnswered') } };
}

function contentsOf(contents: Readonly<Record<string, Content>>): Json {
  return Object.fromEntries(Object.entries(contents).map(([type, content]) => [type, { schema: schemaOf(content) }]));
}

function schemaOf(content: Content): Json {
  return 'text' in content ? { type: 'string', description: both(content.text) } : ref(content.schema);
}

function problemResponse(status: number, operationId: string): Json {
  const title = problemTitles.get(status) ?? { vi: '', en: '' };
  const schema = ref(operationId === 'assessFacts' && status === 422 ? 'FactsProblem' : 'Problem');
  return { description: both(title), content: { [problemType]: { schema } } };
}

function webhooks(): Json {
  const header = (name: string, description: Sentence) => ({
    name,
    in: 'header',
    required: true,
    description: both(description),
    schema: { type: 'string' },
  });
  const post = {
    description: both(signed),
    parameters: [
      header('webhook-id', { vi: 'Giống nhau ở mọi lần gửi', en: 'The same at every sending' }),
      header('webhook-timestamp', { vi: 'Giây, lúc gửi', en: 'Seconds of the epoch, of the sending' }),
      header('webhook-signature', { vi: 'v1, và HMAC-SHA-256 dạng base64', en: 'v1, and the HMAC-SHA-256 in base64' }),
    ],
    requestBody: { required: true, content: { [jsonType]: { schema: ref('WebhookMessage') } } },
    responses: { '2XX': { description: both({ vi: 'Đã nhận', en: 'Received' }) } },
  };
  return Object.fromEntries(webhookEvents.map((event) => [event, { post: { operationId: event, ...post } }]));
}

function ref(name: SchemaName): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function plain(schema: z.ZodType): Json {
  const { $schema: _dialect, ...of } = z.toJSONSchema(schema);
  return of;
}

function both({ vi, en }: Sentence): string {
  return `${vi} / ${en}`;
}

const keySchema = { type: 'string', minLength: 1, maxLength: 200 };
const about: Sentence = {
  vi: 'Tiền là chuỗi chữ số, đơn vị đồng. Lỗi theo RFC 9457, tiếng Việt ở detail, tiếng Anh ở detail_en. Mỗi lần gọi được ghi vào lịch sử.',
  en: 'Amounts are strings of digits, in đồng. Errors are RFC 9457 problem details, Vietnamese in detail, English in detail_en. Every call is written to the histories.',
};
const tokens: Sentence = {
  vi: 'Mã do một người quản trị đề nghị, người thứ hai xác nhận; trên đám mây là mã OAuth 2.0 client credentials',
  en: 'Proposed by one administrator and confirmed by another; in the cloud an OAuth 2.0 client-credentials token',
};
const key: Sentence = {
  vi: 'Cùng khóa, cùng nội dung: cùng một danh sách',
  en: 'The same key with the same body is the same list',
};
const anyScope: Sentence = { vi: 'Mọi mã truy cập', en: 'Any token' };
const accepted: Sentence = { vi: 'Đã nhận, đang làm', en: 'Accepted, under way' };
const done: Sentence = { vi: 'Kết quả', en: 'The answer' };
const signed: Sentence = {
  vi: 'Ký theo Standard Webhooks: HMAC-SHA-256 trên id.timestamp.body. Không có dữ liệu cá nhân; không hứa thứ tự; có thể đến hai lần với cùng webhook-id',
  en: 'Signed as Standard Webhooks are: HMAC-SHA-256 over id.timestamp.body. No personal data; in no promised order; may come twice with the same webhook-id',
};
