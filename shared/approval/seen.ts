/** Notes which version an approver opened, so that the next one shows them what changed since. Decides nothing. */
import type { Account } from '../case/access.ts';
import { type Batch, batchStream, readBatch, type Version } from '../case/batch.ts';
import { commitDeciding } from '../case/history.ts';
import type { Ports } from '../case/ports.ts';

/** Once a version and person. */
export async function noteSeen(
  batchId: string,
  version: number,
  { id: by }: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<void> {
  await commitDeciding(store, async () => {
    const batch = await readBatch(store, batchId);
    if (batch?.frozen?.version !== version || batch.seen.some((one) => one.by === by && one.version === version))
      return { stop: 'seen' };
    const entry = { kind: 'seen', at: now(), by, data: { version } };
    return { changes: [{ stream: batchStream(batchId), readAt: batch.entries.length, entries: [entry] }] };
  });
}

/** The newest version before the one in force that this person opened or decided on; `undefined` when it is their first. */
export function lastSeenBefore({ frozen, versions, seen, everDecided }: Batch, account: string): Version | undefined {
  const known = new Set([...seen, ...everDecided].filter(({ by }) => by === account).map(({ version }) => version));
  return versions.findLast(({ version }) => version !== frozen?.version && known.has(version));
}
