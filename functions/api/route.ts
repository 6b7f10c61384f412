/** The shape of a route: what the guard checks, what runs, and what the published document says of it. */
import type { ApiClient, ApiScope } from '../../shared/case/api-client.ts';
import type { ReadKind } from '../../shared/completion/reads.ts';
import type { Sentence } from '../../shared/vietnamese.ts';
import { readJson } from './json.ts';
import type { ApiPorts } from './ports.ts';
import type { Problem } from './problem.ts';
import type { QueryParameters } from './query.ts';
import type { SchemaName } from './schemas.ts';

export interface Call {
  readonly client: ApiClient;
  /** The path's own, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Without its parameters, in small letters. */
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly ports: ApiPorts;
}

export type ApiAnswer =
  | { readonly status: number; readonly json: unknown }
  | { readonly status: number; readonly lines: readonly unknown[] }
  | { readonly problem: Problem };

/** What stands in a body: JSON of a schema, a line of it each, or a text that is none of ours. */
export type Content = { readonly schema: SchemaName; readonly isLines?: true } | { readonly text: Sentence };

export interface ApiRoute {
  readonly method: 'get' | 'post';
  /** With `:names`, as Hono has them. */
  readonly path: `/api/v1/${string}`;
  readonly operationId: string;
  readonly summary: Sentence;
  readonly scope: ApiScope | 'any';
  /** Written to the log of reads before the answer goes out; an act has its own entry. */
  readonly reads?: ReadKind;
  readonly query?: QueryParameters;
  readonly needsKey?: true;
  readonly mostBytes?: number;
  /** By content type. */
  readonly takes?: Readonly<Record<string, Content>>;
  readonly gives: Readonly<Record<number, Content & { readonly type?: string }>>;
  /** Of problems, beside those that every route has. */
  readonly fails: readonly number[];
  run(call: Call): Promise<ApiAnswer>;
}

export const jsonType = 'application/json';
export const linesType = 'application/x-ndjson';

export function answered(json: unknown, status = 200): ApiAnswer {
  return { status, json };
}

/** The JSON of a body, or the problem of a body that is none. */
export function jsonOf({ body }: Pick<Call, 'body'>): { readonly json: unknown } | { readonly problem: Problem } {
  const read = readJson(body);
  return 'json' in read ? read : { problem: { kind: 'not-json', says: read.fault } };
}
