/** Days by which reports of the campaign are asked for; who receives which figures is `shared/completion/report-definitions.ts`. */
import type { LocalDate } from '../../calendar.ts';
import { citeWhole, type Dated, type LegalText } from '../dated.ts';
import { decree154 } from '../decree-154-2025/decree.ts';
import { letter6383 } from '../letter-6383-2025/limits.ts';

export const letter19: LegalText = {
  vi: 'Công văn 19/CV-BCĐ',
  en: 'Official Letter 19/CV-BCĐ',
  inForce: '2025-09-29',
};

export interface ReportDue {
  readonly on: LocalDate;
  /** `16:00`, in Viet Nam; to the end of the day without one. */
  readonly hour?: string;
}

/** The data of who was decided and paid up to 30/08/2025, to the Ministry of Home Affairs. */
export const dataToHomeAffairsBy: readonly Dated<ReportDue>[] = [
  { from: '2025-08-13', value: { on: '2025-09-08' }, by: citeWhole(letter6383), sure: 'C-1' },
];

/** The report to the Steering Committee, through the Ministries of Home Affairs and Finance. */
export const reportToSteeringBy: readonly Dated<ReportDue>[] = [
  { from: '2025-09-29', value: { on: '2025-10-14', hour: '16:00' }, by: citeWhole(letter19), sure: 'C-1' },
];

/** The yearly report of Decree 154, each year again. */
export const yearlyReportBy: readonly Dated<{ readonly month: number; readonly day: number }>[] = [
  { from: '2025-06-16', value: { month: 2, day: 15 }, by: citeWhole(decree154), sure: 'C-1' },
];
