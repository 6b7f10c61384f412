/**
 * The published description of the API: OpenAPI 3.1, made from the same table and schemas that calls are served by.
 * `npm run openapi` writes it to `openapi.json` beside this file.
 */
import * as z from 'zod';
import { scopeNames } from '../../shared/case/api-client-acts.ts';
import { webhookEvents } from '../../shared/case/webhook.ts';
import type { Sentence } from '../../shared/vietnamese.ts';
import { examples } from './examples.ts';
import { problemTitles, problemType } from './problem.ts';
import { type ApiRoute, type Content, jsonType, linesType } from './route.ts';
import { apiRoutes } from './routes.ts';
import { answerParts, answers, pathReference, requestParts, requests, type SchemaName } from './schemas.ts';
import { type Json, named, open, worded } from './worded.ts';

/** Published, answers may gain fields; `exact`, for our own tests, they have none but those that are named. */
export function apiDocument(answersAre: 'open' | 'exact' = 'open'): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Chi tra API',
      version: '1',
      description: both(about),
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths: pathsOf(apiRoutes),
    webhooks: webhooks(),
    components: {
      schemas: answersAre === 'open' ? publishedSchemas() : exactSchemas(),
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: both(tokens) } },
    },
  };
}

function publishedSchemas(): Json {
  const given = schemasOf({ ...answers, ...answerParts }, 'output');
  return named({
    ...schemasOf({ ...requests, ...requestParts }, 'input'),
    ...Object.fromEntries(Object.entries(given).map(([name, of]) => [name, open(of)])),
  });
}

/** With nothing left out and no part elsewhere. */
function exactSchemas(): Json {
  return {
    ...schemasOf({ ...requests, ...requestParts }, 'input'),
    ...schemasOf({ ...answers, ...answerParts }, 'output'),
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
      const example = Object.entries(examples).find(([one]) => one === name)?.[1];
      return [name, { ...worded(of, name), ...(example === undefined ? {} : { examples: [example] }) }];
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
      schema: repeats === undefined ? plain(schema) : { type: 'array', items: plain(schema) },
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
  const headers = Object.entries(problemHeaders[status] ?? {}).map(([name, says]) => {
    return [name, { description: both(says), schema: { type: 'string' } }];
  });
  return {
    description: both(title),
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) }),
    content: { [problemType]: { schema } },
  };
}

