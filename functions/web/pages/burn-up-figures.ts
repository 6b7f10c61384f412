/** What the burn-up and the sentences of the forecast are drawn from. */
import { addDays, type LocalDate } from '../../../shared/calendar.ts';
import type { Forecast } from '../../../shared/completion/forecast.ts';
import { formatDong } from '../../../shared/dong.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import type { Visit } from '../page.tsx';

/** What a piece of a page needs of the visit. */
export type Speaker = Pick<Visit, 'say' | 'words'>;

export interface Limit {
  readonly day: LocalDate;
  /** The document that set it. */
  readonly label: Sentence;
}

export interface BurnUpFigures {
  /** People credited on each day on which somebody was, oldest first. */
  readonly credited: readonly { readonly day: LocalDate; readonly people: number }[];
  /** Everybody who is to be paid: entitled less cancelled. */
  readonly people: number;
  readonly today: LocalDate;
  readonly forecast: Forecast;
  readonly limits: readonly Limit[];
}

export function people(count: number): string {
  return formatDong(BigInt(count));
}

/** Everyone with the money by the end of each day on which somebody was paid. */
export function cumulated(credited: BurnUpFigures['credited']): BurnUpFigures['credited'] {
  let sum = 0;
  return credited.map(({ day, people: more }) => {
    sum += more;
    return { day, people: sum };
  });
}

/** The days of the chart. */
export interface Span {
  readonly first: LocalDate;
  readonly last: LocalDate;
}

/** A limit later than this after everything else is named below the chart instead. */
const daysBeyond = 60;

/** From the day before the first payment to what is forecast, and on to a limit that is near. */
export function spanOf({ credited, today, forecast, limits }: BurnUpFigures): Span {
  const first = addDays(credited[0]?.day ?? today, -1);
  let last = endOf(forecast, today);
  const near = addDays(last, daysBeyond);
  for (const { day } of limits) if (day > last && day <= near) last = day;
  return { first, last: addDays(last, 2) };
}

function endOf(forecast: Forecast, today: LocalDate): LocalDate {
  if (forecast.outcome === 'expected') return forecast.lastPayment.high;
  return addDays(forecast.outcome === 'complete' ? forecast.lastPayment : today, 7);
}

export function isWithin({ first, last }: Span, day: LocalDate): boolean {
  return day >= first && day <= last;
}
