/** Which token each batch's workflow waits with, for the Desk port of both homes. */
import * as z from 'zod';
import type { Desk } from '../../shared/case/ports.ts';
import type { Scratch } from '../../shared/case/scratch.ts';

/** Tokens that were remembered before the newest, the last first. */
const waiting = z.object({ awaited: z.string(), token: z.string(), before: z.array(z.string()).default([]) });
const mostBefore = 3;

export interface Waits extends Pick<Desk, 'remember' | 'waiting'> {
  /**
   * The batch's tokens, the newest first, and a few before it: a waiting step whose first try was slow may be remembered after its
   * second, and then an older one is the one that is waited with.
   */
  tokensOf(batchId: string): Promise<readonly string[]>;
}

export function waits(scratch: Pick<Scratch, 'get' | 'put'>): Waits {
  async function kept(batchId: string) {
    const text = await scratch.get('wait', batchId);
    return text === undefined ? undefined : waiting.parse(JSON.parse(text));
  }
  const tokensOf = async (batchId: string) => {
    const now = await kept(batchId);
    return now === undefined ? [] : [now.token, ...now.before];
  };
  return {
    tokensOf,
    async remember(batchId, awaited, token) {
      const before = (await tokensOf(batchId)).filter((one) => one !== token).slice(0, mostBefore);
      await scratch.put('wait', batchId, JSON.stringify({ awaited, token, before }));
    },
    async waiting(batchId) {
      const now = await kept(batchId);
      return now === undefined ? undefined : { awaited: now.awaited, token: now.token };
    },
  };
}

/** What a state that waited is given: the next step reads what was decided, and says what comes after. */
export function answerOf(batchId: string): { readonly batchId: string; readonly next: 'confirmation' } {
  return { batchId, next: 'confirmation' };
}
