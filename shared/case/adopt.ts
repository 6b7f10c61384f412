/** A history that comes from another home as it is: its row and claims are what its entries make of them. */
import * as z from 'zod';
import { type Entry, lastRow, type Row } from './store.ts';

export interface Adopted {
  readonly stream: string;
  readonly entries: readonly Entry[];
  readonly row: Row | undefined;
  /** The keys it holds. */
  readonly claims: readonly string[];
}

const effects = z.object({
  claims: z.array(z.string()).default([]),
  releases: z.array(z.string()).default([]),
});

/** Takes a whole history in its order. */
export function adopted(entries: readonly Entry[]): Adopted {
  const claims = new Set<string>();
  for (const entry of entries) {
    if (!/"(?:claims|releases)":/.test(entry.effects)) continue;
    const did = effects.parse(JSON.parse(entry.effects));
    for (const key of did.releases) claims.delete(key);
    for (const key of did.claims) claims.add(key);
  }
  return { stream: entries[0]?.stream ?? '', entries, row: lastRow(entries), claims: [...claims] };
}
