/**
 * Use case: an officer appraises cases on their current hash, one by one or many at once. The Party Organisation Board
 * passes its block on to Home Affairs; Home Affairs appraises for the batch.
 */
import { type Account, appraisesFrom } from '../case/access.ts';
import { readCase } from '../case/case.ts';
import { commitDeciding, groupsOf } from '../case/history.ts';
import { partChange, readPart } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import type { Change } from '../case/store.ts';

const groupSize = 25;

/** A part and the case hash that the officer saw; a case that has moved since is left alone. */
export interface Seen {
  readonly part: string;
  readonly caseHash: string;
}

/** Returns how many were appraised, and the parts that had moved. Appraising again what was appraised is harmless. */
export async function appraise(
  seen: readonly Seen[],
  { id: by, role }: Pick<Account, 'id' | 'role'>,
  { store, now }: Pick<Ports, 'store' | 'now'>,
  progress: (done: number) => void = () => {},
): Promise<{ readonly appraised: number; readonly moved: readonly string[] }> {
  const from = appraisesFrom({ role });
  const isBoard = from === 'with-party-board';
  const moved: string[] = [];
  let done = 0;
  for (const group of groupsOf(seen, groupSize)) {
    await commitDeciding(store, async () => {
      const changes: Change[] = [];
      for (const { part: partId, caseHash } of group) {
        const part = await readPart(store, partId);
        const of = part && (await readCase(store, part.caseId));
        if (part === undefined || of === undefined || part.status !== from || of.caseHash !== caseHash) {
          const isAppraised = part?.appraised?.caseHash === caseHash && part.appraised.by === by;
          const isDone = isBoard ? part?.passedOn?.caseHash === caseHash : isAppraised;
          if (!isDone && !moved.includes(partId)) moved.push(partId);
          continue;
        }
        const step = isBoard
          ? ({ kind: 'board-appraised', at: now(), by, data: { status: 'assessed', caseHash } } as const)
          : ({ kind: 'appraised', at: now(), by, data: { status: 'appraised', caseHash } } as const);
        changes.push(partChange(of, part, [step]));
      }
      return changes.length === 0 ? { stop: 'nothing to do' } : { changes };
    });
    done += group.length;
    progress(done);
  }
  return { appraised: new Set(seen.map(({ part }) => part)).size - moved.length, moved };
}
