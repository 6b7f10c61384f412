/** Which token each batch's workflow waits with, for the Desk port of both homes. */
import * as z from 'zod';
import type { Desk } from '../../shared/case/ports.ts';
import type { Scratch } from '../../shared/case/scratch.ts';

const waiting = z.object({ awaited: z.string(), token: z.string() });

export function waits(scratch: Pick<Scratch, 'get' | 'put'>): Pick<Desk, 'remember' | 'waiting'> {
  return {
    async remember(batchId, awaited, token) {
      await scratch.put('wait', batchId, JSON.stringify({ awaited, token }));
    },
    async waiting(batchId) {
      const text = await scratch.get('wait', batchId);
      return text === undefined ? undefined : waiting.parse(JSON.parse(text));
    },
  };
}

/** What a state that waited is given: the next step reads what was decided, and says what comes after. */
export function answerOf(batchId: string): { readonly batchId: string; readonly next: 'confirmation' } {
  return { batchId, next: 'confirmation' };
}
