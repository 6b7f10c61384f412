/** What a sender's own columns and words mean: told once by Finance, remembered for the sender's next files. */
import * as z from 'zod';
import { commitDeciding, dataOf } from '../case/history.ts';
import { orderOutcomes } from '../case/order.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { allRows, type Store } from '../case/store.ts';
import { sha256 } from '../hash.ts';
import { fold, tidy } from '../vietnamese.ts';
import { resultColumns, type SenderColumns, wordMeanings } from './result-columns.ts';

const told = z.object({
  name: z.string(),
  columns: z.record(z.string(), z.enum(resultColumns)),
  words: z.record(z.string(), z.enum(wordMeanings)),
  every: z.enum(orderOutcomes).exactOptional(),
});
const senderSummary = z.object({ name: z.string() });

function senderStream(name: string): string {
  return `settings/result-sender-${sha256(fold(name)).slice(0, 20)}`;
}

/** Everything told of the sender; the last word counts. */
export async function readSender(store: Store, name: string): Promise<SenderColumns> {
  let known: SenderColumns = { columns: {}, words: {} };
  for (const entry of await store.read(senderStream(name))) {
    const { columns, words, every } = dataOf(entry, told);
    const hasColumns = Object.keys(columns).length > 0;
    known = {
      // Another layout of the same sender replaces the one before: a column that moved keeps no second meaning.
      columns: hasColumns ? columns : known.columns,
      words: { ...known.words, ...words },
      ...everyOf(hasColumns ? every : known.every),
    };
  }
  return known;
}

function everyOf(every: SenderColumns['every']): Pick<SenderColumns, 'every'> {
  return every === undefined ? {} : { every };
}

export async function senderNames(store: Store): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { summary } of allRows(store, { kind: 'result-sender' }))
    names.push(senderSummary.parse(summary).name);
  return names.toSorted();
}

/** What was chosen on the page: headings and words as they stand in the file, and '' where nothing was chosen. */
export interface Telling {
  readonly sender: string;
  readonly columns: readonly { readonly heading: string; readonly column: string }[];
  readonly words: readonly { readonly word: string; readonly means: string }[];
  /** The outcome of every line, or ''. */
  readonly every: string;
}

export async function tellSender(
  { sender, columns, words, every }: Telling,
  by: string,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'told' } | Refused> {
  const name = tidy(sender);
  const chosen = columns.filter(({ column }) => column !== '');
  const wrong = wrongTelling(name, columns.length > 0, chosen, every);
  if (wrong !== undefined) return wrong;
  const data = told.safeParse({
    name,
    columns: Object.fromEntries(chosen.map(({ heading, column }) => [fold(heading), column])),
    words: Object.fromEntries(words.map(({ word, means }) => [fold(word), means])),
    ...(every === '' ? {} : { every }),
  });
  if (!data.success) {
    return refused('Hãy chọn ý nghĩa cho từng từ trong danh mục.', 'Choose a meaning for every word.');
  }
  const stream = senderStream(name);
  await commitDeciding(store, async () => {
    const entries = [{ kind: 'columns-told', at: now(), by, data: data.data }];
    const row = { kind: 'result-sender', status: 'told', summary: { name } };
    return { changes: [{ stream, readAt: (await store.read(stream)).length, entries, row }] };
  });
  return { outcome: 'told' };
}

function wrongTelling(
  name: string,
  asksColumns: boolean,
  chosen: Telling['columns'],
  every: string,
): Refused | undefined {
  if (name === '') return refused('Hãy ghi tên bên gửi.', 'State who sent the file.');
  if (!asksColumns) return undefined;
  const has = (wanted: string) => chosen.some(({ column }) => column === wanted);
  if (new Set(chosen.map(({ column }) => column)).size < chosen.length) {
    return refused(
      'Hai cột được chọn cùng một ý nghĩa. Mỗi ý nghĩa chỉ một cột.',
      'Two columns were given one meaning.',
    );
  }
  if (!has('reference') || !has('amount') || !has('on') || has('outcome') === (every !== '')) {
    return refused(
      'Cần chỉ ra cột mã khoản chi, cột số tiền, cột ngày; và hoặc cột kết quả, hoặc một kết quả chung cho mọi dòng.',
      'Reference, amount and day are needed, and either the column of outcomes or one outcome for every line.',
    );
  }
  return undefined;
}
