/** Where people may ask: an office's place and telephone, as the office itself has recorded them. Never invented. */
import * as z from 'zod';
import { dataOf, once } from './history.ts';
import type { Store } from './store.ts';

/** The office that answers for the whole province, beside the units, which go by their codes. */
export const homeAffairs = 'home-affairs';

export const contact = z.object({
  /** A unit's code, or `home-affairs`. */
  office: z.string(),
  /** The room or the address, as one would tell it to somebody. */
  place: z.string(),
  /** The office's telephone; empty when there is none to give out. */
  telephone: z.string(),
});
export type Contact = z.infer<typeof contact>;

/** One stream: a later entry of the same office replaces an earlier one. */
export const contactStream = 'settings/contacts';

export async function readContacts(store: Pick<Store, 'read'>): Promise<ReadonlyMap<string, Contact>> {
  return contactsOf(await store.read(contactStream));
}

const contactsOf = once((entries): ReadonlyMap<string, Contact> => {
  return new Map(entries.map((entry) => dataOf(entry, contact)).map((one) => [one.office, one]));
});
