/** Tries at signing in, where the sign-in is our own: written in one step with what came of them. */
import { signInLine, signInLogKind, signInRecord } from '../../functions/home/sign-in-log.ts';
import type { SignInRecord } from '../../functions/web/ports.ts';
import type { SqliteScratch } from './scratch.ts';

export function noteSignIn(scratch: SqliteScratch, tried: Omit<SignInRecord, 'at'>, now: number): void {
  const { key, value, expiresAt } = signInLine(tried, now);
  scratch.put(signInLogKind, key, value, expiresAt);
}

/** Newest first. */
export function latestSignIns(scratch: SqliteScratch, most: number): readonly SignInRecord[] {
  return scratch.latest(signInLogKind, most).map(({ value }) => signInRecord(value));
}
