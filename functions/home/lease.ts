/** What one does at a time, across processes. Whoever dies keeps a lease until it ends; nobody frees another's. */
import { randomUUID } from 'node:crypto';
import type { Scratch } from '../../shared/case/scratch.ts';

export interface LeaseWish {
  readonly name: string;
  readonly minutes: number;
  /** Milliseconds of the epoch. */
  readonly now?: () => number;
}

export interface Lease {
  /** False in the last quarter of the time: what is begun then may end after it, and another has begun. */
  mayBegin(): boolean;
}

/** A function of the cloud is ended after fifteen minutes, so that no holder in one outlives these. */
export const functionMinutes = 16;

const minute = 60_000;

/** Answers false, and does nothing, while another holds it. */
export async function withLease(
  scratch: Pick<Scratch, 'insert' | 'replace'>,
  { name, minutes, now = Date.now }: LeaseWish,
  act: (lease: Lease) => Promise<void>,
): Promise<boolean> {
  const token = randomUUID();
  const from = now();
  const milliseconds = minutes * minute;
  if (!(await scratch.insert('lease', name, token, from + milliseconds))) return false;
  try {
    await act({ mayBegin: () => now() < from + (milliseconds * 3) / 4 });
  } finally {
    // One that cannot be freed ends by itself; what was done is done.
    await scratch.replace('lease', name, token, undefined).catch(() => false);
  }
  return true;
}

export async function isHeld(scratch: Pick<Scratch, 'get'>, name: string): Promise<boolean> {
  return (await scratch.get('lease', name)) !== undefined;
}

/** On one machine, before anybody works: what is held then is held by a process that died. */
export async function freeAll(scratch: Pick<Scratch, 'list' | 'remove'>): Promise<void> {
  for (const { key } of await scratch.list('lease')) await scratch.remove('lease', key);
}
