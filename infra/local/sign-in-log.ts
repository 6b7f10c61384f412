/** Who tried to sign in, and what came of it: kept ninety days in the scratch store, no mail in clear. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { type SignInRecord, signInOutcomes } from '../../functions/web/ports.ts';
import type { SqliteScratch } from './scratch.ts';

const keptMilliseconds = 90 * 24 * 3_600_000;
const kind = 'sign-in-log';

const record = z.object({
  at: z.string(),
  account: z.string().exactOptional(),
  mail: z.string().exactOptional(),
  outcome: z.enum(signInOutcomes),
});

export function noteSignIn(scratch: SqliteScratch, tried: Omit<SignInRecord, 'at'>, now: number): void {
  const at = new Date(now).toISOString();
  scratch.put(
    kind,
    `${at} ${randomBytes(6).toString('hex')}`,
    JSON.stringify({ at, ...tried }),
    now + keptMilliseconds,
  );
}

/** Newest first. */
export function latestSignIns(scratch: SqliteScratch, most: number): readonly SignInRecord[] {
  return scratch.latest(kind, most).map(({ value }) => record.parse(JSON.parse(value)));
}
