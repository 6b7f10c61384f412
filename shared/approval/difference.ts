/** What an approver must know of a list besides its sums: what changed since they last looked, and who stands out. */
import type { FrozenList, FrozenPart } from '../case/batch.ts';
import { type Dong, sum } from '../dong.ts';

/** One person who is on both lists with another sum, or other facts, account or papers behind the same sum. */
export interface ChangedPart {
  readonly part: string;
  readonly before: Dong;
  readonly after: Dong;
}

/** before − left + joined + (after − before of the changed) = after, to the đồng. */
export interface Difference {
  readonly before: { readonly people: number; readonly total: Dong };
  readonly after: { readonly people: number; readonly total: Dong };
  readonly joined: readonly FrozenPart[];
  readonly left: readonly FrozenPart[];
  readonly changed: readonly ChangedPart[];
}

export function differenceBetween(before: FrozenList, after: FrozenList): Difference {
  const was = new Map(before.parts.map((part) => [part.part, part]));
  const is = new Map(after.parts.map((part) => [part.part, part]));
  const changed: ChangedPart[] = [];
  for (const part of after.parts) {
    const old = was.get(part.part);
    if (old === undefined || (old.caseHash === part.caseHash && old.accountDigest === part.accountDigest)) continue;
    changed.push({ part: part.part, before: BigInt(old.total), after: BigInt(part.total) });
  }
  return {
    before: weightOf(before.parts),
    after: weightOf(after.parts),
    joined: after.parts.filter(({ part }) => !was.has(part)),
    left: before.parts.filter(({ part }) => !is.has(part)),
    changed,
  };
}

/** People and đồng of some parts. */
export function weightOf(parts: readonly Pick<FrozenPart, 'total'>[]): { people: number; total: Dong } {
  return { people: parts.length, total: sum(parts.map(({ total }) => BigInt(total))) };
}

/** Why somebody is shown first: an edge or override of theirs, an open reading that their sum rests on, or its size. */
export interface Exception {
  readonly kind: 'mark' | 'open' | 'big';
  /** The mark, or the number of the reading; empty for big sums. */
  readonly of: string;
  readonly people: number;
  readonly total: Dong;
}

const biggest = 5;

/** The parts with the biggest sums, of a list of more than as many. */
export function biggestOf(parts: readonly FrozenPart[]): readonly FrozenPart[] {
  return parts.length <= biggest ? [] : sortedBy(parts, () => 0).slice(0, biggest);
}

/** The heaviest first; of one weight the biggest sums, and equal sums by their name. */
function sortedBy(parts: readonly FrozenPart[], weigh: (part: FrozenPart) => number): readonly FrozenPart[] {
  // Each sum is read once: ten thousand are compared some hundred thousand times.
  return parts
    .map((part) => ({ part, weight: weigh(part), total: BigInt(part.total) }))
    .toSorted((one, other) => {
      if (one.weight !== other.weight) return other.weight - one.weight;
      if (one.total !== other.total) return one.total < other.total ? 1 : -1;
      return one.part.part < other.part.part ? -1 : 1;
    })
    .map(({ part }) => part);
}

/** Exceptions of a list by kind: open readings first, then marks, each by how many people it concerns; then the biggest sums. */
export function exceptionsOf(parts: readonly FrozenPart[]): readonly Exception[] {
  const found = (kind: 'mark' | 'open', of: (part: FrozenPart) => readonly string[]): readonly Exception[] => {
    const groups = new Map<string, FrozenPart[]>();
    for (const part of parts) for (const one of of(part)) gathered(groups, one).push(part);
    return [...groups]
      .map(([one, group]) => ({ kind, of: one, ...weightOf(group) }))
      .toSorted((one, other) => other.people - one.people || (one.of < other.of ? -1 : 1));
  };
  const big = biggestOf(parts);
  return [
    ...found('open', ({ open }) => open),
    ...found('mark', ({ marks }) => marks),
    ...(big.length === 0 ? [] : [{ kind: 'big' as const, of: '', ...weightOf(big) }]),
  ];
}

function gathered<T>(groups: Map<string, T[]>, key: string): T[] {
  const group = groups.get(key) ?? [];
  groups.set(key, group);
  return group;
}

/** Exceptions first, then the biggest sums, then the rest. */
export function exceptionsFirst(parts: readonly FrozenPart[]): readonly FrozenPart[] {
  return sortedBy(parts, ({ open, marks }) => open.length * 2 + marks.length);
}
