/** One step of a chain: what happened, who and when, what it tells, and where it stands in the raw histories. */
import type { Entry } from '../case/store.ts';
import type { said, StepKind } from './chain-words.ts';

/** What a step tells beside where it stands; texts, sums in đồng. */
export interface Told {
  readonly what: keyof typeof said;
  readonly value: string;
  readonly kind?: 'money' | 'hash' | 'day' | 'account';
  /** A page that shows it. */
  readonly link?: string;
}

export interface ChainStep {
  readonly step: StepKind;
  readonly at: string;
  readonly by: string;
  readonly stream: string;
  readonly seq: number;
  readonly hash: string;
  readonly told: readonly Told[];
}

export function stepAt(step: StepKind, entry: Entry, told: readonly (Told | undefined)[]): ChainStep {
  const { at, by, stream, seq, hash } = entry;
  return { step, at, by, stream, seq, hash, told: told.filter((one) => one !== undefined) };
}

export const money = (what: Told['what'], value: string): Told => ({ what, value, kind: 'money' });
export const hash = (what: Told['what'], value: string): Told => ({ what, value, kind: 'hash' });
export const day = (what: Told['what'], value: string): Told => ({ what, value, kind: 'day' });

/** The file that an entry names by its hash. */
export function fileIn({ data }: Entry): string | undefined {
  return /"file":"([0-9a-f]{64})"/.exec(data)?.[1];
}

export function textIn({ data }: Entry, name: string): string | undefined {
  const parsed: unknown = JSON.parse(data);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const value = Object.entries(parsed).find(([key]) => key === name)?.[1];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

export function told(what: Told['what'], value: string | undefined, kind?: Told['kind']): Told | undefined {
  return value === undefined || value === '' ? undefined : { what, value, ...(kind === undefined ? {} : { kind }) };
}
