/** Use case: the Home Affairs leader sets an open reading, or opens it again, by a document; everyone is then recomputed. */
import { formatDay, isLocalDate, localDateOf } from '../calendar.ts';
import { readingsStream, readRecordedReadings, type SettlingDocument } from '../case/recorded-readings.ts';
import { commitDeciding } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { isReadingNumber, readingOf } from '../law/readings.ts';

export interface ReadingWish {
  readonly number: string;
  /** Empty opens the question again. */
  readonly value: string;
  readonly document: SettlingDocument;
}

/** Refuses what is no reading or no value of it, what is set so already, and a decision without its document. */
export async function setReading(
  { number, value, document }: ReadingWish,
  by: string,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'set' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const { entries, set } = await readRecordedReadings(store);
    const against =
      valueObjection(number, value) ??
      documentObjection(document, localDateOf(now())) ??
      ((isReadingNumber(number) ? (set[number] ?? '') : '') === value ? nothingNew : undefined);
    if (against !== undefined) return { stop: against };
    const given = { number: document.number.trim(), on: document.on, paper: document.paper };
    const entry =
      value === ''
        ? { kind: 'unset', at: now(), by, data: { number, document: given } }
        : { kind: 'set', at: now(), by, data: { number, value, document: given } };
    return { changes: [{ stream: readingsStream, readAt: entries.length, entries: [entry] }] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'set' };
}

const nothingNew = refused(
  'Điểm này đang được áp dụng đúng như vậy; không có gì để ghi.',
  'The reading is so already; there is nothing to record.',
);

function valueObjection(number: string, value: string): Refused | undefined {
  if (!isReadingNumber(number))
    return refused(`Không có điểm nào mang số ${number}.`, `There is no reading ${number}.`);
  const { values } = readingOf(number);
  if (values.length === 0) {
    return refused(
      `Điểm ${number} luôn cần người có thẩm quyền quyết định từng hồ sơ, không đặt chung được.`,
      `${number} always goes to a person, case by case; it cannot be set.`,
    );
  }
  if (value === '' || values.includes(value)) return undefined;
  return refused(`Điểm ${number} chỉ nhận: ${values.join(', ')}.`, `${number} is one of ${values.join(', ')}.`);
}

function documentObjection({ number, on, paper }: SettlingDocument, today: string): Refused | undefined {
  if (number.trim() === '' || paper === '') {
    return refused(
      'Hãy ghi số văn bản làm căn cứ và đính kèm bản quét của văn bản.',
      'State the number of the document that settles it, and attach its scan.',
    );
  }
  if (isLocalDate(on) && on <= today) return undefined;
  return refused(
    `Ngày văn bản "${formatDay(on)}" không hợp lệ hoặc ở tương lai. Hãy ghi ngày trên văn bản.`,
    `The day of the document "${on}" is not a day or lies ahead. Take it from the paper.`,
  );
}
