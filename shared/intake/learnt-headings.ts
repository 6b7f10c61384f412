/** What a unit's own headings mean: told once by whoever uploads, remembered for the unit's next lists. */
import * as z from 'zod';
import type { Account } from '../case/access.ts';
import { commitDeciding, dataOf } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import type { Store } from '../case/store.ts';
import { headingMeaning, type PeriodKey, periodColumns, type PersonKey, personColumns } from './list-columns.ts';
import type { LearntHeadings } from './list-person.ts';
import { listRow, listStream, readListHistory } from './list.ts';

const personKeys: ReadonlySet<string> = new Set(personColumns.map(({ key }) => key));
const periodKeys: ReadonlySet<string> = new Set(periodColumns.map(({ key }) => key));

/** Meaning of the heading → key of the column. */
const headings = z.object({
  people: z.record(
    z.string(),
    z.custom<PersonKey>((key) => typeof key === 'string' && personKeys.has(key)),
  ),
  periods: z.record(
    z.string(),
    z.custom<PeriodKey>((key) => typeof key === 'string' && periodKeys.has(key)),
  ),
});

function headingsStream(unit: string): string {
  return `settings/headings-of-${unit}`;
}

/** Everything the account's units have told; the last word counts. */
export async function readLearntHeadings(store: Store, units: readonly string[]): Promise<LearntHeadings> {
  const learnt: { people: Record<string, PersonKey>; periods: Record<string, PeriodKey> } = { people: {}, periods: {} };
  for (const unit of units) {
    for (const entry of await store.read(headingsStream(unit))) {
      const { people, periods } = dataOf(entry, headings);
      Object.assign(learnt.people, people);
      Object.assign(learnt.periods, periods);
    }
  }
  return learnt;
}

/** One column's meaning, as it was chosen on the page. */
export interface ToldColumn {
  readonly table: 'people' | 'periods';
  readonly heading: string;
  readonly key: string;
}

/** Records what the columns of a list that could not be read mean; the list can then be read again. */
export async function tellColumns(
  listId: string,
  told: readonly ToldColumn[],
  account: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'told' } | Refused> {
  const chosen = told.filter(({ key }) => key !== '');
  if (chosen.length === 0) {
    return refused('Chưa chọn ý nghĩa cho cột nào.', 'No column was given a meaning.');
  }
  if (new Set(chosen.map(({ table, key }) => `${table}/${key}`)).size < chosen.length) {
    return refused(
      'Hai cột được chọn cùng một ý nghĩa. Mỗi ý nghĩa chỉ một cột.',
      'Two columns were given one meaning.',
    );
  }
  const of = (table: ToldColumn['table']) =>
    Object.fromEntries(
      chosen.filter((one) => one.table === table).map(({ heading, key }) => [headingMeaning(heading), key]),
    );
  const data = headings.safeParse({ people: of('people'), periods: of('periods') });
  if (!data.success) return refused('Có ý nghĩa không nằm trong danh mục cột.', 'A meaning is none of the columns.');
  const outcome = await commitDeciding(store, async () => {
    const list = await readListHistory(store, listId);
    if (list?.unreadable === undefined) {
      return { stop: refused('Danh sách này đã được đọc.', 'The list has been read already.') };
    }
    const entry = { kind: 'columns-told', at: now(), by: account.id, data: data.data };
    const remembered = await Promise.all(
      account.units.map(async (unit) => {
        const stream = headingsStream(unit);
        return { stream, readAt: (await store.read(stream)).length, entries: [entry] };
      }),
    );
    const row = listRow(list, 'uploaded', { people: 0, faults: 0 });
    return {
      changes: [{ stream: listStream(listId), readAt: list.entries.length, entries: [entry], row }, ...remembered],
    };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'told' };
}
