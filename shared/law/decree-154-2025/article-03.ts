import type { LocalDate } from '../../calendar.ts';
import { cite, citeWhole, type Dated, type LegalText } from '../dated.ts';
import { decree154 } from './decree.ts';

/** The last leave date that the policies serve. One reprint says 31/2/2030, a misprint. */
export const lastLeaveDate: readonly Dated<LocalDate>[] = [
  { from: '2025-06-16', value: '2030-12-31', by: cite(decree154, '3'), sure: 'H' },
];

export const letter12: LegalText = {
  vi: 'Công văn 12/CV-BCĐ ngày 20/06/2025',
  en: 'Official Letter 12/CV-BCĐ of 20/06/2025',
  inForce: '2025-06-20',
};

/** Commune part-timers who work on after 01/08/2025 must have left by this day. */
export const lastLeaveDateOfCommunePartTimers: readonly Dated<LocalDate>[] = [
  { from: '2025-06-16', value: '2026-05-31', by: citeWhole(letter12), sure: 'H' },
];

/** Whoever is taken into a body paid by the State budget within so many months returns the money: article 3(6). */
export const returnDutyMonths: readonly Dated<number>[] = [
  { from: '2025-06-16', value: 60, by: cite(decree154, '3(6)'), sure: 'H' },
];
