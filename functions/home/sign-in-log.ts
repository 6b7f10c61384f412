/** Who signed in, or tried to, and what came of it: kept ninety days where both homes keep what is no evidence, no mail in clear. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Scratch } from '../../shared/case/scratch.ts';
import { type SignInRecord, signInOutcomes } from '../web/ports.ts';

const keptMilliseconds = 90 * 24 * 3_600_000;
export const signInLogKind = 'sign-in-log';

const record = z.object({
  at: z.string(),
  account: z.string().exactOptional(),
  mail: z.string().exactOptional(),
  outcome: z.enum(signInOutcomes),
});

/** What is put for one try. */
export function signInLine(tried: Omit<SignInRecord, 'at'>, now: number) {
  const at = new Date(now).toISOString();
  return {
    key: `${at} ${randomBytes(6).toString('hex')}`,
    value: JSON.stringify({ at, ...tried }),
    expiresAt: now + keptMilliseconds,
  };
}

export function signInRecord(text: string): SignInRecord {
  return record.parse(JSON.parse(text));
}

export function signInLog(scratch: Pick<Scratch, 'put' | 'latest'>, now: () => number) {
  return {
    async note(tried: Omit<SignInRecord, 'at'>): Promise<void> {
      const { key, value, expiresAt } = signInLine(tried, now());
      await scratch.put(signInLogKind, key, value, expiresAt);
    },
    /** Newest first. */
    async latest(most: number): Promise<readonly SignInRecord[]> {
      return (await scratch.latest(signInLogKind, most)).map(({ value }) => signInRecord(value));
    },
  };
}
