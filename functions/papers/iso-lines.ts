/** What the readers of ISO 20022 messages share: amounts in whole đồng, days, reasons, a line or why there is none. */
import { isLocalDate, localDateOf } from '../../shared/calendar.ts';
import { type OrderOutcome, referenceIn } from '../../shared/case/order.ts';
import type { ResultFile, ResultLine, UnreadableLine } from '../../shared/disbursement/reconcile.ts';
import { sum } from '../../shared/dong.ts';
import type { Sentence } from '../../shared/vietnamese.ts';
import { type Element, textAt } from './iso-xml.ts';

/** A transaction as a message tells it. */
export interface Told {
  readonly row: number;
  /** As it stands in the message; may have words around our reference. */
  readonly named: string;
  readonly amount: bigint | Sentence;
  readonly outcome: OrderOutcome | Sentence;
  readonly on: string;
  readonly reason: string;
}

export function lineOf({ row, named, amount, outcome, on, reason }: Told): ResultLine | UnreadableLine {
  const reference = referenceIn(named) ?? named;
  if (typeof amount === 'bigint' && typeof outcome === 'string' && on !== '') {
    return { row, reference, amount, outcome, on, ...(reason === '' ? {} : { reason }) };
  }
  const noDay: Sentence = { vi: 'Không ghi ngày hạch toán.', en: 'No day is stated.' };
  const unreadable = typeof amount === 'object' ? amount : typeof outcome === 'object' ? outcome : noDay;
  return { row, reference, unreadable, ...(typeof amount === 'bigint' ? { amount } : {}) };
}

/**
 * A message that closes its last element is whole, so its lines are their own count and total; what it states of itself
 * beside was compared before.
 */
export function fileOf(told: readonly Told[]): ResultFile {
  const read = told.map(lineOf);
  return {
    statedCount: read.length,
    statedTotal: sum(read.map(({ amount }) => amount ?? 0n)),
    lines: read.filter((line): line is ResultLine => !('unreadable' in line)),
    unreadable: read.filter((line) => 'unreadable' in line),
  };
}

/** Takes the element that is the amount. `407890080.00` is whole đồng; a fraction or another currency cannot be read. */
export function amountIn(of: Element | undefined, name: string): bigint | Sentence {
  const text = textAt(of, name);
  const currency = textAt(of, name, '@Ccy');
  if (text === '') return { vi: 'Không ghi số tiền.', en: 'No amount is stated.' };
  if (currency !== '' && currency !== 'VND') {
    return { vi: `Số tiền ghi bằng ${currency}, không phải VND.`, en: `The amount is in ${currency}.` };
  }
  return (
    wholeDong(text) ?? {
      vi: `Số tiền "${text}" không phải số đồng nguyên.`,
      en: `The amount "${text}" is no whole đồng.`,
    }
  );
}

export function wholeDong(text: string): bigint | undefined {
  const digits = /^(\d{1,15})(?:\.0+)?$/.exec(text)?.[1];
  return digits === undefined ? undefined : BigInt(digits);
}

/** Takes `2025-10-03` or an instant; one with an offset is the day on the wall here. '' for anything else. */
export function dayIn(text: string): string {
  if (/T.*(?:Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text))) {
    return localDateOf(new Date(text).toISOString());
  }
  const day = text.slice(0, 10);
  return isLocalDate(day) ? day : '';
}

/** The code of ISO 20022, or the sender's own, with the words beside it. */
export function reasonIn(of: Element | undefined): string {
  const code = textAt(of, 'Rsn', 'Cd') || textAt(of, 'Rsn', 'Prtry');
  const words = textAt(of, 'AddtlInf');
  return [code, words].filter((text) => text !== '').join(' ');
}
