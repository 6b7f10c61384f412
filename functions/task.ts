/**
 * A workflow step at the edge: parse with zod, call, and sort what is thrown into Transient and Permanent. The same
 * middy handler runs in both homes; each home gives it its ports.
 */
import middy from '@middy/core';
import * as z from 'zod';
import { Permanent, Transient } from '../shared/case/faults.ts';
import type { Ports } from '../shared/case/ports.ts';

export type Handler = (event: unknown, context?: unknown) => Promise<unknown>;
/** Made once a process: ports are built at the first call, so that importing a handler builds nothing. */
export type Task = (ports: () => Promise<Ports>) => Handler;

export function task<In, Out>(schema: z.ZodType<In>, run: (input: In, ports: Ports) => Promise<Out>): Task {
  return (ports) => {
    const handler = middy<unknown, unknown>()
      .use({ onError: ({ error }) => throwSorted(error) })
      .handler(async (event) => run(parse(schema, event), await ports()));
    return async (event) => handler(event, lambdaContext);
  };
}

/** What Lambda would hand over; no handler reads it. */
const lambdaContext = { callbackWaitsForEmptyEventLoop: false };

function parse<In>(schema: z.ZodType<In>, event: unknown): In {
  const parsed = schema.safeParse(event);
  if (!parsed.success) throw new Permanent(`a step got a state it does not know: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function throwSorted(error: Error | null): never {
  if (error instanceof Transient || error instanceof Permanent) throw error;
  if (isOfTheMachine(error)) throw new Transient(error?.message ?? 'the machine', { cause: error });
  throw new Permanent(error?.message ?? 'unknown fault', { cause: error });
}

/** A disk or a database that is busy, full or away: worth another try. */
function isOfTheMachine(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return /^(ERR_SQLITE|E[A-Z]{3,}$)/.test(code);
}
