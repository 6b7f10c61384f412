/** Use case: a receiver has said how it counts, or how it is to be written to: by a document, from then on. */
import * as z from 'zod';
import { formatDay, type Instant, isLocalDate, localDateOf } from '../calendar.ts';
import { type Account, may } from '../case/access.ts';
import { commitDeciding, dataOf } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import type { Store } from '../case/store.ts';
import type { Dated } from '../law/dated.ts';
import { counting, type Definition, definitionOn, type Receiver, receivers } from './report-definitions.ts';

const recorded = z.object({
  ...counting.shape,
  receiver: z.enum(receivers),
  addressee: z.string(),
  number: z.string(),
  on: z.string(),
});

const stream = 'settings/report-definitions';

/** The newest that was recorded up to the instant; else the one that is assumed. */
export async function definitionAt(
  store: Pick<Store, 'read'>,
  receiver: Receiver,
  at: Instant,
): Promise<Omit<Dated<Definition>, 'from'>> {
  const assumed = definitionOn(receiver, localDateOf(at));
  const said = (await store.read(stream))
    .filter((entry) => entry.at <= at)
    .map((entry) => dataOf(entry, recorded))
    .findLast((one) => one.receiver === receiver);
  if (said === undefined) return assumed;
  const { number, on, ...own } = said;
  const day = formatDay(on);
  const by = { vi: `Văn bản ${number} ngày ${day}`, en: `Document ${number} of ${day}` };
  return { value: { ...assumed.value, ...own }, by, sure: 'H' };
}

export interface DefinitionWish {
  readonly receiver: string;
  readonly addressee: string;
  readonly base: string;
  readonly paid: string;
  readonly countsElsewhere: boolean;
  readonly hidesSmallSums: boolean;
  readonly number: string;
  readonly on: string;
}

const mostLetters = 200;

export async function setDefinition(
  wish: DefinitionWish,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'set' } | Refused> {
  if (!may(by, 'report.define')) return notAllowed;
  const [addressee, number] = [wish.addressee.trim(), wish.number.trim()];
  const data = recorded.safeParse({ ...wish, addressee, number });
  if (!data.success || addressee === '' || addressee.length > mostLetters) {
    return refused(
      'Hãy chọn nơi nhận, cách đếm và ghi tên nơi nhận.',
      'Choose the receiver and how it counts, and write its name.',
    );
  }
  if (number === '' || number.length > mostLetters || !isLocalDate(wish.on) || wish.on > localDateOf(now())) {
    return refused(
      'Hãy ghi số và ngày (không ở tương lai) của văn bản quy định cách đếm.',
      'State number and day (not ahead) of the document that says so.',
    );
  }
  await commitDeciding(store, async () => {
    const readAt = (await store.read(stream)).length;
    const entry = { kind: 'report-defined', at: now(), by: by.id, data: data.data };
    return { changes: [{ stream, readAt, entries: [entry] }] };
  });
  return { outcome: 'set' };
}

const notAllowed = refused(
  'Chỉ lãnh đạo Sở Nội vụ, Sở Tài chính ghi cách tính của nơi nhận.',
  'Only the leaders of Home Affairs and Finance record how a receiver counts.',
);