const retryAfter: Sentence = { vi: 'Gọi lại sau chừng này giây', en: 'Seconds after which to call again' };
const problemHeaders: Readonly<Record<number, Readonly<Record<string, Sentence>>>> = {
  401: { 'WWW-Authenticate': { vi: 'Theo RFC 6750', en: 'As RFC 6750 has it' } },
  429: { 'Retry-After': retryAfter },
  503: { 'Retry-After': retryAfter },
};

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
  vi: [
    'Chi trả chế độ: API cho hệ thống khác.',
    'Bắt đầu: GET /api/v1/client cho biết mã truy cập được làm gì. Gửi người bằng POST /api/v1/lists với submit là check cho đến khi không còn lỗi, rồi gửi lại với when-clean và khóa mới; hỏi GET /api/v1/jobs/{job} cho đến khi done; GET href cho mã hồ sơ của từng người; GET /api/v1/cases/{id} cho biết tiền đang ở đâu, thuộc đợt và khoản chi nào.',
    'Tiền là chuỗi chữ số, đơn vị đồng; ngày là YYYY-MM-DD, giờ là UTC. JSON mã UTF-8, mỗi khóa một lần, lồng nhau không quá 32 tầng. Trường có default có thể bỏ trống (openapi-typescript: --default-non-nullable=false). Khóa lạ trong nội dung gửi bị từ chối; câu trả lời có thể có thêm trường mới, hãy bỏ qua trường không biết.',
    'Lỗi theo RFC 9457, tiếng Việt ở detail, tiếng Anh ở detail_en. Mất kết nối, 500 hoặc 503 thì gửi lại y nguyên: không có gì bị ghi hai lần. 429 và 503 có Retry-After, tính bằng giây. Phương thức khác bị từ chối bằng 405 với Allow.',
    'Mỗi lần đọc được ghi vào sổ truy cập, mỗi việc làm vào lịch sử.',
  ].join(' '),
  en: [
    'Payment of benefits to State staff who leave: the API for other systems.',
    'To begin, GET /api/v1/client tells what a token may. Send people by POST /api/v1/lists with submit check until there is no fault, then again with when-clean and a new key; ask GET /api/v1/jobs/{job} until it is done; GET href has the case of each person; GET /api/v1/cases/{id} tells where the money stands, and which batch and payment it is in.',
    'Amounts are strings of digits, in đồng; days are YYYY-MM-DD, instants UTC. JSON is UTF-8, each key once, at most 32 deep. Fields with a default may be left out (openapi-typescript: --default-non-nullable=false). Unknown keys of a call are refused; answers may gain fields: pass over those that you do not know.',
    'Errors are RFC 9457 problem details, Vietnamese in detail, English in detail_en. After a lost connection, 500 or 503 send the very same again: nothing is recorded twice. 429 and 503 have Retry-After, in seconds. Another method is refused by 405 with Allow.',
    'Every read is written to the log of reads, every act to the histories.',
  ].join(' '),
};
const tokens: Sentence = {
  vi: 'Mã do một người quản trị đề nghị, người thứ hai xác nhận; trên đám mây là mã OAuth 2.0 client credentials',
  en: 'Proposed by one administrator and confirmed by another; in the cloud an OAuth 2.0 client-credentials token',
};
const key: Sentence = {
  vi: 'Do bên gửi đặt, nên là UUID; giữ lại để gửi lại khi mất kết nối. Cùng khóa, cùng nội dung: cùng một danh sách; cùng khóa, nội dung khác: 422 key-reused',
  en: 'Chosen by the sender, best a UUID; keep it to send again after a lost connection. The same key with the same body is the same list, with another body 422 key-reused',
};
const anyScope: Sentence = { vi: 'Mọi mã truy cập', en: 'Any token' };
const accepted: Sentence = { vi: 'Đã nhận, đang làm', en: 'Accepted, under way' };
const done: Sentence = { vi: 'Kết quả', en: 'The answer' };
const signed: Sentence = {
  vi: [
    'Ký theo Standard Webhooks: HMAC-SHA-256 trên chuỗi id.timestamp.body (body đúng từng byte như đã nhận), khóa là phần sau whsec_ giải mã base64; so với từng chữ ký trong webhook-signature, cách nhau dấu cách.',
    'Hãy từ chối webhook-timestamp lệch quá 5 phút và bỏ qua webhook-id đã nhận: đó là cách chặn gửi lại của kẻ khác. Trả lời 2xx trong 10 giây, rồi mới xử lý.',
    'Không trả lời 2xx thì gửi lại sau 1, 5, 30 phút, 2, 6, 12, 24 giờ; 410 là thôi nhận thông báo đó. Chuyển hướng không được đi theo. Không có dữ liệu cá nhân; không hứa thứ tự; có thể đến hai lần với cùng webhook-id.',
  ].join(' '),
  en: [
    'Signed as Standard Webhooks are: HMAC-SHA-256 over id.timestamp.body (the body byte by byte as it came), its key what follows whsec_, decoded from base64; hold it against each signature in webhook-signature, parted by spaces.',
    'Refuse a webhook-timestamp more than 5 minutes away and pass over a webhook-id that you have: so nobody else can send it again. Answer 2xx within 10 seconds, then do the work.',
    'Without a 2xx it is sent again after 1, 5, 30 minutes, 2, 6, 12, 24 hours; 410 gives up that message. No redirect is followed. No personal data; in no promised order; may come twice with the same webhook-id.',
  ].join(' '),
};
