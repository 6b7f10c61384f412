/** How long people wait, in the bands that leadership reads. */
import { daysBetween, type LocalDate } from '../calendar.ts';
import type { Sentence } from '../vietnamese.ts';

/** The last day of each band; the last band has none. */
const upTo = [3, 7, 14, 30] as const;

export const ageLabels: readonly Sentence[] = [
  { vi: '0–3 ngày', en: '0–3 days' },
  { vi: '4–7 ngày', en: '4–7 days' },
  { vi: '8–14 ngày', en: '8–14 days' },
  { vi: '15–30 ngày', en: '15–30 days' },
  { vi: 'trên 30 ngày', en: 'over 30 days' },
];

/** People in each band on a day. */
export function agesOf(
  bySince: readonly { readonly since: LocalDate; readonly people: number }[],
  today: LocalDate,
): readonly number[] {
  const ages = ageLabels.map(() => 0);
  for (const { since, people } of bySince) {
    const days = daysBetween({ from: since, to: today });
    const band = upTo.findIndex((last) => days <= last);
    const at = band === -1 ? upTo.length : band;
    ages[at] = (ages[at] ?? 0) + people;
  }
  return ages;
}
