/** The columns of a result sheet: the headings known by themselves, and what a sender's own headings and words mean. */
import { type OrderOutcome, orderOutcomes } from '../case/order.ts';
import { fold, type Sentence } from '../vietnamese.ts';
import { outcomeWords } from './result-classes.ts';

export const resultColumns = ['reference', 'amount', 'outcome', 'on', 'reason', 'place'] as const;
export type ResultColumn = (typeof resultColumns)[number];

export const columnNames: Readonly<Record<ResultColumn, Sentence>> = {
  reference: { vi: 'Mã khoản chi hoặc số chứng từ', en: 'Reference of the order, or slip number' },
  amount: { vi: 'Số tiền', en: 'Amount' },
  outcome: { vi: 'Kết quả', en: 'Outcome' },
  on: { vi: 'Ngày', en: 'Day' },
  reason: { vi: 'Lý do', en: 'Reason' },
  place: { vi: 'Nơi tiền trả về', en: 'Where the money went back to' },
};

/** The headings by which columns are known, folded. */
export const knownHeadings: Readonly<Record<ResultColumn, readonly string[]>> = {
  reference: ['ma khoan chi', 'ma tham chieu'],
  amount: ['so tien', 'so tien (dong)'],
  outcome: ['ket qua'],
  on: ['ngay', 'ngay hach toan', 'ngay ket qua'],
  reason: ['ly do', 'noi dung'],
  place: ['noi tien tra ve', 'tien ve'],
};

/** Where money that was returned lies, as the words of its column say; `undefined` for any other word. */
export const placeWords = { estimate: 'Dự toán', deposit: 'Tiền gửi' } as const;

export function placeOf(word: string): keyof typeof placeWords | undefined {
  const said = fold(word);
  if (said === foldedPlaces.estimate) return 'estimate';
  return said === foldedPlaces.deposit ? 'deposit' : undefined;
}

const foldedPlaces = { estimate: fold(placeWords.estimate), deposit: fold(placeWords.deposit) };

/** What a word of the column “Kết quả” may mean: an outcome, or nothing that settles an order. */
export const wordMeanings = [...orderOutcomes, 'none'] as const;
export type WordMeaning = (typeof wordMeanings)[number];

/** What one sender's headings and words mean, both folded. */
export interface SenderColumns {
  readonly columns: Readonly<Record<string, ResultColumn>>;
  readonly words: Readonly<Record<string, WordMeaning>>;
  /** The outcome of every line, where the sender's lists have no such column. */
  readonly every?: OrderOutcome;
}

const ownWords: ReadonlyMap<string, WordMeaning> = new Map(
  orderOutcomes.map((outcome) => [fold(outcomeWords[outcome]), outcome]),
);

/** `undefined` for a word that nobody has told. */
export function meaningOf(word: string, sender: SenderColumns | undefined): WordMeaning | undefined {
  const said = fold(word);
  return sender?.words[said] ?? ownWords.get(said);
}
