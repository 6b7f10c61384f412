/** The evidence packs that were made of a batch: by whom, when, of which anchor, for which receiver; and who took them. */
import * as z from 'zod';
import { commitDeciding, dataOf, ofKind } from '../case/history.ts';
import type { Ports } from '../case/ports.ts';
import type { Store } from '../case/store.ts';

/** Not the batch's own history: a pack would change what the next one is of. */
export function packStream(batch: string): string {
  return `pack/${batch}`;
}

const packed = z.object({
  /** In Files; sealed to its receiver where there is one. */
  file: z.string(),
  /** What is printed and compared: the SHA-256 of the pack's manifest. */
  root: z.string(),
  anchor: z.string(),
  /** The SHA-256 of the receiver's public key. */
  receiver: z.string().exactOptional(),
});
export type PackMade = z.infer<typeof packed> & { readonly by: string; readonly at: string };

const taken = z.object({ file: z.string() });

/** Oldest first. */
export async function readPacks(store: Pick<Store, 'read'>, batch: string): Promise<readonly PackMade[]> {
  const entries = await store.read(packStream(batch));
  return ofKind(entries, 'packed').map((entry) => ({ ...dataOf(entry, packed), by: entry.by, at: entry.at }));
}

/** Who takes a pack is written, once a person. */
export async function notePackTaken(batch: string, file: string, by: string, { store, now }: Ports): Promise<void> {
  await commitDeciding(store, async () => {
    const entries = await store.read(packStream(batch));
    const isNoted = ofKind(entries, 'taken').some((entry) => entry.by === by && dataOf(entry, taken).file === file);
    if (isNoted) return { stop: 'noted' };
    const entry = { kind: 'taken', at: now(), by, data: { file } };
    return { changes: [{ stream: packStream(batch), readAt: entries.length, entries: [entry] }] };
  });
}
