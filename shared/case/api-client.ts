/**
 * Another system that may call the API: what its history says it may do. Its token is shown once, to the administrator who
 * proposed it; the history keeps the SHA-256 alone. It counts once a second administrator has confirmed it.
 */
import * as z from 'zod';
import type { Instant, LocalDate } from '../calendar.ts';
import { sha256 } from '../hash.ts';
import { dataOf, lastOfKind } from './history.ts';
import { allRows, type Entry, type Row, type Store } from './store.ts';

export const apiScopes = [
  'facts:assess',
  'lists:submit',
  'cases:read',
  'batches:read',
  'results:write',
  /** Names and citizen ids beside cases and payments; of no use alone. */
  'persons:read',
] as const;
export type ApiScope = (typeof apiScopes)[number];

export const clientTerms = z.object({
  /** Of the system and its owner; never of a person. */
  name: z.string(),
  scopes: z.array(z.enum(apiScopes)),
  /** Codes of the units it works for; absent, the whole province. */
  units: z.array(z.string()).exactOptional(),
  tokenHash: z.string(),
  /** The last day on which the token counts. */
  expiresOn: z.string(),
});
export type ClientTerms = z.infer<typeof clientTerms>;

const revoked = z.object({ reason: z.string() });

export type ClientStatus = 'proposed' | 'open' | 'revoked';

export interface StoredClient {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly status: ClientStatus;
  readonly terms: ClientTerms;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly confirmedBy?: string;
  readonly revoked?: { readonly by: string; readonly at: Instant; readonly reason: string };
}

/** As a caller: who acts, in which scopes, for which units. */
export interface ApiClient {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  readonly units?: readonly string[];
}

/** Port: whose token it is. `undefined` for one that nobody has, or that counts no more. */
export interface ApiClients {
  clientOf(token: string): Promise<ApiClient | undefined>;
}

/** How a client stands in histories. */
export const actorPrefix = 'api:';

export function actorOf({ id }: Pick<ApiClient, 'id'>): string {
  return `${actorPrefix}${id}`;
}

export function clientStream(id: string): string {
  return `api-client/${id}`;
}

/** What stands in the place of a token for a client of a user pool, whose own tokens prove it; no bearer token can look so. */
export function poolToken(clientId: string): string {
  return `pool:${clientId}`;
}

/** The key by which a token finds its client; the token itself is nowhere. */
export function tokenClaim(tokenHash: string): string {
  return `api-token/${tokenHash}`;
}

export async function readClient(store: Pick<Store, 'read'>, id: string): Promise<StoredClient | undefined> {
  const entries = await store.read(clientStream(id));
  const first = entries[0];
  if (first === undefined) return undefined;
  const confirmed = lastOfKind(entries, 'api-client-confirmed');
  const ended = lastOfKind(entries, 'api-client-revoked');
  return {
    id,
    entries,
    status: ended !== undefined ? 'revoked' : confirmed === undefined ? 'proposed' : 'open',
    terms: dataOf(first, clientTerms),
    proposedBy: first.by,
    proposedAt: first.at,
    ...(confirmed === undefined ? {} : { confirmedBy: confirmed.by }),
    ...(ended === undefined ? {} : { revoked: { by: ended.by, at: ended.at, ...dataOf(ended, revoked) } }),
  };
}

/** The client of a token that counts today. */
export async function clientOfToken(
  store: Pick<Store, 'read' | 'holderOf'>,
  token: string,
  today: LocalDate,
): Promise<ApiClient | undefined> {
  const stream = await store.holderOf(tokenClaim(sha256(token)));
  const client = stream === undefined ? undefined : await readClient(store, stream.slice(clientStream('').length));
  if (client?.status !== 'open' || client.terms.expiresOn < today) return undefined;
  const { name, scopes, units } = client.terms;
  return { id: client.id, name, scopes, ...(units === undefined ? {} : { units }) };
}

export const clientSummary = z.object({ name: z.string(), proposedBy: z.string(), since: z.string() });

/** Takes who proposed it and when it came to this status. */
export function clientRow(
  status: ClientStatus,
  { name }: ClientTerms,
  proposed: { readonly proposedBy: string; readonly since: Instant },
): Omit<Row, 'stream'> {
  const waiting = status === 'proposed' ? { waitingFor: 'administrator' } : {};
  return { kind: 'api-client', status, ...waiting, summary: { name, ...proposed } };
}

export async function everyClient(store: Store): Promise<readonly StoredClient[]> {
  const found: StoredClient[] = [];
  for await (const { stream } of allRows(store, { kind: 'api-client' })) {
    const client = await readClient(store, stream.slice(clientStream('').length));
    if (client !== undefined) found.push(client);
  }
  return found;
}
