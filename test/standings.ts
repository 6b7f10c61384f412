/** Parts for tests of reports and differences, written straight into a store: who stands where since when, from which source. */
import type { Status } from '../shared/case/lifecycle.ts';
import type { Files } from '../shared/case/ports.ts';
import { groupsOf } from '../shared/case/history.ts';
import type { Change, Store } from '../shared/case/store.ts';
import type { Source } from '../shared/case/unit.ts';
import { sha256 } from '../shared/hash.ts';

export interface Stood {
  readonly id: string;
  readonly source?: Source;
  readonly total?: bigint;
  readonly unit?: string;
  readonly regime?: string;
  readonly block?: 'government' | 'party';
  readonly level?: 'provincial' | 'commune';
  readonly isFurther?: true;
  readonly isDifference?: true;
  /** Each status with the instant it began, oldest first. */
  readonly through: readonly (readonly [status: Status, at: string])[];
}

/** From assessed to credited, by days of October 2025. */
export const creditedOn = (day: string): Stood['through'] => [
  ['assessed', '2025-08-20T01:00:00.000Z'],
  ['decided', '2025-08-30T01:00:00.000Z'],
  ['sent', '2025-09-20T01:00:00.000Z'],
  ['credited', `${day}T03:00:00.000Z`],
];

/** As a part's own history would be, an entry a status, each with the row it made. */
export async function standIn(store: Store, people: readonly Stood[]): Promise<void> {
  for (const group of groupsOf(people, 10)) {
    // Each step is a commit of its own; those of ten people go together.
    const longest = Math.max(...group.map(({ through }) => through.length));
    for (let step = 0; step < longest; step += 1) {
      const changes = group.flatMap((one) => changeOf(one, step));
      const outcome = await store.commit(changes);
      if (outcome.outcome !== 'committed') throw new Error(JSON.stringify(outcome));
    }
  }
}

function changeOf(one: Stood, step: number): readonly Change[] {
  const { id, source = 'wage-reform', through } = one;
  const now = through[step];
  if (now === undefined) return [];
  const [status, at] = now;
  const summary = {
    caseId: id,
    caseHash: 'hash',
    total: (one.total ?? 1_000_000_000n).toString(),
    regime: one.regime ?? '178/7',
    employer: 'Sở Thử nghiệm',
    block: one.block ?? 'government',
    level: one.level ?? 'provincial',
    marks: [],
    open: [],
    since: at,
    monthsEarly: 60,
    ...(one.isFurther === undefined ? {} : { isFurther: true }),
    ...(one.isDifference === undefined ? {} : { isDifference: true }),
  };
  const row = { kind: 'part', status, unit: one.unit ?? '1094107', source, summary };
  const entry = { kind: status, at, by: 'system', data: { status } };
  return [{ stream: `part/${id}.${source}`, readAt: step, entries: [entry], row }];
}

/** The Files port in memory. */
export function memoryFiles(): Files & { readonly known: Map<string, Uint8Array> } {
  const known = new Map<string, Uint8Array>();
  return {
    known,
    async put(content) {
      const hash = sha256(content);
      known.set(hash, content);
      return hash;
    },
    get: async (hash) => known.get(hash),
  };
}
