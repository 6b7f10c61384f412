/** Who may sign the province's decisions: each with capacity, days and the document that says so. */
import * as z from 'zod';
import { isLocalDate, type LocalDate } from '../calendar.ts';
import { fold } from '../vietnamese.ts';
import { type Account, may } from './access.ts';
import { capacities } from './batch.ts';
import { commitDeciding, dataOf } from './history.ts';
import { type Ports, type Refused, refused } from './ports.ts';
import type { Store } from './store.ts';

const signatory = z.object({
  name: z.string(),
  capacity: z.enum(capacities),
  from: z.string(),
  /** The last day; absent while there is no end. */
  until: z.string().exactOptional(),
  document: z.string(),
});
export type Signatory = z.infer<typeof signatory>;

const stream = 'settings/signatories';

/** A later entry of the same name, capacity and first day replaces an earlier one: that is how an end is set. */
export async function readSignatories(store: Pick<Store, 'read'>): Promise<readonly Signatory[]> {
  const known = new Map<string, Signatory>();
  for (const entry of await store.read(stream)) {
    const one = dataOf(entry, signatory);
    known.set(`${fold(one.name)}/${one.capacity}/${one.from}`, one);
  }
  return [...known.values()];
}

/** Whether the table lets this person sign on that day in that capacity; one who signed with no capacity signs in any. */
export function mayHaveSigned(
  { signatory: name, capacity, on }: Pick<Signed, 'signatory' | 'capacity' | 'on'>,
  signatories: readonly Signatory[],
): boolean {
  return signatories.some(
    (one) =>
      fold(one.name) === fold(name) &&
      (capacity === undefined || one.capacity === capacity) &&
      one.from <= on &&
      on <= (one.until ?? on),
  );
}

interface Signed {
  readonly signatory: string;
  readonly capacity?: Signatory['capacity'] | undefined;
  readonly on: LocalDate;
}

export interface SignatoryWish {
  readonly name: string;
  readonly capacity: string;
  readonly from: string;
  /** Empty: no end is known. */
  readonly until: string;
  readonly document: string;
}

export async function setSignatory(
  wish: SignatoryWish,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'set' } | Refused> {
  if (!may(by, 'signatory.set')) return notAllowed;
  const capacity = capacities.find((one) => one === wish.capacity);
  const [name, document] = [wish.name.trim(), wish.document.trim()];
  if (name === '' || document === '' || capacity === undefined) return incomplete;
  const { from, until } = wish;
  if (!isLocalDate(from) || (until !== '' && (!isLocalDate(until) || until < from))) return wrongDays;
  const data: Signatory = { name, capacity, from, ...(until === '' ? {} : { until }), document };
  const entry = { kind: 'signatory-set', at: now(), by: by.id, data };
  await commitDeciding(store, async () => {
    const readAt = (await store.read(stream)).length;
    return { changes: [{ stream, readAt, entries: [entry] }] };
  });
  return { outcome: 'set' };
}

const notAllowed = refused(
  'Chỉ lãnh đạo Sở Tài chính hoặc quản trị hệ thống ghi người có thẩm quyền ký.',
  'Only the Finance leader or an administrator records who may sign.',
);
const incomplete = refused(
  'Hãy ghi họ tên, tư cách ký và số văn bản giao thẩm quyền.',
  'State name, capacity and the document that gives the authority.',
);
const wrongDays = refused(
  'Ngày bắt đầu hoặc ngày kết thúc không hợp lệ; ngày kết thúc không trước ngày bắt đầu.',
  'The first or the last day is no day, or the last lies before the first.',
);
